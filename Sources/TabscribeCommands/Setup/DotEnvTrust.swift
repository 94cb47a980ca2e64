internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import PlainText

/// What a `.env` file may not decide: whoever wrote the folder need not be whoever works in it.
struct DotEnvTrust {
  /// The folder that the file is in, as an absolute path.
  let folder: String
  /// The process's environment.
  let process: [String: String]
  /// The variables of the file.
  let dotEnv: [String: String]

  /// Makes sure that no credentials go where only `.env` says.
  ///
  /// On Agent Platform the user's own login may be what is sent, whatever keys `.env` holds.
  ///
  /// - Throws: `CommandError`, exit code 5.
  func checkAddresses() throws(CommandError) {
    let keys = ["GOOGLE_API_KEY", "GEMINI_API_KEY"]
    let isOwnKey =
      !keys.contains { process[$0] != nil } && keys.contains { dotEnv[$0] != nil }
    if !isOwnKey { try checkAddress("GOOGLE_GEMINI_BASE_URL") }
    try checkAddress("GOOGLE_VERTEX_BASE_URL")
  }

  private func checkAddress(_ name: String) throws(CommandError) {
    guard process[name] == nil, let text = dotEnv[name] else { return }
    let address = WebAddress(text)
    guard address?.isLoopback != true else { return }
    throw CommandError(
      "\(name) in .env would send credentials from elsewhere to "
        + (address.map { SafeText.quoted($0.origin) } ?? "what is no web address") + ".",
      remedy: "Set \(name) in the environment if that is what you want.",
      exitCode: .credentials
    )
  }

  /// Whether a value is a path, or a name by which a file is found, as a prompt's may be.
  func isPath(_ text: String, _ completion: ValueCompletion) -> Bool {
    completion == .files || completion == .folders
      || HostFiles.kind(of: FilePath.joined(folder, text)) != nil
  }

  /// The absolute path of a file or folder that `.env` names.
  ///
  /// - Parameters:
  ///   - path: The path as it is written there, links not followed.
  ///   - name: The variable.
  /// - Throws: `CommandError`, exit code 2, when it leads out of the folder that `.env` is in.
  func path(_ path: String, of name: String) throws(CommandError) -> String {
    let absolute = FilePath.joined(folder, path)
    guard let root = HostFiles.resolved(folder), let resolved = HostFiles.resolved(absolute),
      FilePath.contains(root, resolved)
    else {
      throw .usage(
        "\(name) in .env leads out of the folder: found \(SafeText.quoted(path)), which is not "
          + "within \(SafeText.line(folder)).",
        remedy: "Set \(name) in the environment if that is what you want, or name what is there."
      )
    }
    return absolute
  }
}
