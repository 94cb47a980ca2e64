internal import OrderedJSON
internal import PlainText
public import TranscriptModel
internal import UnicodeText

/// Words and rows that are not to go out: personal data that a recipe found, names, passages.
///
/// ``applied(to:)`` puts a visible marker in their place, everywhere in a document; ``leaks(in:beside:)``
/// finds those that a written file has all the same.
public struct Withheld: Sendable {
  /// Words that are not to go out.
  public struct Words: Hashable, Sendable {
    /// The words.
    public let text: String
    /// What they are, such as `name`; stands in the marker.
    public let kind: String

    /// Words that are not to go out.
    public init(_ text: String, kind: String) { (self.text, self.kind) = (text, kind) }

    /// What stands in their place.
    public var marker: String { "[\(kind) withheld]" }
  }

  /// The words, the longer ones first.
  public let words: [Words]
  /// Rows of which nothing goes out, by `TranscriptSegment.row`.
  public let rows: Set<Int>

  /// What each of the words is as a search knows it, by its first word.
  private let byFirst: [String: [(words: [String], index: Int)]]
  /// Those without a letter or digit, which are looked for as they are.
  private let signs: [Int]

  /// What stands in the place of a row.
  static let passage = "[passage withheld]"

  /// Words and rows that are not to go out.
  public init(words: [Words], rows: Set<Int> = []) {
    var seen: Set<String> = []
    let wanted = words.filter { !$0.text.isEmpty && seen.insert($0.text).inserted }
    let sorted = wanted.enumerated().sorted { one, other in
      let counts = (one.element.text.utf8.count, other.element.text.utf8.count)
      return counts.0 == counts.1 ? one.offset < other.offset : counts.0 > counts.1
    }
    self.words = sorted.map(\.element)
    self.rows = rows
    var (byFirst, signs): ([String: [(words: [String], index: Int)]], [Int]) = ([:], [])
    for (index, words) in self.words.enumerated() {
      let folded = SearchWords.all(in: words.text).map(\.folded)
      if let first = folded.first {
        byFirst[first, default: []].append((folded, index))
      } else {
        signs.append(index)
      }
    }
    (self.byFirst, self.signs) = (byFirst, signs)
  }

  /// Whether there is nothing to withhold.
  public var isEmpty: Bool { words.isEmpty && rows.isEmpty }

  // MARK: Texts

  /// A text with markers in place of what is withheld, whatever its case, accents and blanks.
  public func masked(_ text: String) -> String {
    let found = places(in: text)
    var result = text
    if !found.isEmpty {
      let bytes = Array(text.utf8)
      var (masked, end): ([UInt8], Int) = ([], 0)
      for place in found {
        masked += bytes[end..<place.range.lowerBound] + Array(words[place.index].marker.utf8)
        end = place.range.upperBound
      }
      result = String(decoding: masked + bytes[end...], as: UTF8.self)
    }
    for index in signs { result = result.replacing(words[index].text, with: words[index].marker) }
    return result
  }

