package import OrderedJSON

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
    if !extras.isEmpty { object["extras"] = Field.json(extras) }
    return .object(object)
  }
}

extension TranscriptSegment {
  /// Writes the segment as ``json`` has it, without building the tree.
  func write(to output: inout [UInt8]) {
    output.append(contentsOf: "{\"row\":\(row),\"startMS\":".utf8)
    output.append(contentsOf: Self.text(start?.milliseconds).utf8)
    output.append(contentsOf: ",\"endMS\":".utf8)
    output.append(contentsOf: Self.text(end?.milliseconds).utf8)
    output.append(contentsOf: ",\"endIsEstimate\":\(endIsEstimate),\"voice\":".utf8)
    output.append(contentsOf: Self.text(voice).utf8)
    output.append(contentsOf: ",\"text\":".utf8)
    var text = text
    text.withUTF8 { JSONValue.render(string: $0, to: &output) }
    if !extras.isEmpty {
      output.append(contentsOf: ",\"extras\":".utf8)
      Field.json(extras).render(to: &output)
    }
    output.append(UInt8(ascii: "}"))
  }

  private static func text(_ number: Int?) -> String { number.map(String.init) ?? "null" }
}

extension TranscriptSegment.Field {
  /// The fields by name.
  package static func json(_ fields: [Self]) -> JSONValue {
    .object(JSONObject(fields.map { ($0.column, $0.value.json) }))
  }
}

extension Speaker {
  package var json: JSONValue {
    var object: JSONObject = ["voice": .init(voice), "label": .init(label)]
    object["name"] = name.map { .init($0) }
    object["company"] = company.map { .init($0) }
    object["position"] = position.map { .init($0) }
    object["role"] = role.map { .init($0) }
    object["nameStatus"] = .init(nameStatus.rawValue)
    object["described"] = .init(isDescribed)
    if !extras.isEmpty { object["extras"] = TranscriptSegment.Field.json(extras) }
    return .object(object)
  }
}

extension Finding {
  package var json: JSONValue {
    [
      "code": .init(code.rawValue),
      "severity": .init(severity.rawValue),
      "message": .init(message),
      "rows": .array(rows.map { ["table": .init($0.table), "row": .init($0.index)] }),
    ]
  }
}
