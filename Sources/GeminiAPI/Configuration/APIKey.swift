/// What people set as an API key or an access token.
enum APIKey {
  /// The key, blanks around it left out; `nil` where nothing but blanks is set.
  ///
  /// - Throws: ``GeminiError`` with the code `invalidCredentials` for what can be no key, since a
  ///   header has no place for it; says what it looks like, and repeats nothing of it.
  static func secret(_ variable: (name: String, value: String)?) throws -> Secret? {
    guard let (name, value) = variable else { return nil }
    let text = value.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
    guard !text.isEmpty else { return nil }
    let isKey = text.allSatisfy { $0.isASCII && ("!"..."~").contains($0) && !"{}\"".contains($0) }
    guard isKey else { throw refusal(of: name, String(text)) }
    return Secret(String(text))
  }

  private static func refusal(of name: String, _ text: String) -> GeminiError {
    if isCredentialsFile(text) {
      return GeminiError(
        .invalidCredentials,
        "\(name) holds the credentials of a service account, which are no API key",
        remedy: "put them into a file that only you can read, and set"
          + " GOOGLE_APPLICATION_CREDENTIALS to its path"
      )
    }
    return GeminiError(
      .invalidCredentials,
      "\(name) holds blanks, control characters or letters that no key or token has",
      remedy: name.hasSuffix("TOKEN")
        ? "set what gcloud auth print-access-token prints, and nothing else"
        : "copy the key again, alone and without quotation marks;"
          + " https://aistudio.google.com/apikey shows it"
    )
  }

  /// Whether a text is what a credentials file holds, and not the path of one.
  static func isCredentialsFile(_ text: String) -> Bool {
    text.contains("{") || text.contains("PRIVATE KEY") || text.contains(where: \.isNewline)
  }
}
