internal import HostSystem

/// Who answers a client: the service, or an emulator that says so of itself.
///
/// An address does not tell: a gateway to the service may listen on this machine, and what it passes on is
/// billed.
final class Counterpart: Sendable {
  /// What an emulator names itself in the field `Server` (RFC 9110, section 10.2.4).
  private static let emulator = "tabscribe-emulator"

  private let saidSo = Lock(false)

  /// Whether an emulator has answered.
  var isEmulator: Bool { saidSo.withLock { $0 } }

  /// Notes who has answered.
  func note(_ response: HTTPResponse) {
    guard response.headers["Server"] == Self.emulator else { return }
    saidSo.withLock { $0 = true }
  }
}
