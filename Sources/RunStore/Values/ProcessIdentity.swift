internal import HostSystem

/// A process, told apart from others that get its number later.
public struct ProcessIdentity: Hashable, Sendable {
  /// The name of the machine.
  public let host: String
  /// The number of the process.
  public let number: Int
  /// When it began, as the system counts; empty where the system does not tell.
  public let start: String

  /// A process of some machine.
  public init(host: String, number: Int, start: String) {
    self.host = host
    self.number = number
    self.start = start
  }

  /// This process.
  public static let current = ProcessIdentity(
    host: HostProcess.hostName,
    number: HostProcess.current.number,
    start: HostProcess.current.start
  )

  /// Whether the process has certainly ended; of one on another machine nothing is known.
  public var isGone: Bool {
    guard host == Self.current.host else { return false }
    let process = HostProcess(number: number)
    return !process.isThere || (!start.isEmpty && start != process.start)
  }
}
