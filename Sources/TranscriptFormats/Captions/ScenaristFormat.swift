internal import PlainText
internal import TranscriptModel

/// Closed captions for broadcast in North America, `scc`: pop-on captions of CEA-608, channel 1, as
/// Scenarist writes them.
///
/// ``Captions`` says how rows become captions, here on at most four lines of 32 characters; what is longer
/// goes on on the next line. Each is centred at the foot of the picture. Its codes are sent ahead, one word
/// a frame, so that it appears when it begins; where another is in the way it comes as soon as it can. It is
/// taken away when it ends, or by the next one where that comes at once. Codes are sent twice. Colours are
/// those of the speakers.
///
/// The file is `Scenarist_SCC V1.0`, and for each burst an empty line and its timecode, a tab and its words
/// in hexadecimal with odd parity. Timecodes count 29.97 frames a second (30,000 in 1,001 seconds), and leave
/// numbers out (`HH:MM:SS;FF`) unless that is not wanted (`HH:MM:SS:FF`).
///
/// ``ClosedCaptionCharacters`` says what becomes of characters that the set lacks; ``lacking(in:options:)``
/// counts them.
///
/// - Source: CEA-608-E (ANSI/CTA-608), annexes B and F; SMPTE ST 12-1 (numbers left out).
public struct ScenaristFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "scc"
  /// The media type.
  public let mediaType = "text/plain; charset=us-ascii"
  /// What it is and for whom.
  public let summary = "closed captions for broadcasters in North America (Scenarist, CEA-608)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [
    .speakers, .speakerStyle, .captions, .language, .bilingual, .frameRate,
  ]

  /// Characters on a row.
  private static let width = 32
  /// Rows that are filled at most: more hide the picture.
  private static let mostLines = 4

  /// The format.
  public init() {}

  /// The captions.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let options = Self.fitted(options)
    let captions = transcript.captions(options)
    let colours = CaptionColours(transcript, options)
    var bursts = CaptionBursts(isDropFrame: options.isDropFrame)
    for cue in captions.cues { bursts.add(cue, Self.pages(of: cue, captions, colours)) }
    return bursts.finish()
  }

  /// The characters that the set lacks, with how often.
  public func lacking(
    in transcript: ExportedTranscript,
    options: FormatOptions
  ) -> [Character: Int] {
    let captions = transcript.captions(Self.fitted(options))
    var counts: [Character: Int] = [:]
    for line in String(decoding: captions.text, as: UTF8.self).split(separator: "\n") {
      for character in ClosedCaptionCharacters(line).lacking { counts[character, default: 0] += 1 }
    }
    return counts
  }

  private static func fitted(_ options: FormatOptions) -> FormatOptions {
    var options = options
    options.lineLength = min(options.lineLength ?? width, width)
    options.lineCount = min(options.lineCount, mostLines)
    return options
  }

  /// The rows of a caption, more than one page only where a word has more than a picture holds.
  private static func pages(
    of cue: Captions.Cue,
    _ captions: Captions,
    _ colours: CaptionColours
  ) -> [[ClosedCaptionRow]] {
    var rows = rows(of: cue.part, captions, colours)
    if let lower = cue.lower { rows += Self.rows(of: captions.lower[lower], captions, colours) }
    return stride(from: 0, to: rows.count, by: mostLines).map { first in
      Array(rows[first..<min(first + mostLines, rows.count)])
    }
  }

  private static func rows(
    of part: Captions.Part,
    _ captions: Captions,
    _ colours: CaptionColours
  ) -> [ClosedCaptionRow] {
    let colour = colours.colour(part)?.closedCaption
    return captions.text[part.start..<part.end].split(separator: 0x0A).flatMap { line in
      let cells = ClosedCaptionCharacters(String(decoding: line, as: UTF8.self)).cells
      return stride(from: 0, to: cells.count, by: width).map { first in
        ClosedCaptionRow(
          cells: Array(cells[first..<min(first + width, cells.count)]),
          colour: colour
        )
      }
    }
  }
}

/// A row of closed captions.
struct ClosedCaptionRow {
  let cells: [ClosedCaptionCharacters.Cell]
  /// The low bits of the codes for its colour; `nil` for white.
  let colour: UInt16?

  /// The first byte of the codes that begin rows 12 to 15, the last four, and the bits of their second.
  private static let addresses: [UInt16] = [0x1340, 0x1360, 0x1440, 0x1460]

  /// Its words, those that belong together in one.
  ///
  /// - Parameter fromBottom: The rows below it.
  func words(fromBottom: Int) -> [[UInt16]] {
    let address = Self.addresses[Self.addresses.count - 1 - fromBottom]
    var words: [[UInt16]] = []
    func put(code: UInt16) { words.append([code, code]) }
    // The colour takes a cell, unless the row is full: then it begins at the left in it.
    let isFull = cells.count > 31
    let indent = isFull ? 0 : (32 - cells.count - (colour == nil ? 0 : 1)) / 2
    if isFull, let colour {
      put(code: address | colour)
    } else {
      put(code: address | 0x10 | UInt16(indent / 4) << 1)
      if indent % 4 > 0 { put(code: 0x1720 + UInt16(indent % 4)) }
      if let colour { put(code: 0x1120 | colour) }
    }
    return words + textWords
  }

