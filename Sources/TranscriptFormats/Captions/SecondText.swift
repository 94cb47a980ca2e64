internal import UnicodeText

/// Puts a translation below the captions of a row: as many parts as the row has captions, each on lines
/// as broad as theirs.
///
/// A part has its caption's share of the characters, as near as may be: it ends behind a blank where the text
/// has any, and rather behind punctuation.
struct SecondText {
  private let breaker = TextBreaker(.line)
  private var line = LineText()

  /// The parts of a text with line feeds between their lines; empty ones where it has too few pieces.
  ///
  /// - Parameters:
  ///   - shares: How much each caption shows of the row, `1...` in any measure.
  ///   - width: The most cells of a line; what cannot be broken is broader.
  mutating func parts(of text: String, shares: [Int], width: Int) -> [String] {
    line.set(text)
    let pieces = breaker.pieces(of: String(decoding: line.bytes, as: UTF8.self)).map(\.text)
    let ends = pieces.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    let hasBlanks = pieces.dropLast().contains { $0.last == " " }
    let whole = shares.reduce(0, +)
    var (parts, first, shown) = ([String](), 0, 0)
    for (index, share) in shares.enumerated() {
      shown += share
      var end = pieces.count
      if index + 1 < shares.count {
        let due = (ends.last ?? 0) * shown / max(1, whole)
        let places = (first...pieces.count).filter { place in
          !hasBlanks || place == first || place == pieces.count || pieces[place - 1].last == " "
        }
        let costs = places.map { place in
          abs(ends[place] - due) - (Self.endsPart(pieces, place) ? due / (4 * (index + 1)) : 0)
        }
        end = zip(costs, places).min { $0.0 < $1.0 }?.1 ?? first
      }
      parts.append(Self.lines(of: Array(pieces[first..<end]), width: width))
      first = end
    }
    return parts
  }

  /// Whether a sentence or a part of one ends before a place.
  private static func endsPart(_ pieces: [Substring], _ place: Int) -> Bool {
    guard place > 0, let last = pieces[place - 1].last(where: { $0 != " " }) else { return false }
    return last.isPunctuation && last != "-"
  }

  private static func lines(of pieces: [Substring], width: Int) -> String {
    var lines: [String] = []
    var (line, cells) = ("", 0)
    for piece in pieces {
      let size = piece.unicodeScalars.reduce(0) { $0 + (TextWidth.isWide($1) ? 2 : 1) }
      let blank = piece.last == " " ? 1 : 0
      if cells > 0, cells + size - blank > width {
        lines.append(line)
        (line, cells) = ("", 0)
      }
      line += piece
      cells += size
    }
    lines.append(line)
    return lines.map { line in
      String(line.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }.joined(separator: "\n")
  }
}
