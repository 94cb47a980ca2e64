internal import OrderedJSON

/// A message of JSON-RPC 2.0 as it came in.
enum ProtocolMessage {
  /// What asks for an answer.
  case request(ProtocolRequest)
  /// What gets none.
  case notification(method: String, parameters: JSONObject)
  /// The answer to a request; none is ever sent.
  case answer
  /// What is no message; to be answered with an error.
  case invalid(id: JSONValue, ProtocolError)

  init(_ line: [UInt8]) {
    let json: JSONValue
    do throws(JSONSyntaxError) {
      json = try JSONValue(parsing: line)
    } catch {
      self = .invalid(id: .null, ProtocolError(.notJSON, "This is not JSON: \(error.description)."))
      return
    }
    do throws(ProtocolError) {
      self = try Self.message(json)
    } catch {
      self = .invalid(id: json["id"].flatMap(ProtocolRequest.identifier) ?? .null, error)
    }
  }

  private static func message(_ json: JSONValue) throws(ProtocolError) -> ProtocolMessage {
    guard let object = json.object else {
      throw ProtocolError(.invalidRequest, "A message is one JSON object; batches are not taken.")
    }
    guard object["jsonrpc"]?.string == "2.0" else {
      throw ProtocolError(.invalidRequest, "\"jsonrpc\" has to be \"2.0\".")
    }
    guard let method = object["method"] else {
      guard object["result"] == nil, object["error"] == nil else { return .answer }
      throw ProtocolError(.invalidRequest, "\"method\" is missing.")
    }
    guard let name = method.string else {
      throw ProtocolError(.invalidRequest, "\"method\" has to be a string.")
    }
    let parameters = object["params"]
    guard parameters == nil || parameters?.object != nil else {
      throw ProtocolError(.invalidParameters, "\"params\" has to be an object.")
    }
    let given = parameters?.object ?? [:]
    guard let id = object["id"] else { return .notification(method: name, parameters: given) }
    guard let id = ProtocolRequest.identifier(id) else {
      throw ProtocolError(.invalidRequest, "\"id\" has to be a string or a whole number.")
    }
    return .request(ProtocolRequest(id: id, method: name, parameters: given))
  }
}

/// A request: what is asked, and the id that its answer carries.
struct ProtocolRequest: Sendable {
  let id: JSONValue
  let method: String
  let parameters: JSONObject

  /// The most bytes of an id that is a string; it goes back with the answer.
  private static let longestIdentifier = 256

  /// An id as the protocol allows it; `nil` for anything else.
  static func identifier(_ json: JSONValue) -> JSONValue? {
    let isFit = json.string.map { $0.utf8.count <= longestIdentifier } ?? (json.int != nil)
    guard isFit else { return nil }
    return json
  }

  /// What the request says of itself.
  var meta: JSONObject { parameters["_meta"]?.object ?? [:] }
}

/// Why a message cannot be answered as it asks.
struct ProtocolError: Error, Hashable {
  /// The codes of JSON-RPC 2.0, and those that the protocol or, up to -32019, a server adds.
  enum Code: Int {
    case notJSON = -32700
    case invalidRequest = -32600
    case unknownMethod = -32601
    case invalidParameters = -32602
    case busy = -32000
    case unsupportedRevision = -32022
  }

  let code: Code
  let message: String
  let data: JSONValue?

  init(_ code: Code, _ message: String, data: JSONValue? = nil) {
    (self.code, self.message, self.data) = (code, message, data)
  }

  var json: JSONValue {
    var object: JSONObject = ["code": JSONValue(code.rawValue), "message": .string(message)]
    object["data"] = data
    return .object(object)
  }
}