  /// How often a text has each of the words, by position in ``words``.
  public func count(in text: String) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for place in places(in: text, isOverlapping: true) { counts[place.index, default: 0] += 1 }
    for index in signs {
      let count = text.ranges(of: words[index].text).count
      if count > 0 { counts[index] = count }
    }
    return counts
  }

  /// Where a text has words, in order.
  ///
  /// - Parameter isOverlapping: Whether words within longer ones count as well.
  private func places(
    in text: String,
    isOverlapping: Bool = false
  ) -> [(range: Range<Int>, index: Int)] {
    guard !byFirst.isEmpty else { return [] }
    let there = SearchWords.all(in: text)
    var found: [(range: Range<Int>, index: Int)] = []
    var position = 0
    while position < there.count {
      let candidates = (byFirst[there[position].folded] ?? []).filter { candidate in
        let end = position + candidate.words.count
        return end <= there.count
          && zip(there[position..<end], candidate.words).allSatisfy { $0.folded == $1 }
      }
      for candidate in isOverlapping ? candidates : Array(candidates.prefix(1)) {
        let last = there[position + candidate.words.count - 1]
        found.append((there[position].range.lowerBound..<last.range.upperBound, candidate.index))
      }
      position += isOverlapping ? 1 : candidates.first?.words.count ?? 1
    }
    return found
  }

  // MARK: Documents

  /// A document that says nothing of what is withheld.
  ///
  /// The rows are those that people corrected; what the machine wrote instead, the corrections, the
  /// tables that rows were made of, and the list of what is withheld are left out.
  public func applied(to document: TranscriptDocument) -> TranscriptDocument {
    var result = document.goingOut
    maskAcross(&result.transcript.segments)
    for index in result.transcript.segments.indices
    where rows.contains(result.transcript.segments[index].row) {
      result.transcript.segments[index].text = Self.passage
      result.transcript.segments[index].extras = []
    }
    result.derivations = result.derivations.map { derivation in
      var derivation = derivation
      derivation.tables = derivation.tables.map(withoutRows)
      return derivation
    }
    var masked = result.mappingTexts(masked)
    for index in masked.transcript.speakers.indices {
      let (before, after) = (
        result.transcript.speakers[index].name, masked.transcript.speakers[index]
      )
      // Who speaks is still told from who else does.
      if let name = after.name, name != before {
        masked.transcript.speakers[index].name = "\(name) \(after.voice)"
      }
    }
    return masked
  }

  /// Puts markers in the place of words that begin in one row and end in the next.
  private func maskAcross(_ segments: inout [TranscriptSegment]) {
    var heads: [Int: (end: Int, marker: String)] = [:]
    var tails: [Int: (start: Int, marker: String)] = [:]
    for index in segments.indices.dropLast() {
      let end = segments[index].text.utf8.count
      let both = segments[index].text + " " + segments[index + 1].text
      for place in places(in: both, isOverlapping: true)
      where place.range.lowerBound < end && place.range.upperBound > end + 1 {
        let marker = words[place.index].marker
        let (start, rest) = (place.range.lowerBound, place.range.upperBound - end - 1)
        if start < tails[index]?.start ?? .max { tails[index] = (start, marker) }
        if rest > heads[index + 1]?.end ?? 0 { heads[index + 1] = (rest, marker) }
      }
    }
    for index in Set(heads.keys).union(tails.keys) {
      let bytes = Array(segments[index].text.utf8)
      let first = heads[index]?.end ?? 0
      let last = max(first, tails[index]?.start ?? bytes.count)
      segments[index].text =
        (heads[index]?.marker ?? "") + String(decoding: bytes[first..<last], as: UTF8.self)
        + (tails[index]?.marker ?? "")
    }
  }

  /// A document of the same shape without any word of it, whose files have what a format itself says.
  public static func shape(of document: TranscriptDocument) -> TranscriptDocument {
    document.goingOut.mappingTexts { text in
      String(text.map { $0.isLetter || $0.isNumber ? "x" : $0 })
    }
  }

  /// A table of a recipe without what it says of rows of which nothing goes out.
  private func withoutRows(_ table: Table) -> Table {
    guard !rows.isEmpty, let column = table.column(.row) else { return table }
    var table = table
    for row in 0..<table.rowCount {
      guard case .integer(let number) = table[row, column], rows.contains(number - 1) else {
        continue
      }
      for (index, column) in table.columns.enumerated() where column.name != "speaker" {
        if case .text = table[row, index] { table[row, index] = .text(Self.passage) }
      }
    }
    return table
  }

  // MARK: Files

  /// The words that a text has more often than one of the same shape without any word of the document.
  ///
  /// - Parameters:
  ///   - text: A file that was written, as text.
  ///   - shape: The same file of ``shape(of:)``.
  public func leaks(in text: String, beside shape: String) -> [Words] {
    var found: Set<Int> = []
    for reading in zip(Self.readings(of: text), Self.readings(of: shape)) {
      let usual = count(in: reading.1)
      for (index, count) in count(in: reading.0) where count > usual[index] ?? 0 {
        found.insert(index)
      }
    }
    return found.sorted().map { words[$0] }
  }

  /// The text as it is, with its escapes undone, and without what stands between angle brackets.
  private static func readings(of text: String) -> [String] {
    let plain = FileEscapes.undone(text)
    return [plain, FileEscapes.withoutTags(text)]
  }
}

