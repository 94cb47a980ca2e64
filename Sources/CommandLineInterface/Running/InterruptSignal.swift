internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The interrupt key, and the polite request of other programs to end.
enum InterruptSignal {
  /// Runs the body at the first interrupt, on a thread of its own; a second one ends the process.
  ///
  /// A handler, not an ignored or blocked signal: child processes then start with the default
  /// action, so that one interrupt also stops them.
  static func onFirst(_ body: @escaping @Sendable () -> Void) {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    wakeUp.pointee = ends[1]
    let descriptor = ends[0]
    _ = BackgroundThread.start {
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) < 0, errno == EINTR {}
      body()
    }
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        // Only calls that are safe inside a signal handler.
        signal(number) { _ in _exit(130) }
        var byte: UInt8 = 1
        _ = write(InterruptSignal.wakeUp.pointee, &byte, 1)
      }
    }
  }

  /// The writing end of the pipe; set once, before the handler is.
  private nonisolated(unsafe) static let wakeUp = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
}
