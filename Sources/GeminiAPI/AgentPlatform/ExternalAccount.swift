internal import OrderedJSON
internal import PlainText

/// Workload identity federation: a token of another service stands for an account of Google Cloud.
///
/// Source: "Workload identity federation", credential configuration files, and AIP-4117 (read
/// 2026-11).
public struct ExternalAccount: Hashable, Sendable {
  /// Where the other service's token comes from.
  enum Source: Hashable, Sendable {
    case file(String)
    case url(String, headers: [String: String])
    /// A program that prints it; run only where the user allows that.
    case executable(String, milliseconds: Int)
  }

  let audience: String
  let subjectTokenType: String
  let tokenURL: String
  let source: Source
  /// The member that holds the token, where the source gives a JSON object.
  let tokenMember: String?
  /// Where the token of the federation becomes one of a service account.
  let impersonationURL: String?
  let client: OAuthClient?
  /// The project of people who log in to a workforce pool.
  let userProject: String?
  let quotaProject: String?

  /// Reads a credential configuration.
  init(_ file: CredentialsFile) throws {
    audience = try file.member("audience")
    subjectTokenType = try file.member("subject_token_type")
    tokenURL = file["token_url"] ?? "https://sts.googleapis.com/v1/token"
    impersonationURL = file["service_account_impersonation_url"]
    client = OAuthClient(file)
    userProject = file["workforce_pool_user_project"]
    quotaProject = file["quota_project_id"]
    let given = file.value["credential_source"] ?? .null
    source = try Self.source(given, file)
    let format = given["format"]
    tokenMember =
      format?["type"]?.string == "json" ? format?["subject_token_field_name"]?.string : nil
  }

  private static func source(_ given: JSONValue, _ file: CredentialsFile) throws -> Source {
    if let path = given["file"]?.string { return .file(path) }
    if given["environment_id"]?.string != nil {
      throw file.unsupported("tokens of Amazon's services, which have to be signed,")
    }
    if let url = given["url"]?.string {
      let fields = given["headers"]?.object?.members ?? []
      let headers = fields.compactMap { field in field.value.string.map { (field.key, $0) } }
      return .url(url, headers: Dictionary(headers) { $1 })
    }
    if let command = given["executable"]?["command"]?.string {
      let time = given["executable"]?["timeout_millis"]?.int ?? 30_000
      return .executable(command, milliseconds: min(max(time, 5000), 120_000))
    }
    throw file.unsupported("a credential_source that is neither file, url nor executable,")
  }
}

/// The name and secret of an application.
struct OAuthClient: Hashable, Sendable {
  let id: String
  let secret: Secret

  init(id: String, secret: Secret) { (self.id, self.secret) = (id, secret) }

  init?(_ file: CredentialsFile) {
    guard let id = file["client_id"], let secret = file["client_secret"] else { return nil }
    self.id = id
    self.secret = Secret(secret)
  }

  /// The value of a header that proves who asks (RFC 7617).
  var authorization: String {
    "Basic " + Base64.encoded(Array("\(id):\(secret.reveal())".utf8))
  }
}
