internal import OrderedJSON

/// Writes a script as JSON of a schema's shape.
struct JSONReply {
  let writer: TableWriter

  func text(_ shape: ReplyShape) -> String { value(shape, name: "").rendered() }

  private func value(_ shape: ReplyShape, name: String) -> JSONValue {
    switch shape {
    case .object(let members):
      return .object(JSONObject(members.map { ($0.name, value($0.shape, name: $0.name)) }))
    case .array(let items, let minimum, let maximum):
      return rows(items, table: name, minimum: minimum, maximum: maximum)
    case .string: return JSONValue(line(name))
    case .enumeration(let values): return JSONValue(values.first ?? "")
    case .integer(let minimum): return JSONValue(minimum ?? writer.script.segments.count)
    case .number: return 1
    case .bool: return true
    }
  }

  private func rows(_ items: ReplyShape, table: String, minimum: Int, maximum: Int?) -> JSONValue {
    let limit = maximum ?? Int.max
    guard case .object(let columns) = items else {
      let count = min(max(minimum, min(3, writer.script.segments.count)), limit)
      return .array((0..<count).map { JSONValue(sentence($0)).coerced(to: items) })
    }
    switch TableWriter.kind(table: table, columns: columns.map(\.name)) {
    case .speakers:
      return .array(
        writer.script.speakers.indices.prefix(limit).map { index in
          row(columns) { writer.cell($0, $1, ofSpeaker: index) }
        }
      )
    case .sounds:
      return .array(
        writer.sounds.prefix(limit).map { sound in row(columns) { writer.cell($0, $1, of: sound) } }
      )
    case .languages: return .array([row(columns, writer.languageCell)])
    case .segments, .unknown:
      return .array(
        writer.script.segments.indices.prefix(limit).map { index in
          row(columns) { writer.cell($0, $1, of: index) }
        }
      )
    }
  }

  private func row(
    _ columns: [(name: String, shape: ReplyShape)],
    _ cell: (String, ReplyShape) -> JSONValue
  ) -> JSONValue {
    .object(
      JSONObject(uniqueMembers: columns.map { (key: $0.name, value: cell($0.name, $0.shape)) })
    )
  }

  /// A sentence for a property that stands alone.
  private func line(_ name: String) -> String {
    writer.script.segments.first?.text ?? "?"
  }

  private func sentence(_ index: Int) -> String {
    let segments = writer.script.segments
    return segments.isEmpty ? "?" : segments[index % segments.count].text
  }
}

extension JSONValue {
  /// A text as the nearest value of a shape without members.
  fileprivate func coerced(to shape: ReplyShape) -> JSONValue {
    switch shape {
    case .integer(let minimum): JSONValue(minimum ?? 1)
    case .number: 1
    case .bool: true
    case .enumeration(let values): JSONValue(values.first ?? "")
    default: self
    }
  }
}
