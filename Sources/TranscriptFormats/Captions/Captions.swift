internal import TranscriptModel

/// The captions of a transcript: who shows what, from when to when, on which lines.
///
/// # The rules, frozen with the formats that use them
///
/// All numbers are whole, divisions round down (`up`: up), lengths are Unicode scalars.
///
/// **Text.** Each row with a start and with text gives at least one caption; others give none. The
/// text is the row's as one line (``LineText``). Where a format puts the speaker into the text, it is
/// `LABEL: TEXT` for a row whose voice is not that of the row before that gave captions; a row
/// without a voice has no label, and an empty one is left out.
///
/// **Words.** The line is taken apart at its blanks. A word longer than `lineLength` is cut into
/// pieces of that length; each counts as a word, and the next begins a new line.
///
/// **Captions.** Words are taken in order. A word weighs its length and 1, and a caption holds
/// `characters + 1`; with `.words(n)` a word weighs 1 and a caption holds `n`. Without a limit it
/// holds `lineLength * lineCount + 1`. At the start of each caption, `rest` is the weight of all
/// words left, and the aim is `up(rest / up(rest / holds))`. The first word is always taken; before
/// each further word the caption ends when its weight has reached the aim, when it would grow beyond
/// what it holds, or when it would need another line than `lineCount` allows. A word goes on the
/// current line when it fits there behind a blank, else on the next. Where that gives two lines, and no
/// word but the first is the rest of a cut one, the words are put on lines again: the second line
/// begins as soon as the first has `up(length / 2)` of the caption's scalars, or when the next word
/// does not fit.
///
/// **Ends.** A row's end stays as it is when it is stated (`endIsEstimate` is false) and after the
/// start. Otherwise the row is shown as long as it takes to read,
/// `max(1000, 500 + up(length * 1000 / readingSpeed))` milliseconds, but neither beyond its
/// estimated end, when that is after the start, nor beyond the next later start of any row.
///
/// **Times.** With `span` milliseconds and `length` scalars in the row, a caption that begins at the
/// scalar `offset` starts at `start + span * offset / length`, and ends where the next one starts,
/// the last one with the row. A row whose captions would last less than 40 ms on average is one
/// caption with all its lines. No caption is shorter than 1 ms: of `count` captions the one at `index`
/// starts at least 1 ms after the one before and at most `count - index` ms before the row's end.
///
/// **Limit.** A row that starts 100,000 hours in or later gives no caption; no end is later.
///
/// **Order.** By start; captions that start together keep the order of the rows.
struct Captions {
  /// No time is later: 100,000 hours, so that no arithmetic can overflow.
  static let latest = 360_000_000_000

  struct Cue {
    var start: Int
    var end: Int
    /// Where its lines are in ``Captions/text``, line feeds between them.
    let textStart: Int
    var textEnd: Int
    /// The position of its row.
    let position: Int
  }

  private(set) var cues: [Cue] = []
  private(set) var text: [UInt8] = []

  private let options: FormatOptions
  private let countsWords: Bool
  private let capacity: Int

  /// - Parameter labelsText: Whether the speaker is part of the text.
  init(_ transcript: ExportedTranscript, _ options: FormatOptions, labelsText: Bool) {
    self.options = options
    (countsWords, capacity) = Self.measure(options)
    let segments = transcript.segments
    let limits = LaterStarts(segments)
    cues.reserveCapacity(segments.count * 2)
    text.reserveCapacity(transcript.estimatedBytes(around: 16))
    var line = LineText()
    var words = LineWords()
    var voice: Int?
    for (position, segment) in segments.enumerated() {
      guard let start = segment.start?.milliseconds, start < Self.latest else { continue }
      let isLabelled = labelsText && segment.voice != nil && segment.voice != voice
      let first = cues.count
      if isLabelled || !fillPlain(segment.text, &words, position) {
        line.set(segment.text)
        guard !line.bytes.isEmpty else { continue }
        if isLabelled { line.set(label: transcript.label(segment), text: segment.text) }
        words.set(&line, limit: options.lineLength)
        line.bytes.withUnsafeBufferPointer { fill(words, of: $0, position) }
      }
      voice = segment.voice
      let end = end(of: segment, position, start: start, limits, length: words.length)
      setTimes(first, start: start, end: end, length: words.length)
    }
    sort()
  }

  private static func measure(_ options: FormatOptions) -> (countsWords: Bool, capacity: Int) {
    switch options.cueLength {
    case .words(let count): (true, count)
    case .characters(let count): (false, count + 1)
    case nil: (false, options.lineLength * options.lineCount + 1)
    }
  }

