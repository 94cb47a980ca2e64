internal import GeminiAPI
internal import HostSystem
package import Redacting
internal import WebAddresses

/// Who asks S3, and where it is, as the tools of AWS have it.
///
/// `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN` go before the files that
/// `aws configure` writes, of which `AWS_PROFILE` names the part.
///
/// - Source: AWS SDKs and Tools Reference Guide, "Settings reference", read 2026-11.
package struct S3Settings: Hashable, Sendable {
  /// The name of the key.
  package let accessKey: Secret
  /// The key itself.
  package let secretKey: Secret
  /// What goes with keys that last for hours.
  package let sessionToken: Secret?
  /// The region, such as `eu-central-1`.
  package let region: String
  /// Where a service is that is not Amazon's, without a slash at the end.
  package let endpoint: String?
  /// Where the key was found, in words.
  package let origin: String

  /// All that must not be shown.
  package var secrets: [Secret] { [accessKey, secretKey] + [sessionToken].compactMap(\.self) }

  /// Reads the environment and the files of AWS.
  ///
  /// - Throws: `GeminiError` with the code `missingCredentials` or `invalidConfiguration`.
  package init(environment: [String: String]) throws {
    func variable(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    let profile = variable("AWS_PROFILE", "AWS_DEFAULT_PROFILE") ?? "default"
    let home = variable("HOME").map { "\($0)/.aws" }
    func file(_ name: String, _ usual: String) -> (path: String, text: String)? {
      guard let path = variable(name) ?? home.map({ "\($0)/\(usual)" }),
        let bytes = try? HostFiles.read(path, limit: 1 << 20)
      else { return nil }
      return (path, String(decoding: bytes, as: UTF8.self))
    }
    let keys = file("AWS_SHARED_CREDENTIALS_FILE", "credentials")
    let usual = file("AWS_CONFIG_FILE", "config")
    let section = profile == "default" ? profile : "profile \(profile)"
    let (inKeys, inUsual) = (
      keys.map { ProfileFile.section(profile, of: $0.text) } ?? [:],
      usual.map { ProfileFile.section(section, of: $0.text) } ?? [:]
    )
    let sources: [(origin: String, values: (String) -> String?)] = [
      ("the environment", { variable($0.uppercased()) }),
      (keys?.path ?? "", { inKeys[$0] }), (usual?.path ?? "", { inUsual[$0] }),
    ]
    guard let source = sources.first(where: { $0.values("aws_access_key_id") != nil }),
      let key = source.values("aws_access_key_id"),
      let secret = source.values("aws_secret_access_key")
    else { throw Self.missing(profile, isNamed: variable("AWS_PROFILE") != nil) }
    (accessKey, secretKey, origin) = (Secret(key), Secret(secret), source.origin)
    sessionToken = source.values("aws_session_token").map { Secret($0) }
    region =
      variable("AWS_REGION", "AWS_DEFAULT_REGION") ?? inUsual["region"] ?? inKeys["region"]
      ?? "us-east-1"
    endpoint = try (variable("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") ?? inUsual["endpoint_url"])
      .map(Self.checked)
    guard region.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) else {
      throw GeminiError(
        .invalidConfiguration,
        "\(region.debugDescription) cannot be the name of a region of S3",
        remedy: "set AWS_REGION to one such as eu-central-1"
      )
    }
  }

  private static func missing(_ profile: String, isNamed: Bool) -> GeminiError {
    GeminiError(
      .missingCredentials,
      isNamed
        ? "the profile \(profile.debugDescription) that AWS_PROFILE names has no key for S3"
        : "there is no key for S3: neither AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, nor a profile "
          + "in ~/.aws/credentials",
      remedy: "set both variables, or run aws configure; another service than Amazon's needs "
        + "AWS_ENDPOINT_URL_S3 as well"
    )
  }

  private static func checked(_ text: String) throws -> String {
    guard let address = WebAddress(text), address.query == nil else {
      throw GeminiError(
        .invalidConfiguration,
        "AWS_ENDPOINT_URL_S3 or AWS_ENDPOINT_URL is no web address",
        remedy: "write it as in https://minio.example:9000"
      )
    }
    guard address.isProtected else {
      throw GeminiError(
        .invalidConfiguration,
        "the endpoint for S3 is plain http to another machine, which anyone on the way could read",
        remedy: "use https; plain http is for this machine only"
      )
    }
    var path = address.path
    while path.hasSuffix("/") { path.removeLast() }
    return address.origin + path
  }
}

/// The files of AWS: `[section]`, then `name = value` on each line.
enum ProfileFile {
  /// The values of a section, names in small letters; empty where there is none.
  static func section(_ wanted: String, of text: String) -> [String: String] {
    var values: [String: String] = [:]
    var isWanted = false
    for line in text.split(whereSeparator: \.isNewline) {
      let line = trimmed(line)
      guard let first = line.first, !"#;".contains(first) else { continue }
      if first == "[" {
        let name = line.dropFirst().prefix { $0 != "]" }
        isWanted = name.split(whereSeparator: \.isWhitespace).joined(separator: " ") == wanted
      } else if isWanted, let sign = line.firstIndex(of: "=") {
        let value = trimmed(line[line.index(after: sign)...])
        values[trimmed(line[..<sign]).lowercased()] = value.isEmpty ? nil : String(value)
      }
    }
    return values
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace ?? false { text.removeLast() }
    return text
  }
}
