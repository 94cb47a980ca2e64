internal import OrderedJSON

/// Changes that make rows, take them away, or move them in time.
extension Correction.Change {
  /// Reads the members of such a kind; `nil` for another one.
  static func ofRows(
    _ kind: String,
    _ reader: DocumentReader
  ) throws(TranscriptDocumentError) -> Self? {
    switch kind {
    case "divide":
      let division = Correction.Division(
        first: try reader.string("first"),
        second: try reader.string("second"),
        at: try reader.member("atMS")?.time(),
        newRow: try newRow(reader)
      )
      return .divide(try .init(reader), before: try reader.string("before"), division)
    case "join":
      return .join(
        try .init(reader),
        before: try reader.string("before"),
        next: try reader.required("next").index(),
        nextBefore: try reader.string("nextBefore"),
        after: try reader.string("after")
      )
    case "delete":
      return .delete(try .init(reader), before: try reader.string("before"))
    case "insert":
      let row = Correction.NewRow(
        row: try newRow(reader),
        span: try .init(reader.required("after"), isTimed: false),
        voice: try reader.member("voice")?.int(),
        text: try reader.string("text")
      )
      let isBehindOne = try reader.member("row") != nil
      return .insert(behind: isBehindOne ? try .init(reader) : nil, row)
    case "retime":
      let before = try Correction.Span(reader.required("before"), isTimed: false)
      let after = try Correction.Span(reader.required("after"), isTimed: true)
      return .retime(try .init(reader), before: before, after: after)
    default: return nil
    }
  }

  private static func newRow(_ reader: DocumentReader) throws(TranscriptDocumentError) -> Int {
    let member = try reader.required("newRow")
    let row = try member.index()
    guard row >= 0 else { throw member.fault("rows are numbered from 0") }
    return row
  }

  /// The members of such a kind behind `id`, `at` and `kind`.
  var membersOfRows: JSONObject {
    switch self {
    case .divide(let place, let before, let division):
      place.json([
        "before": .string(before), "first": .string(division.first),
        "second": .string(division.second), "atMS": Correction.Span.json(division.at),
        "newRow": .init(division.newRow),
      ])
    case .join(let place, let before, let next, let nextBefore, let after):
      place.json([
        "before": .string(before), "next": .init(next), "nextBefore": .string(nextBefore),
        "after": .string(after),
      ])
    case .delete(let place, let before): place.json(["before": .string(before)])
    case .insert(let place, let row):
      (place?.json([:]) ?? ["row": .null]).adding([
        "newRow": .init(row.row), "after": row.span.json,
        "voice": row.voice.map { .init($0) } ?? .null, "text": .string(row.text),
      ])
    case .retime(let place, let before, let after):
      place.json(["before": before.json, "after": after.json])
    default: [:]
    }
  }
}

extension JSONObject {
  fileprivate func adding(_ rest: JSONObject) -> JSONObject {
    var object = self
    for (key, value) in rest.members { object[key] = value }
    return object
  }
}

extension Correction.Span {
  /// Reads a span.
  ///
  /// - Parameter isTimed: Whether both times have to be there.
  fileprivate init(
    _ reader: DocumentReader,
    isTimed: Bool
  ) throws(TranscriptDocumentError) {
    let (start, end) = (try reader.member("startMS")?.time(), try reader.member("endMS")?.time())
    self.init(
      start: start,
      end: end,
      endIsEstimate: try reader.member("endIsEstimate")?.bool() ?? false
    )
    guard end != nil || !isTimed else { throw reader.fault("a start and an end are due") }
    if let end {
      guard let start, start <= end else { throw reader.fault("a row ends after it starts") }
    }
  }

  fileprivate var json: JSONValue {
    var object: JSONObject = ["startMS": Self.json(start), "endMS": Self.json(end)]
    if endIsEstimate { object["endIsEstimate"] = true }
    return .object(object)
  }

  fileprivate static func json(_ time: Timecode?) -> JSONValue {
    time.map { .init($0.milliseconds) } ?? .null
  }
}