  private var textWords: [[UInt16]] {
    var words: [[UInt16]] = []
    var first: UInt16?
    func put(_ byte: UInt8) {
      if let begun = first {
        words.append([begun << 8 | UInt16(byte)])
        first = nil
      } else {
        first = UInt16(byte)
      }
    }
    for cell in cells {
      switch cell {
      case .basic(let byte): put(byte)
      case .special(let code):
        if first != nil { put(0) }
        words.append([code, code])
      case .extended(let code, let before):
        put(before)
        if first != nil { put(0) }
        words.append([code, code])
      }
    }
    if first != nil { put(0) }
    return words
  }
}

/// The words of all captions, with the frames that they are sent in.
struct CaptionBursts {
  private static let resumeLoading: UInt16 = 0x1420
  private static let eraseDisplayed: UInt16 = 0x142C
  private static let eraseLoaded: UInt16 = 0x142E
  private static let endOfCaption: UInt16 = 0x142F

  private let isDropFrame: Bool
  private var output = Array("Scenarist_SCC V1.0\n".utf8)
  /// The first frame that nothing is sent in yet.
  private var free = 0
  /// When what is shown is to be taken away.
  private var erasure: Int?

  init(isDropFrame: Bool) { self.isDropFrame = isDropFrame }

  /// Adds a caption; several pages share its time.
  mutating func add(_ cue: Captions.Cue, _ pages: [[ClosedCaptionRow]]) {
    let (start, end) = (Self.frame(cue.start), Self.frame(cue.end))
    for (index, rows) in pages.enumerated() {
      let show = start + (end - start) * index / pages.count
      let codes = rows.enumerated().flatMap { $1.words(fromBottom: rows.count - 1 - $0) }
      load(
        [[Self.resumeLoading, Self.resumeLoading], [Self.eraseLoaded, Self.eraseLoaded]] + codes,
        shownAt: show
      )
      erasure = max(start + (end - start) * (index + 1) / pages.count, free)
    }
  }

  /// Sends a caption so that it appears at a frame, and takes away the one before it.
  private mutating func load(_ codes: [[UInt16]], shownAt show: Int) {
    var codes = codes
    let size = codes.reduce(0) { $0 + $1.count }
    var begin = max(free, show - size)
    if let erasure {
      if erasure + 2 <= begin {
        send([Self.eraseDisplayed, Self.eraseDisplayed], at: erasure)
      } else if erasure + 2 < begin + size {
        begin = max(free, show - size - 2)
        var (place, frame) = (1, begin + 2)
        while place < codes.count, frame < erasure {
          frame += codes[place].count
          place += 1
        }
        codes.insert([Self.eraseDisplayed, Self.eraseDisplayed], at: place)
      }
      self.erasure = nil
    }
    send(codes.flatMap(\.self) + [Self.endOfCaption, Self.endOfCaption], at: begin)
  }

  private mutating func send(_ words: [UInt16], at frame: Int) {
    output.append(text: "\n\(timecode(frame))\t")
    for (index, word) in words.enumerated() {
      if index > 0 { output.append(UInt8(ascii: " ")) }
      for byte in [UInt8(word >> 8), UInt8(word & 0xFF)] {
        let odd = byte.nonzeroBitCount % 2 == 0 ? byte | 0x80 : byte
        for digit in [odd >> 4, odd & 0xF] {
          output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
      }
    }
    output.append("\n")
    free = frame + words.count
  }

  /// The file.
  mutating func finish() -> [UInt8] {
    if let erasure { send([Self.eraseDisplayed, Self.eraseDisplayed], at: erasure) }
    return output
  }

  /// The frame that is nearest to a time: 30,000 in 1,001 seconds.
  private static func frame(_ milliseconds: Int) -> Int { (milliseconds * 60 + 1001) / 2002 }

  /// Frames of ten minutes, of which those but the tenth leave out two numbers, and of a minute that does.
  private static let (tenMinutes, shortMinute) = (17_982, 1798)

  /// `HH:MM:SS;FF`, or `HH:MM:SS:FF` where no number is left out.
  private func timecode(_ frame: Int) -> String {
    var number = frame
    if isDropFrame {
      let rest = frame % Self.tenMinutes
      number += 18 * (frame / Self.tenMinutes)
      if rest > 1 { number += 2 * ((rest - 2) / Self.shortMinute) }
    }
    let seconds = number / 30
    let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { NumberText.padded($0, 2) }
    return parts.joined(separator: ":") + (isDropFrame ? ";" : ":")
      + NumberText.padded(number % 30, 2)
  }
}
