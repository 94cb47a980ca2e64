internal import Redacting

/// Takes secrets out of everything that is written to another output.
struct RedactedOutput: TextOutput {
  private let inner: any TextOutput
  private let secrets: KnownSecrets
  /// Whether it is the program that speaks; data may hold a model's words, which stay as they are.
  private let isMessage: Bool

  init(_ inner: any TextOutput, _ secrets: KnownSecrets, isMessage: Bool) {
    self.inner = inner
    self.secrets = secrets
    self.isMessage = isMessage
  }

  func write(_ text: String) {
    inner.write(secrets.redacting(isMessage ? Redaction.text(text) : text))
  }
}
