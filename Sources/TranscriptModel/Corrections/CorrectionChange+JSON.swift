internal import OrderedJSON

extension Correction.Change {
  var kind: String {
    switch self {
    case .text: "text"
    case .voice: "voice"
    case .speaker: "speaker"
    case .merge: "merge"
    case .split: "split"
    case .checked: "checked"
    case .times: "times"
    case .withhold: Correction.withholding
    case .title: "title"
    case .divide: "divide"
    case .join: "join"
    case .delete: "delete"
    case .insert: "insert"
    case .retime: "retime"
    }
  }

  /// Reads the members of a kind; `nil` for a kind that is not known.
  init?(kind: String, _ reader: DocumentReader) throws(TranscriptDocumentError) {
    switch kind {
    case "text":
      let (before, after) = (try reader.string("before"), try reader.string("after"))
      self = .text(try .init(reader), before: before, after: after)
    case "voice":
      let (before, after) = (try reader.member("before")?.int(), try reader.member("after")?.int())
      self = .voice(try .init(reader), before: before, after: after)
    case "speaker":
      self = try Self.speaker(reader)
    case "merge":
      self = .merge(voice: try reader.int("voice"), into: try reader.int("into"))
    case "split":
      self = try Self.split(reader)
    case "checked":
      self = .checked(try .init(reader), try reader.required("checked").bool())
    case "times":
      self = try Self.times(reader)
    case Correction.withholding:
      self = .withhold(try .init(reader))
    case "title":
      let after = try Self.known(reader)
      self = .title(before: try reader.optionalString("before"), after: after)
    default:
      guard let change = try Self.ofRows(kind, reader) else { return nil }
      self = change
    }
  }

  private static func speaker(_ reader: DocumentReader) throws(TranscriptDocumentError) -> Self {
    let name = try reader.required("field")
    guard let field = Correction.Field(rawValue: try name.string()) else {
      throw name.fault("name, company, position or role is due")
    }
    let after = try known(reader)
    return .speaker(
      voice: try reader.int("voice"),
      field,
      before: try reader.optionalString("before"),
      after: after
    )
  }

  /// The member `after` of what may be unknown.
  private static func known(_ reader: DocumentReader) throws(TranscriptDocumentError) -> String? {
    let after = try reader.member("after")
    if let after, try after.string().isEmpty {
      throw after.fault("an unknown value is null, not an empty text")
    }
    return try after?.string()
  }

  private static func split(_ reader: DocumentReader) throws(TranscriptDocumentError) -> Self {
    let list = try reader.required("rows")
    var rows: [Int] = []
    for row in try list.elements() { rows.append(try row.index()) }
    guard !rows.isEmpty else { throw list.fault("at least one row is due") }
    guard Set(rows).count == rows.count else { throw list.fault("each row is due once") }
    let newVoice = try reader.int("newVoice")
    return .split(voice: try reader.int("voice"), rows: rows, newVoice: newVoice)
  }

  private static func times(_ reader: DocumentReader) throws(TranscriptDocumentError) -> Self {
    let list = try reader.required("rows")
    var rows: [Correction.RowTime] = []
    for row in try list.elements() {
      let (start, end) = (try row.required("startMS").time(), try row.required("endMS").time())
      guard start <= end else { throw row.fault("a row ends after it starts") }
      let confidence = try row.required("confidence")
      guard let value = confidence.value.double, (0...1).contains(value) else {
        throw confidence.fault("a number from 0 to 1 is due")
      }
      rows.append(
        .init(
          row: try row.required("row").index(),
          before: try row.required("before").time(),
          start: start,
          end: end,
          confidence: value,
          words: try words(row, within: end.milliseconds - start.milliseconds)
        )
      )
    }
    guard !rows.isEmpty else { throw list.fault("at least one row is due") }
    guard Set(rows.map(\.row)).count == rows.count else { throw list.fault("each row is due once") }
    return .times(rows)
  }

  /// The most words of a row that have times; far more than anybody says in one.
  private static let mostWords = 100_000

  private static func words(
    _ row: DocumentReader,
    within length: Int
  ) throws(TranscriptDocumentError) -> [WordTime] {
    guard let member = try row.member("words") else { return [] }
    var words: [WordTime] = []
    /// Whether the last word ends where the next one begins.
    var isOpen = false
    for element in try member.elements() {
      let pair = element.value.array == nil ? [element] : try element.elements()
      let start = try pair.first?.int() ?? -1
      let end = pair.count == 2 ? try pair[1].int() : start
      guard pair.count < 3, start >= words.last?.endMS ?? 0, start <= end, end <= length else {
        throw element.fault("words are spoken one after the other within their row")
      }
      if isOpen { words[words.count - 1].endMS = start }
      isOpen = pair.count < 2
      words.append(WordTime(startMS: start, endMS: end))
    }
    if isOpen { words[words.count - 1].endMS = length }
    guard words.count <= mostWords else { throw member.fault("a row has fewer words") }
    return words
  }

  /// The members behind `id`, `at` and `kind`.
  var members: JSONObject {
    switch self {
    case .text(let place, let before, let after):
      place.json(["before": .string(before), "after": .string(after)])
    case .voice(let place, let before, let after):
      place.json(["before": Self.json(before), "after": Self.json(after)])
    case .speaker(let voice, let field, let before, let after):
      [
        "voice": .init(voice), "field": .string(field.rawValue), "before": Self.json(before),
        "after": Self.json(after),
      ]
    case .merge(let voice, let into): ["voice": .init(voice), "into": .init(into)]
    case .split(let voice, let rows, let newVoice):
      [
        "voice": .init(voice), "rows": .array(rows.map { .init($0) }), "newVoice": .init(newVoice),
      ]
    case .checked(let place, let isChecked): place.json(["checked": .bool(isChecked)])
    case .times(let rows): ["rows": .array(rows.map(\.json))]
    case .withhold(let restriction): restriction.members
    case .title(let before, let after):
      ["before": Self.json(before), "after": Self.json(after)]
    case .divide, .join, .delete, .insert, .retime: membersOfRows
    }
  }

  private static func json(_ voice: Int?) -> JSONValue { voice.map { .init($0) } ?? .null }

  private static func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
}

extension Correction.Place {
  init(_ reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(row: try reader.required("row").index(), start: try reader.member("startMS")?.time())
  }

  func json(_ rest: JSONObject) -> JSONObject {
    var object: JSONObject = ["row": .init(row)]
    object["startMS"] = start.map { .init($0.milliseconds) }
    for (key, value) in rest.members { object[key] = value }
    return object
  }
}

extension Correction.RowTime {
  fileprivate var json: JSONValue {
    var object: JSONObject = [
      "row": .init(row), "before": .init(before.milliseconds), "startMS": .init(start.milliseconds),
      "endMS": .init(end.milliseconds), "confidence": .init(confidence),
    ]
    if !words.isEmpty {
      let next = words.dropFirst().map(\.startMS) + [end.milliseconds - start.milliseconds]
      let list = zip(words, next).map { word, next -> JSONValue in
        word.endMS == next ? .init(word.startMS) : [.init(word.startMS), .init(word.endMS)]
      }
      object["words"] = .array(list)
    }
    return .object(object)
  }
}
