#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A thread for calls that block, which the threads of tasks must not do.
package enum BackgroundThread {
  /// Runs a body on a thread of its own, which ends with it; `false` when the system has no thread left.
  package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    var thread = pthread_t()
    let argument = Unmanaged.passRetained(Work(body: body)).toOpaque()
    let result = pthread_create(
      &thread,
      nil,
      { argument in
        argument.map { Unmanaged<Work>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      },
      argument
    )
    guard result == 0 else {
      Unmanaged<Work>.fromOpaque(argument).release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  private final class Work: Sendable {
    let body: @Sendable () -> Void

    init(body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