extension TranscriptDocument {
  /// The document with what people made of it for good, and without what it was made of.
  fileprivate var goingOut: TranscriptDocument {
    var result = self
    let corrected = corrected
    result.transcript = corrected.transcript
    result.source.title = corrected.title
    result.corrections = []
    // Words of rows stand in them a second time, as the machine had them.
    result.tables = tables.filter { table in
      table.column(.text) == nil && table.column(.voice) == nil
    }
    result.derivations = derivations.filter { $0.run.schema != Redactions.schema }
    let kept = Set(result.tables.map(\.name))
    result.findings = findings.map { finding in
      Finding(
        finding.code,
        finding.severity,
        finding.message,
        rows: finding.rows.filter { kept.contains($0.table) }
      )
    }
    return result
  }

  /// The document with other texts; times, numbers of rows, and what tells how it was made, stay.
  fileprivate func mappingTexts(_ change: (String) -> String) -> TranscriptDocument {
    var result = self
    result.source.title = source.title.map(change)
    result.source.uri = change(source.uri)
    result.source.stem = change(source.stem)
    result.run.parameters = [:]
    result.transcript.segments = transcript.segments.map { segment in
      var segment = segment
      segment.text = change(segment.text)
      segment.extras = segment.extras.map { $0.mapping(change) }
      return segment
    }
    result.transcript.speakers = transcript.speakers.map { speaker in
      var speaker = speaker
      speaker.name = speaker.name.map(change)
      speaker.company = speaker.company.map(change)
      speaker.position = speaker.position.map(change)
      speaker.role = speaker.role.map(change)
      speaker.extras = speaker.extras.map { $0.mapping(change) }
      return speaker
    }
    result.tables = tables.map { $0.mapping(change) }
    result.findings = findings.map { $0.mapping(change) }
    result.derivations = derivations.map { derivation in
      var derivation = derivation
      derivation.variables = [:]
      derivation.run.parameters = [:]
      derivation.tables = derivation.tables.map { $0.mapping(change) }
      derivation.findings = derivation.findings.map { $0.mapping(change) }
      return derivation
    }
    return result
  }
}

extension TranscriptSegment.Field {
  fileprivate func mapping(_ change: (String) -> String) -> Self {
    .init(column: column, role: role, value: value.mapping(change))
  }
}

extension Finding {
  fileprivate func mapping(_ change: (String) -> String) -> Finding {
    Finding(code, severity, change(message), rows: rows, table: table)
  }
}

extension Table {
  fileprivate func mapping(_ change: (String) -> String) -> Table {
    var table = Table(name: name, columns: columns)
    for row in 0..<rowCount {
      table.append(
        columns.indices.map { index in
          let isPlace = columns[index].role == .row
          return isPlace ? self[row, index] : self[row, index].mapping(change)
        }
      )
    }
    return table
  }
}

extension Cell {
  /// The cell with another text; a number that is to change becomes text.
  fileprivate func mapping(_ change: (String) -> String) -> Cell {
    switch self {
    case .missing, .boolean, .time: return self
    case .text(let text): return .text(change(text))
    case .invalid(let text): return .invalid(change(text))
    case .integer, .number:
      let text = change(rendered)
      return text == rendered ? self : .text(text)
    }
  }
}
