public import OrderedJSON

/// Takes what looks like a secret out of what people, logs and recordings get to see.
///
/// For what the program says and keeps about its work: messages, requests, settings. Words of a
/// model are none of that: only secrets that are known are taken out of them (``KnownSecrets``).
public enum Redaction {
  /// What stands in the place of a secret.
  public static let placeholder = "REDACTED"

  private static let everything = SecretScanner(shapes: .all)
  private static let credentials = SecretScanner(shapes: .credentials)

  private static let secretHeaders: Set<String> = [
    "x-goog-api-key", "authorization", "proxy-authorization", "cookie", "set-cookie",
  ]

  /// Headers whose value is an address that grants access by itself.
  private static let addressHeaders: Set<String> = [
    "x-goog-upload-url", "x-goog-upload-control-url", "location", "referer",
  ]

  /// A text with the placeholder for each secret in it.
  ///
  /// Found are keys, tokens and private keys by their form; values that the name before them calls
  /// a secret, in JSON of any depth, forms, headers and settings; and what signs the addresses.
  public static func text(_ text: String) -> String { everything.redacting(text) }

  /// An address with the placeholder for each part that grants access.
  public static func url(_ text: String) -> String { everything.redacting(text) }

  /// A text without the keys, tokens and private keys that show by their form what they are, the
  /// only ones that nobody can mean to say.
  public static func withoutCredentials(_ text: String) -> String { credentials.redacting(text) }

  /// Bytes without the keys, tokens and private keys that show by their form what they are.
  public static func withoutCredentials(_ bytes: [UInt8]) -> [UInt8] {
    credentials.redacting(bytes)
  }

  /// The value of a header field, or the placeholder when it is a secret.
  public static func headerValue(_ value: String, of name: String) -> String {
    let name = name.lowercased()
    if secretHeaders.contains(name) { return placeholder }
    return addressHeaders.contains(name) ? text(value) : withoutCredentials(value)
  }

  /// A document with the secrets in its texts, and the values of its secret members, replaced.
  ///
  /// - Parameter spared: Names of members whose texts stay, since they are a model's words.
  public static func json(_ value: JSONValue, sparing spared: Set<String> = []) -> JSONValue {
    switch value {
    case .string(let text): .string(self.text(text))
    case .array(let elements): .array(elements.map { json($0, sparing: spared) })
    case .object(let object):
      .object(
        JSONObject(
          uniqueMembers: object.members.map { ($0.key, member($0.key, $0.value, spared)) }
        )
      )
    default: value
    }
  }

  /// Whether a setting or member of the name holds a secret, as `GEMINI_API_KEY` does.
  public static func isSecret(name: String) -> Bool {
    SecretNames.isSecret(SecretNames.letters(of: name))
  }

  /// Whether a text holds a key, token or private key that shows by its form what it is.
  public static func holdsCredentials(_ text: String) -> Bool { withoutCredentials(text) != text }

  /// Whether a text is one web address and nothing more: such a one may have to carry a key.
  public static func isAddress(_ text: some StringProtocol) -> Bool {
    guard let mark = text.firstRange(of: "://") else { return false }
    let scheme = text[..<mark.lowerBound]
    return !scheme.isEmpty && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      && !text.contains { $0.isWhitespace || "\"{}<>".contains($0) }
  }

  /// What signs an address, so that it can be looked for elsewhere.
  public static func signatures(of address: String) -> [Secret] {
    everything.secrets(in: address).filter { $0.utf8.count >= leastSignature }.map(Secret.init)
  }

  /// Shorter values of an address may stand in a transcript by chance.
  private static let leastSignature = 12

  private static func member(
    _ name: String,
    _ value: JSONValue,
    _ spared: Set<String>
  )
    -> JSONValue
  {
    guard value.string != nil else { return json(value, sparing: spared) }
    if isSecret(name: name) { return .string(placeholder) }
    return spared.contains(name) ? value : json(value)
  }
}
