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
    startThread(Waiter(descriptor: ends[0], body: body))
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

  private final class Waiter: Sendable {
    let descriptor: Int32
    let body: @Sendable () -> Void

    init(descriptor: Int32, body: @escaping @Sendable () -> Void) {
      self.descriptor = descriptor
      self.body = body
    }

    func wait() {
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) < 0, errno == EINTR {}
      body()
    }
  }

  private static func startThread(_ waiter: Waiter) {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(waiter).toOpaque()
    let result = pthread_create(
      &thread,
      nil,
      { argument in
        argument.map { Unmanaged<Waiter>.fromOpaque($0).takeRetainedValue().wait() }
        return nil
      },
      argument
    )
    if result == 0 { pthread_detach(thread) }
  }
}
