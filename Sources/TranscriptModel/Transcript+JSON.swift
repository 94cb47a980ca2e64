internal import OrderedJSON

extension TranscriptSegment {
  var json: JSONValue {
    var object: JSONObject = [
      "row": .init(row),
      "startMS": start.map { .init($0.milliseconds) } ?? .null,
      "endMS": end.map { .init($0.milliseconds) } ?? .null,
      "endIsEstimate": .init(endIsEstimate),
      "voice": voice.map { .init($0) } ?? .null,
      "text": .init(text),
    ]
    object["extras"] = extras.isEmpty ? nil : Field.json(extras)
    return .object(object)
  }
}

extension TranscriptSegment.Field {
  static func json(_ fields: [Self]) -> JSONValue {
    .object(JSONObject(fields.map { ($0.column, $0.value.json) }))
  }
}

extension Speaker {
  var json: JSONValue {
    var object: JSONObject = ["voice": .init(voice), "label": .init(label)]
    object["name"] = name.map { .init($0) }
    object["company"] = company.map { .init($0) }
    object["position"] = position.map { .init($0) }
    object["role"] = role.map { .init($0) }
    object["nameStatus"] = .init(nameStatus.rawValue)
    object["described"] = .init(isDescribed)
    object["extras"] = extras.isEmpty ? nil : TranscriptSegment.Field.json(extras)
    return .object(object)
  }
}

extension Finding {
  var json: JSONValue {
    [
      "code": .init(code.rawValue),
      "severity": .init(severity.rawValue),
      "message": .init(message),
      "rows": .array(rows.map { ["table": .init($0.table), "row": .init($0.index)] }),
    ]
  }
}
