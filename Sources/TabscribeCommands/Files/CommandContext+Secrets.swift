internal import CommandLineInterface
internal import Redacting

extension CommandContext {
  /// What a file holds, without keys and tokens, which nobody means to send to a model; says so.
  func withoutCredentials(_ bytes: [UInt8], in path: String) -> [UInt8] {
    let shown = secrets.redacting(Redaction.withoutCredentials(bytes))
    if shown.count != bytes.count || shown != bytes {
      status.warning(
        "\(SafeText.quoted(path)) holds a key or token; \(Redaction.placeholder) is taken instead."
      )
    }
    return shown
  }
}
