/// The revisions of the Model Context Protocol that are spoken.
///
/// Up to 2025-11-25 a client opens with `initialize` and both agree on a revision for the connection;
/// from 2026-07-28 on each request names its own. 2025-03-26 is left out: it alone asks for batches of
/// messages, which the next revision took out again.
///
/// Source: <https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning>.
package enum ProtocolRevision: String, CaseIterable, Sendable {
  case stateless = "2026-07-28"
  case november2025 = "2025-11-25"
  case june2025 = "2025-06-18"
  case november2024 = "2024-11-05"

  /// What `initialize` agrees on when the client asks for a revision that is not spoken.
  static let newestWithHandshake = Self.november2025

  /// Whether requests name it themselves, without a handshake before.
  var isStateless: Bool { self == .stateless }

  /// The revision that `initialize` agrees on.
  static func agreed(on asked: String) -> ProtocolRevision {
    guard let known = Self(rawValue: asked), !known.isStateless else { return newestWithHandshake }
    return known
  }
}

/// Names of members that a request of a stateless revision carries in its `_meta`.
enum MetaName {
  static let version = "io.modelcontextprotocol/protocolVersion"
  static let capabilities = "io.modelcontextprotocol/clientCapabilities"
  static let server = "io.modelcontextprotocol/serverInfo"
}
