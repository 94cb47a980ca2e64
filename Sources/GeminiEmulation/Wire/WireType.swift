/// The type of a field, as protocol buffers spell it in JSON.
indirect enum WireType: Sendable {
  case string
  case bytes
  case bool
  case int32
  case int64
  case double
  case duration
  case timestamp
  /// Any JSON value.
  case any
  /// Any JSON object.
  case structure
  case enumeration(WireEnumeration)
  case message(String)
  case list(WireType)
  case map(WireType)
}

/// An enumeration of the wire.
struct WireEnumeration: Sendable {
  let name: String
  let values: [String]
  /// Whether the case of letters is ignored, as the service does for schema types.
  let ignoresCase: Bool
}

/// Who takes a field.
enum Backend: Hashable, Sendable {
  case aiStudio
  case agentPlatform
}

/// A field of a message.
struct WireField: Sendable {
  let name: String
  let type: WireType
  /// The only backend that knows the field; `nil` for both.
  let only: Backend?
}

/// A message of the wire: its fields under both of their spellings.
struct WireMessage: Sendable {
  let name: String
  private let fields: [String: WireField]

  init(name: String, fields list: [WireField]) {
    self.name = name
    var fields: [String: WireField] = [:]
    for field in list {
      fields[field.name] = field
      fields[field.name.snakeCased] = field
    }
    self.fields = fields
  }

  /// The field of a name in either spelling, unless the backend does not know it.
  func field(_ name: String, for backend: Backend) -> WireField? {
    guard let field = fields[name], field.only == nil || field.only == backend else { return nil }
    return field
  }
}

extension String {
  /// `camelCase` written as `camel_case`.
  var snakeCased: String {
    var result = ""
    for character in self {
      if character.isUppercase {
        result += "_" + character.lowercased()
      } else {
        result.append(character)
      }
    }
    return result
  }
}
