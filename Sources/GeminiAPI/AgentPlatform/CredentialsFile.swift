internal import OrderedJSON

/// A credentials file as it is read: members by name, and errors that name it.
struct CredentialsFile {
  let value: JSONValue
  /// Named in errors.
  let path: String

  /// A text that is not empty.
  subscript(_ name: String) -> String? {
    value[name]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A text that has to be there.
  ///
  /// - Throws: ``GeminiError`` with the code `invalidCredentials`.
  func member(_ name: String) throws -> String {
    guard let text = self[name] else {
      throw GeminiError(
        .invalidCredentials,
        "\(path) lacks \(name)",
        remedy: "make the file again, as the service that it is for tells"
      )
    }
    return text
  }

  /// The failure of a file that asks for what is not done.
  func unsupported(_ what: String) -> GeminiError {
    GeminiError(
      .invalidCredentials,
      "\(path) asks for \(what) which is not supported",
      remedy: "use another kind of credentials, or set GOOGLE_OAUTH_ACCESS_TOKEN to a token"
    )
  }
}
