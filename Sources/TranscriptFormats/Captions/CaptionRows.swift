internal import PlainText
internal import TranscriptModel
internal import UnicodeText

/// Makes the words and lines of one row after the other, in the order they are shown.
struct CaptionRows {
  /// A row as captions have it.
  struct Row {
    let position: Int
    let script: CaptionScript
    let isRightToLeft: Bool
  }

  /// Two rows that stand as one caption.
  struct Pair {
    let upper: Row
    let upperLine: [UInt8]
    /// How many bytes of the line are the label.
    let upperLabel: Int
    let upperRead: Int
    let row: Row
    let line: [UInt8]
    let label: Int
    let readCount: Int
    /// The broader line in cells, with its dash.
    let width: Int
  }

  /// The words of the last row.
  private(set) var content = CaptionAtoms()
  /// When the words of the last row are spoken; `nil` where nobody knows.
  private(set) var spoken: [SpokenAtom]?
  /// The lines of the last row.
  private(set) var lines: [CaptionLayout.Line] = []

  private let transcript: ExportedTranscript
  private let options: FormatOptions
  private let outliner = TextOutliner()
  private let smallWords: [String: SmallWords]
  private let usualWords: SmallWords
  private var line = LineText()
  private var labels: [Int: String] = [:]
  private var voice: Int?
  private var second = SecondText()

  init(_ transcript: ExportedTranscript, _ options: FormatOptions) {
    self.transcript = transcript
    self.options = options
    usualWords = SmallWords(language: options.language)
    smallWords = SmallWords.languages.reduce(into: [:]) { $0[$1] = SmallWords(language: $1) }
  }

  /// Makes the words and lines of a row.
  mutating func row(_ position: Int) -> Row {
    let segment = transcript.segments[position]
    var content = CaptionAtoms()
    swap(&content, &self.content)
    let row = fill(&content, segment, position)
    swap(&content, &self.content)
    voice = segment.voice
    spoken = transcript.wordTimes(segment).flatMap { self.content.spoken($0) }
    layout(segment, row.script).lay(self.content, spoken, into: &lines)
    return row
  }

  /// What stands below each caption of the last row; empty where there is no translation.
  mutating func translation(of row: Row) -> [String] {
    guard let text = transcript.secondTexts[transcript.segments[row.position].row] else {
      return []
    }
    let firsts = lines.filter(\.beginsCue).map(\.first)
    let shares = zip(firsts, firsts.dropFirst() + [content.atoms.count]).map { first, end in
      let last = content.atoms[end - 1]
      return last.x + last.width - content.atoms[first].x
    }
    return second.parts(of: text, shares: shares, width: lineWidth(row.script))
  }

  /// The last row and another as one caption, when two voices have a line each.
  mutating func pair(_ upper: Row, with position: Int) -> Pair? {
    let segment = transcript.segments[position]
    guard options.lineCount > 1, options.cueLength == nil, transcript.secondTexts.isEmpty,
      let voice, let next = segment.voice,
      next != voice
    else { return nil }
    var other = CaptionAtoms()
    let row = fill(&other, segment, position)
    let width = 2 + max(content.width, other.width)
    let limit = min(lineWidth(upper.script), lineWidth(row.script))
    guard width <= limit else { return nil }
    self.voice = next
    return Pair(
      upper: upper,
      upperLine: content.line,
      upperLabel: content.hidesLabel ? content.labelEnd : 0,
      upperRead: content.readCount,
      row: row,
      line: other.line,
      label: other.hidesLabel ? other.labelEnd : 0,
      readCount: other.readCount,
      width: width
    )
  }

  private func lineWidth(_ script: CaptionScript) -> Int {
    options.lineLength ?? script.lineWidth
  }

  private func layout(_ segment: TranscriptSegment, _ script: CaptionScript) -> CaptionLayout {
    let width = lineWidth(script)
    var (capacity, mostWords) = (width * options.lineCount, Int?.none)
    switch options.cueLength {
    case .words(let count): mostWords = count
    case .characters(let count): capacity = min(capacity, max(count, 1))
    case nil: break
    }
    return CaptionLayout(
      lineWidth: width,
      lineCount: options.lineCount,
      capacity: capacity,
      mostWords: mostWords,
      small: small(segment)
    )
  }

  /// Those of the language that was asked for, else of the row's own.
  private func small(_ segment: TranscriptSegment) -> SmallWords {
    guard options.language == nil, !segment.extras.isEmpty,
      let language = segment.extras.first(where: { $0.role == .language }),
      case .text(let tag) = language.value
    else { return usualWords }
    let primary = tag.lowercased().prefix { $0 != "-" && $0 != "_" }
    return smallWords[String(primary)] ?? usualWords
  }

  private mutating func fill(
    _ content: inout CaptionAtoms,
    _ segment: TranscriptSegment,
    _ position: Int
  ) -> Row {
    var text = segment.text
    let isOneLine = text.withUTF8(ByteScan.isOneLine)
    if !isOneLine {
      line.set(text)
      text = String(decoding: line.bytes, as: UTF8.self)
    }
    let isPlain = text.withUTF8(TextOutline.isPlain)
    let outline = isPlain ? nil : outliner.outline(of: text)
    let script = isPlain ? .usual : CaptionScript.script(of: text.unicodeScalars)
    let limit = lineWidth(script)
    content.clear()
    if let label = label(segment, limit: limit) {
      content.add(label: label, isHideable: options.speakerStyle != .dash, limit: limit, outliner)
    }
    text.withUTF8 { content.add($0, outline, limit: limit) }
    let isRightToLeft = !isPlain && TextDirection.isRightToLeft(text)
    return Row(position: position, script: script, isRightToLeft: isRightToLeft)
  }

  /// What names the speaker in front of a row: where the voice changes, if there is something to see.
  ///
  /// A name takes one line at most; what is longer is cut, so that the caption has room for words.
  private mutating func label(_ segment: TranscriptSegment, limit: Int) -> String? {
    guard options.hasSpeakers, let next = segment.voice, next != voice else { return nil }
    let label = labels[next] ?? style(segment)
    labels[next] = label
    let scalars = label.unicodeScalars
    if scalars.count > limit {
      let end = label.hasSuffix("]:") ? "…]:" : "…:"
      return String(scalars.prefix(max(limit - end.unicodeScalars.count, 0))) + end
    }
    return label.isEmpty ? nil : label
  }

  private mutating func style(_ segment: TranscriptSegment) -> String {
    line.set(transcript.label(segment))
    let name = line.bytes.isEmpty ? "" : String(decoding: line.bytes, as: UTF8.self) + ":"
    switch options.speakerStyle {
    case .name: return name
    case .caps: return name.uppercased()
    case .dash: return "-"
    case .colour, .unseen: return ""
    }
  }
}
