/// Names of what grants access; compared in small letters, dashes and underscores left out.
enum SecretNames {
  /// Ends of names that mean a secret wherever they stand: `client_secret`, `GEMINI_API_KEY`.
  private static let ends = [
    "apikey", "accesstoken", "refreshtoken", "idtoken", "clientsecret", "privatekey", "password",
    "subjecttoken", "bearertoken", "sessiontoken", "securitytoken", "secretaccesskey",
    "passphrase", "awsaccesskeyid",
  ]

  private static let words: Set<String> = [
    "authorization", "proxyauthorization", "cookie", "setcookie", "assertion", "clientassertion",
    "secret", "secretkey", "passwd", "xamzsignature", "xgoogsignature", "xamzcredential",
    "xgoogcredential",
  ]

  /// Ends of names of what signs an address: of S3, Google, Azure, CloudFront, Akamai, and of
  /// places where people share files.
  private static let itemEnds = [
    "signature", "credential", "token", "accesskeyid", "accessid", "keypairid", "uploadid",
    "sessionid",
  ]

  private static let itemWords: Set<String> = [
    "key", "auth", "authkey", "sig", "lsig", "policy", "code", "hash", "jwt", "hdnts", "hdnea",
    "hdntl", "hmac", "otp", "session", "sid", "ticket", "pass", "pwd", "resourcekey", "rlkey",
    "tempauth", "tk", "oh", "credentials",
  ]

  /// The last two letters of all names above, by which nearly every other name is passed over.
  private static let lastPairs: Set<UInt16> = {
    let names = Array(words) + ends + itemEnds + Array(itemWords)
    return Set(
      names.map { name in
        let letters = Array(name.utf8.suffix(2))
        return pair(letters[0], letters[1])
      }
    )
  }()

  private static func pair(_ first: UInt8, _ second: UInt8) -> UInt16 {
    UInt16(first) << 8 | UInt16(second)
  }

  /// Whether a name may be one of them, as far as its end shows.
  static func mayBeSecret(_ name: Slice<Bytes>) -> Bool {
    var last: UInt8?
    for byte in name.reversed() where ByteTable.alphanumerics[byte] {
      let small = byte < 0x60 && byte >= 0x41 ? byte | 0x20 : byte
      guard let last else {
        last = small
        continue
      }
      return lastPairs.contains(pair(small, last))
    }
    return false
  }

  /// Whether the value of a member, field or setting of the name is a secret.
  static func isSecret(_ name: String) -> Bool {
    words.contains(name) || ends.contains(where: name.hasSuffix)
  }

  /// Whether the name is of a header whose value is a list of pairs, each of them a secret.
  static func isCookie(_ name: String) -> Bool { name == "cookie" || name == "setcookie" }

  /// Whether the value of an item of an address is a secret.
  static func isSecretItem(_ name: String) -> Bool {
    guard !name.hasSuffix("pagetoken") else { return false }
    return isSecret(name) || itemWords.contains(name) || itemEnds.contains(where: name.hasSuffix)
  }

  /// A name as it is compared.
  static func letters(of name: some StringProtocol) -> String {
    let letters = name.utf8.filter { ByteTable.alphanumerics[$0] }
    return String(decoding: letters, as: UTF8.self).lowercased()
  }
}
