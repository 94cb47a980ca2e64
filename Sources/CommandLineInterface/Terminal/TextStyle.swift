/// Emphasis by terminal codes, or none where nobody would see it.
package struct TextStyle: Hashable, Sendable {
  /// Whether codes are written.
  package let isEnabled: Bool

  /// A style that writes codes or leaves text alone.
  package init(isEnabled: Bool) { self.isEnabled = isEnabled }

  /// Leaves text alone.
  package static let plain = TextStyle(isEnabled: false)

  /// For headings and names.
  package func bold(_ text: String) -> String { wrapped(text, "1") }
  /// For what may be skipped.
  package func dim(_ text: String) -> String { wrapped(text, "2") }
  /// For errors only.
  package func red(_ text: String) -> String { wrapped(text, "31") }
  /// For what went well.
  package func green(_ text: String) -> String { wrapped(text, "32") }
  /// For warnings.
  package func yellow(_ text: String) -> String { wrapped(text, "33") }

  /// All codes that are ever written.
  static let codes = ["1", "2", "31", "32", "33", "0"].map { "\u{1B}[\($0)m" }

  private func wrapped(_ text: String, _ code: String) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