  /// Puts a text into captions that takes no more than looking for blanks; gives up on others, also
  /// on one without words.
  private mutating func fillPlain(
    _ text: String,
    _ words: inout LineWords,
    _ position: Int
  ) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard words.setPlain(bytes, limit: options.lineLength), words.count > 0 else { return false }
      fill(words, of: bytes, position)
      return true
    }
  }

  private mutating func fill(
    _ words: borrowing LineWords,
    of line: UnsafeBufferPointer<UInt8>,
    _ position: Int
  ) {
    words.withWords { fill($0, of: line, position) }
  }

  /// Puts the words into captions; their starts are offsets in the line for now.
  private mutating func fill(
    _ words: UnsafeBufferPointer<LineWords.Word>,
    of line: UnsafeBufferPointer<UInt8>,
    _ position: Int
  ) {
    let base = text.count
    text.append(contentsOf: line)
    text.append(0x0A)
    var rest = countsWords ? words.count : words.reduce(0) { $0 + $1.count + 1 }
    var next = 0
    while next < words.count {
      let first = next
      let aim = Self.up(rest, Self.up(rest, capacity))
      rest -= fillCue(words, &next, aim: aim, base: base)
      let end = next < words.count ? base + words[next].start - 1 : text.count - 1
      text[end] = 0x0A
      cues.append(
        Cue(
          start: words[first].offset,
          end: 0,
          textStart: base + words[first].start,
          textEnd: end,
          position: position
        )
      )
    }
  }

  /// Takes the words of one caption, breaks its lines, and returns the weight of its words.
  private mutating func fillCue(
    _ words: UnsafeBufferPointer<LineWords.Word>,
    _ next: inout Int,
    aim: Int,
    base: Int
  ) -> Int {
    let first = next
    var taken = weight(words[first])
    var lines = 1
    var lineStart = words[first].offset
    var hasPiece = false
    var lineBreak = 0
    next += 1
    while next < words.count {
      let word = words[next]
      guard taken < aim, taken + weight(word) <= capacity else { break }
      // The rest of a cut word begins a line.
      let isPiece = word.offset == words[next - 1].offset + words[next - 1].count
      if isPiece || word.offset + word.count - lineStart > options.lineLength {
        guard lines < options.lineCount else { break }
        lines += 1
        lineStart = word.offset
        lineBreak = base + word.start - 1
        text[lineBreak] = 0x0A
        hasPiece = hasPiece || isPiece
      }
      taken += weight(word)
      next += 1
    }
    if lines == 2, !hasPiece {
      text[lineBreak] = 0x20
      text[base + halving(words, first, next) - 1] = 0x0A
    }
    return taken
  }

  /// Where the second of two lines begins, so that the first has half of the caption.
  private func halving(
    _ words: UnsafeBufferPointer<LineWords.Word>,
    _ first: Int,
    _ end: Int
  ) -> Int {
    let start = words[first].offset
    let half = Self.up(words[end - 1].offset + words[end - 1].count - start, 2)
    var next = first + 1
    while next < end - 1 {
      let before = words[next - 1].offset + words[next - 1].count - start
      let behind = words[next].offset + words[next].count - start
      if before >= half || behind > options.lineLength { break }
      next += 1
    }
    return words[next].start
  }

  private func weight(_ word: LineWords.Word) -> Int { countsWords ? 1 : word.count + 1 }

  private func end(
    of segment: TranscriptSegment,
    _ position: Int,
    start: Int,
    _ limits: LaterStarts,
    length: Int
  ) -> Int {
    let stated = segment.end.map { min($0.milliseconds, Self.latest) }
    if let stated, stated > start, !segment.endIsEstimate { return stated }
    let readable = max(1000, 500 + Self.up(length * 1000, options.readingSpeed))
    var end = start + readable
    if let stated, stated > start { end = min(end, stated) }
    if let next = limits.next(position) { end = min(end, next) }
    return end
  }

  private mutating func setTimes(_ first: Int, start: Int, end: Int, length: Int) {
    let count = cues.count - first
    if count > 1, end - start < 40 * count {
      cues[first].textEnd = cues[cues.count - 1].textEnd
      cues.removeSubrange((first + 1)...)
    }
    var previous = start - 1
    for index in first..<cues.count {
      let wanted = start + (end - start) * cues[index].start / length
      let latest = end - (cues.count - index)
      previous = min(max(wanted, previous + 1), latest)
      cues[index].start = previous
      if index > first { cues[index - 1].end = previous }
    }
    cues[cues.count - 1].end = end
  }

  /// The order of the array breaks ties, since the standard sort does not promise to keep it.
  private mutating func sort() {
    guard cues.indices.dropFirst().contains(where: { cues[$0].start < cues[$0 - 1].start }) else {
      return
    }
    cues = cues.enumerated()
      .sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
      .map(\.element)
  }

  private static func up(_ dividend: Int, _ divisor: Int) -> Int {
    (dividend + divisor - 1) / divisor
  }
}

/// For each row, the next later start of any row.
private struct LaterStarts {
  private let starts: [Int]
  private let segments: [TranscriptSegment]
  /// Whether the starts stand where their rows do.
  private let isInStep: Bool

  init(_ segments: [TranscriptSegment]) {
    self.segments = segments
    let starts = segments.compactMap { $0.start?.milliseconds }
    let isSorted = zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 }
    self.starts = isSorted ? starts : starts.sorted()
    isInStep = isSorted && starts.count == segments.count
  }

  func next(_ position: Int) -> Int? {
    guard let start = segments[position].start?.milliseconds else { return nil }
    if isInStep, position + 1 < starts.count, starts[position + 1] > start {
      return starts[position + 1]
    }
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] > start { high = middle } else { low = middle + 1 }
    }
    return low < starts.count ? starts[low] : nil
  }
}
