/// Writes numbers that are spelled out in figures, as Whisper's normaliser does: `twenty first` becomes
/// `21st`, `two dollars and seven cents` becomes `$2.07`, `nineteen ninety` becomes `1990`.
///
/// Its oddities are kept, since scores are only comparable between tools that do the same.
struct EnglishNumberReader {
  /// What has been read of a number.
  private enum Held: Equatable {
    case whole(DecimalDigits)
    /// Digits said one by one, or with a point: their text counts, not their value.
    case figures(String)

    var text: String {
      switch self {
      case .whole(let digits): digits.text
      case .figures(let text): text
      }
    }
  }

  private var written: [String] = []
  private var prefix = ""
  private var held: Held?

  /// The words with numbers in figures, parted by single blanks.
  static func figures(in words: [Substring]) -> String {
    var reader = EnglishNumberReader()
    var index = 0
    while index < words.count {
      let next = index + 1 < words.count ? words[index + 1] : nil
      let takesNext = reader.read(words[index], after: index > 0 ? words[index - 1] : nil, next)
      index += takesNext ? 2 : 1
    }
    reader.end()
    return reader.written.joined(separator: " ")
  }

  /// Reads a word; whether it has taken the next one with it.
  private mutating func read(
    _ word: Substring,
    after previous: Substring?,
    _ next: Substring?
  ) -> Bool {
    if readFigures(word) { return false }
    guard let meaning = NumberWord.of(word) else {
      end()
      write(String(word))
      return false
    }
    let before = previous.flatMap(NumberWord.of)
    switch meaning {
    case .zero: held = .figures(spoken + "0")
    case .unit(let value): held = joined(value, after: before)
    case .endedUnit(let value, let ending): finish(joined(value, after: before), ending)
    case .tens(let value): held = joinedTens(value)
    case .endedTens(let value, let ending): finish(joinedTens(value), ending)
    case .scale(let zeros): scale(zeros)
    case .endedScale(let zeros, let ending):
      scale(zeros)
      held.map { finish($0, ending) }
    case .sign(let sign):
      end()
      if canBeNumber(next) { prefix = sign } else { write(String(word)) }
    case .currency(let sign):
      guard held != nil else {
        write(String(word))
        return false
      }
      prefix = sign
      end()
    case .percent:
      held.map { finish($0, "%") } ?? write(String(word))
    case .per: return readPer(next)
    case .joint: return readJoint(word, after: before, next)
    }
    return false
  }

  // MARK: Figures

  /// Takes a number that stands in figures.
  private mutating func readFigures(_ word: Substring) -> Bool {
    guard let last = word.utf8.last, Self.isDigit(last) else { return false }
    let sign = word.first.map { "-+£€$¢".contains($0) } == true ? word.prefix(1) : ""
    let bare = word.dropFirst(sign.count)
    guard Self.isFigures(bare) else { return false }
    if case .figures(let text) = held, text.last == "." {
      held = .figures(text + word)
      return true
    }
    end()
    if !sign.isEmpty { prefix = String(sign) }
    held = Self.whole(bare, zeros: 0).map(Held.whole) ?? .figures(String(bare))
    return true
  }

  /// Digits, or digits with a point between them.
  private static func isFigures(_ word: Substring) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// A number with at most one point, times a power of ten; none when that is not whole.
  private static func whole(_ text: some StringProtocol, zeros: Int) -> DecimalDigits? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }),
      parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    var decimals = parts.count == 2 ? String(parts[1]) : ""
    while decimals.last == "0" { decimals.removeLast() }
    guard decimals.count <= zeros else { return nil }
    let padding = String(repeating: "0", count: zeros - decimals.count)
    return DecimalDigits(digits: parts[0] + decimals + padding)
  }

  // MARK: Words

  /// What is held as digits that others follow; a held zero is dropped there.
  private var spoken: String {
    if case .whole(let digits) = held, digits.isZero { return "" }
    return held?.text ?? ""
  }

  private func joined(_ value: Int, after before: NumberWord?) -> Held {
    guard let held else { return .whole(DecimalDigits(value)) }
    var isAfterUnit = false
    if case .unit = before { isAfterUnit = true }
    if case .whole(let digits) = held, !isAfterUnit {
      let room = value < 10 ? 1 : 2
      return digits.last(room) == 0
        ? .whole(digits.filled(with: value)) : .figures(digits.text + String(value))
    }
    // Behind tens that were said after other digits, the unit takes the place of their zero.
    if case .tens = before, value < 10 {
      return .figures(held.text.dropLast() + String(value))
    }
    return .figures(held.text + String(value))
  }

  private func joinedTens(_ value: Int) -> Held {
    switch held {
    case nil: .whole(DecimalDigits(value))
    case .whole(let digits) where digits.last(2) == 0: .whole(digits.filled(with: value))
    case .some(let held): .figures(held.text + String(value))
    }
  }

  /// Multiplies what is held; where that is not possible it ends, and the scale stands alone.
  private mutating func scale(_ zeros: Int) {
    let product: DecimalDigits? =
      switch held {
      case .whole(let digits): digits.scaled(zeros: zeros)
      case .figures(let text): Self.whole(text, zeros: zeros)
      case nil: nil
      }
    if product == nil { end() }
    held = .whole(product ?? DecimalDigits(1).scaled(zeros: zeros))
  }

  private mutating func readPer(_ next: Substring?) -> Bool {
    guard let held else {
      write("per")
      return false
    }
    if next == "cent" {
      finish(held, "%")
      return true
    }
    end()
    write("per")
    return false
  }

  private mutating func readJoint(
    _ word: Substring,
    after before: NumberWord?,
    _ next: Substring?
  ) -> Bool {
    guard canBeNumber(next) else {
      end()
      write(String(word))
      return false
    }
    let following = next.flatMap(NumberWord.of)
    switch word {
    case "and":
      if case .scale = before { return false }
      end()
      write("and")
    case "point":
      if following?.isDecimal ?? true { held = .figures(spoken + ".") }
    default:
      let digit: Int
      switch following {
      case .zero: digit = 0
      case .unit(let value): digit = value
      default:
        end()
        write(String(word))
        return false
      }
      held = .figures(spoken + String(repeating: String(digit), count: word == "double" ? 2 : 3))
      return true
    }
    return false
  }

  private func canBeNumber(_ word: Substring?) -> Bool {
    word.map { NumberWord.of($0) != nil || Self.isFigures($0) } ?? false
  }

  // MARK: Writing

  private mutating func write(_ word: String) {
    written.append(prefix + word)
    prefix = ""
  }

  private mutating func finish(_ number: Held, _ ending: String) {
    write(number.text + ending)
    held = nil
  }

  private mutating func end() {
    if let held { finish(held, "") }
  }
}
