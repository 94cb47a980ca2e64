public import OrderedJSON

/// Takes secrets out of what people, logs and recordings get to see.
public enum Redaction {
  /// What stands in the place of a secret.
  public static let placeholder = "REDACTED"

  private static let secretHeaders: Set<String> = [
    "x-goog-api-key", "authorization", "proxy-authorization", "cookie", "set-cookie",
  ]

  /// Headers whose value is an address that grants access by itself.
  private static let addressHeaders: Set<String> = [
    "x-goog-upload-url", "x-goog-upload-control-url", "location", "referer",
  ]

  /// Query items that grant access: API keys, and the signatures of signed storage addresses.
  private static let secretItems: Set<String> = [
    "key", "api_key", "apikey", "access_token", "token", "auth", "sig", "signature", "upload_id",
    "x-goog-signature", "x-goog-credential", "x-amz-signature", "x-amz-credential",
    "x-amz-security-token", "awsaccesskeyid", "googleaccessid", "policy", "key-pair-id",
    "upload_token", "resourcekey", "password", "secret", "client_secret", "refresh_token",
  ]

  private static let secretMembers: Set<String> = [
    "access_token", "refresh_token", "id_token", "client_secret", "private_key", "assertion",
  ]

  /// The value of a header field, or the placeholder when it is a secret.
  public static func headerValue(_ value: String, of name: String) -> String {
    let name = name.lowercased()
    if secretHeaders.contains(name) { return placeholder }
    return addressHeaders.contains(name) ? url(value) : value
  }

  /// An address with the placeholder for each query value that grants access.
  public static func url(_ text: String) -> String {
    guard let mark = text.firstIndex(of: "?") else { return text }
    let query = text[text.index(after: mark)...].split(
      separator: "&",
      omittingEmptySubsequences: false
    )
    let shown = query.map { item -> String in
      guard let equals = item.firstIndex(of: "=") else { return String(item) }
      let name = PercentEncoding.decoded(item[..<equals]).lowercased()
      return secretItems.contains(name) ? "\(item[...equals])\(placeholder)" : String(item)
    }
    return text[...mark] + shown.joined(separator: "&")
  }

  /// A document with its tokens, and the secrets of the addresses in it, replaced.
  public static func json(_ value: JSONValue) -> JSONValue {
    switch value {
    case .string(let text): .string(self.text(text))
    case .array(let elements): .array(elements.map(json))
    case .object(let object):
      .object(
        JSONObject(
          uniqueMembers: object.members.map { key, value in
            (key, secretMembers.contains(key) ? .string(placeholder) : json(value))
          }
        )
      )
    default: value
    }
  }

  /// A text with the placeholder for the secrets of each address in it.
  public static func text(_ text: String) -> String {
    guard text.contains("?"), text.contains("://") else { return text }
    var shown = ""
    var rest = text[...]
    while let scheme = rest.firstRange(of: "://") {
      let address = rest[scheme.lowerBound...].prefix { !isAfterAddress($0) }
      shown += rest[..<scheme.lowerBound] + url(String(address))
      rest = rest[address.endIndex...]
    }
    return shown + rest
  }

  private static func isAfterAddress(_ character: Character) -> Bool {
    character.isWhitespace || "\"'<>`\\".contains(character)
  }
}
