#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

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
    host: hostName,
    number: Int(getpid()),
    start: startTime(of: Int(getpid()))
  )

  /// Whether the process has certainly ended; of one on another machine nothing is known.
  public var isGone: Bool {
    guard host == Self.current.host, let number = pid_t(exactly: number) else { return false }
    // A process of another user exists, but takes no signals from this one.
    if kill(number, 0) != 0, errno == ESRCH { return true }
    return !start.isEmpty && start != Self.startTime(of: self.number)
  }

  private static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The 22nd field of `/proc/PID/stat`: clock ticks from the start of the machine.
  private static func startTime(of process: Int) -> String {
    let descriptor = open("/proc/\(process)/stat", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    // The second field is the program's name in parentheses, which may hold blanks.
    let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return "" }
    let fields = text[end...].split(separator: " ")
    return fields.count > 20 ? String(fields[20]) : ""
  }
}
