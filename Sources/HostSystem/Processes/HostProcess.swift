#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A process of this machine.
package struct HostProcess: Hashable, Sendable {
  /// The number that the system has given it.
  package let number: Int

  /// The process of a number, whether or not there is one.
  package init(number: Int) { self.number = number }

  /// This process.
  package static var current: HostProcess { HostProcess(number: Int(getpid())) }

  /// Whether there is such a process, also another user's.
  package var isThere: Bool {
    guard let number = pid_t(exactly: number) else { return false }
    // A process of another user exists, but takes no signals from this one.
    return kill(number, 0) == 0 || errno != ESRCH
  }

  /// When it began, in clock ticks from the start of the machine; empty where the system does not
  /// tell.
  ///
  /// It tells a process from another that got its number later.
  package var start: String {
    guard let file = try? OpenFile("/proc/\(number)/stat"),
      let bytes = try? file.bytes(count: 4096)
    else { return "" }
    // The second field is the program's name in parentheses, which may hold blanks; the 22nd is
    // what is wanted.
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.lastIndex(of: ")") else { return "" }
    let fields = text[end...].split(separator: " ")
    return fields.count > 20 ? String(fields[20]) : ""
  }

  /// The name of this machine.
  package static var hostName: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The name of the user that this process belongs to; `nil` where the system knows none.
  package static var userName: String? {
    var entry = passwd()
    var buffer = [CChar](repeating: 0, count: 1 << 14)
    var found: UnsafeMutablePointer<passwd>?
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil,
      let name = entry.pw_name
    else { return nil }
    return String(cString: name)
  }
}
