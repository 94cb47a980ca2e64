internal import OrderedJSON
internal import PlainText

extension RequestReader {
  /// Reads a value without parts, by the JSON form of protocol buffers.
  mutating func scalar(_ value: JSONValue, _ type: WireType, at path: String) -> JSONValue {
    switch type {
    case .string: value.string != nil ? value : refuse(value, "TYPE_STRING", path)
    case .bytes: isBase64(value) ? value : refuse(value, "TYPE_BYTES", path)
    case .bool: value.bool != nil ? value : refuse(value, "TYPE_BOOL", path)
    case .int32: integer(value, within: Int(Int32.min)...Int(Int32.max), "TYPE_INT32", path)
    case .int64: integer(value, within: Int.min...Int.max, "TYPE_INT64", path)
    case .double: number(value, path)
    case .duration:
      Milliseconds.parse(duration: value.string) != nil
        ? value : refuse(value, "type.googleapis.com/google.protobuf.Duration", path)
    case .timestamp:
      Timestamp.parse(value.string) != nil
        ? value : refuse(value, "type.googleapis.com/google.protobuf.Timestamp", path)
    default: value
    }
  }

  /// Takes numbers and numbers in quotes; the result is a number.
  private mutating func integer(
    _ value: JSONValue,
    within range: ClosedRange<Int>,
    _ type: String,
    _ path: String
  ) -> JSONValue {
    guard let number = value.int ?? value.string.flatMap({ Int($0) }), range.contains(number) else {
      return refuse(value, type, path)
    }
    return JSONValue(number)
  }

  private mutating func number(_ value: JSONValue, _ path: String) -> JSONValue {
    guard let number = value.double ?? value.string.flatMap({ Double($0) }), number.isFinite else {
      return refuse(value, "TYPE_DOUBLE", path)
    }
    return JSONValue(number)
  }

  /// Both base64 alphabets, with or without padding.
  private func isBase64(_ value: JSONValue) -> Bool {
    guard let text = value.string else { return false }
    return Base64.decoded(text) != nil
  }
}
