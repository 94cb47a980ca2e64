internal import CommandLineInterface
internal import GeminiAPI

extension CommandContext {
  /// The source that the user typed; a relative path begins at the working folder.
  func videoSource(_ text: String) throws -> VideoSource {
    let source = try VideoSource(parsing: text)
    guard case .localFile(let path) = source else { return source }
    return .localFile(absolutePath(path))
  }

  /// What the user typed, when it is a path; addresses are shown in their usual form.
  func shownPath(_ text: String) throws -> String? {
    if case .localFile(let path) = try VideoSource(parsing: text) { path } else { nil }
  }
}
