/// A text that grants access: it is never part of a description, a dump or an error.
public struct Secret: Hashable, Sendable {
  private let text: String

  /// Keeps a secret.
  public init(_ text: String) { self.text = text }

  /// Uses the secret, to send it.
  public func reveal() -> String { text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The placeholder.
  public var description: String { Redaction.placeholder }
  /// The placeholder.
  public var debugDescription: String { Redaction.placeholder }
  /// Nothing to look into.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
