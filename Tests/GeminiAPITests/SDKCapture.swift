import GeminiAPI
import OrderedJSON
internal import PlainText
import TestSupport
import Testing

/// What Google's own Python client was seen to send in one scenario.
struct SDKCapture: Sendable, CustomTestStringConvertible {
  let name: String
  let exchanges: [JSONValue]

  var testDescription: String { name }

  /// A scenario by its file name.
  init(_ name: String) throws {
    let json = try JSONValue(parsing: try SharedFixtures.text("gemini/sdk-captures/\(name).json"))
    self.name = name
    exchanges = json["exchanges"]?.array ?? []
  }

  /// The verb, path and query of a request, with the version that our client uses in its place.
  func line(_ index: Int = 0) -> String {
    let request = exchanges[index]["request"]
    let query = (request?["query"]?.array ?? []).map { item in
      "\(item[0]?.string ?? "")=\(item[1]?.string ?? "")"
    }
    let path = (request?["path"]?.string ?? "").replacing("/v1/", with: "/v1beta/")
      .replacing("/v1alpha/", with: "/v1beta/")
    let address = ([path] + (query.isEmpty ? [] : [query.joined(separator: "&")]))
    return "\(request?["method"]?.string ?? "") \(address.joined(separator: "?"))"
  }

  /// The body of a request in the normal form.
  func body(_ index: Int = 0) -> JSONValue? {
    guard let body = exchanges[index]["request"]?["body"], !body.isNull else { return nil }
    return Self.normal(body)
  }

  /// A header of a request.
  func header(_ name: String, _ index: Int) -> String? {
    exchanges[index]["request"]?["headers"]?.array?
      .first { $0[0]?.string?.lowercased() == name.lowercased() }?[1]?.string
  }

  /// The same for a request of ours.
  static func line(_ request: HTTPRequest) -> String {
    let address = WebAddress(request.url)
    return "\(request.method) \(address?.path ?? "")" + (address?.query.map { "?\($0)" } ?? "")
  }

  /// The body of a request of ours in the normal form.
  static func body(_ request: HTTPRequest) throws -> JSONValue? {
    guard case .bytes(let bytes) = request.body else { return nil }
    return normal(try JSONValue(parsing: bytes))
  }

  /// The form in which bodies that mean the same are equal.
  ///
  /// Known differences that mean nothing: names in snake_case or camelCase, `5.0` and `5`, base64 of
  /// either alphabet, `1800.0s` and `1800s`, empty objects, the role of a system instruction.
  static func normal(_ value: JSONValue) -> JSONValue { normal(value, key: "", keepsNames: false) }

  private static func normal(_ value: JSONValue, key: String, keepsNames: Bool) -> JSONValue {
    switch value {
    case .number(let number): return .number(number.double.map { JSONNumber($0) } ?? number)
    case .string(let text):
      if key == "startOffset" || key == "endOffset" || key == "ttl" {
        return WireDuration.duration(text).map { .string(WireDuration.text($0)) } ?? value
      }
      if key == "data" || key == "continuationToken" {
        return Base64.decoded(text).map { .string(Base64.encoded($0)) } ?? value
      }
      return value
    case .array(let list): return .array(list.map { normal($0, key: key, keepsNames: false) })
    case .object(let object): return .object(normal(object, key: key, keepsNames: keepsNames))
    default: return value
    }
  }

  private static func normal(_ object: JSONObject, key: String, keepsNames: Bool) -> JSONObject {
    var result = JSONObject()
    for (name, member) in object.members {
      let shown = keepsNames ? name : camelCase(name)
      if key == "systemInstruction", shown == "role" { continue }
      let value = normal(member, key: shown, keepsNames: shown == "properties" || shown == "$defs")
      let mayBeEmpty = ["googleSearch", "urlContext", "parameters"].contains(shown)
      if value.object?.isEmpty == true, !mayBeEmpty { continue }
      result[shown] = value
    }
    return result
  }

  private static func camelCase(_ name: String) -> String {
    guard name.contains("_"), !name.hasPrefix("_") else { return name }
    let words = name.split(separator: "_")
    return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
