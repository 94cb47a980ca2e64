internal import CMicroHTTPD
internal import HostSystem

/// Writes the body of an answer over time; waits when the client reads slowly.
package final class ResponseWriter: Sendable {
  /// The client has closed the connection.
  package struct ClientGone: Error {}

  private enum Ending { case finished, aborted }

  private struct State {
    var buffer: [UInt8] = []
    var taken = 0
    var ending: Ending?
    var isDead = false
    var suspended: ConnectionHandle?
    var waiter: CheckedContinuation<Void, Never>?
  }

  /// Bytes that may wait for the client before `write` waits too.
  static let highWaterMark = 1 << 18

  private let state = Lock(State())

  init() {}

  /// Sends bytes; returns once they are sent or buffered.
  ///
  /// - Throws: ``ClientGone`` when the client has closed the connection.
  package func write(_ bytes: [UInt8]) async throws(ClientGone) {
    let (isDead, mustWait) = state.withLock { state in
      guard !state.isDead else { return (true, false) }
      state.buffer.append(contentsOf: bytes)
      Self.wake(&state)
      return (false, state.buffer.count - state.taken > Self.highWaterMark)
    }
    if mustWait { await drained() }
    if isDead { throw ClientGone() }
  }

  /// Closes the connection where the body stands, so that the client sees it cut.
  package func abort() { end(.aborted) }

  func finish() { end(.finished) }

  private func end(_ ending: Ending) {
    state.withLock { state in
      if state.ending == nil { state.ending = ending }
      Self.wake(&state)
    }
  }

  private func drained() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        let isDone = state.isDead || state.buffer.count - state.taken <= Self.highWaterMark
        if !isDone { state.waiter = continuation }
        return isDone
      }
      if isDone { continuation.resume() }
    }
  }

  private static func wake(_ state: inout State) {
    guard let connection = state.suspended else { return }
    state.suspended = nil
    MHD_resume_connection(connection.pointer)
  }

  /// Called on the server's thread when the connection is over.
  func close() {
    let waiter = state.withLock { state in
      state.isDead = true
      state.suspended = nil
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Called on the server's thread: fills the buffer, or suspends the connection until there is more.
  func read(into target: UnsafeMutableRawBufferPointer, connection: ConnectionHandle) -> Int {
    let (count, waiter) = state.withLock { state in
      let count = Self.take(&state, into: target)
      if count == 0 {
        switch state.ending {
        case .finished: return (ReadResult.end, nil as CheckedContinuation<Void, Never>?)
        case .aborted: return (ReadResult.failure, nil)
        case nil:
          // Suspended under the lock, so that no write can slip in between unseen.
          state.suspended = connection
          MHD_suspend_connection(connection.pointer)
          return (0, nil)
        }
      }
      guard state.buffer.count - state.taken <= Self.highWaterMark else { return (count, nil) }
      defer { state.waiter = nil }
      return (count, state.waiter)
    }
    waiter?.resume()
    return count
  }

  /// `MHD_CONTENT_READER_END_OF_STREAM` and `…_END_WITH_ERROR`, which are casts in C.
  private enum ReadResult {
    static let end = -1
    static let failure = -2
  }

  private static func take(
    _ state: inout State,
    into target: UnsafeMutableRawBufferPointer
  )
    -> Int
  {
    let count = min(target.count, state.buffer.count - state.taken)
    guard count > 0 else { return 0 }
    state.buffer.withUnsafeBytes {
      target.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: $0[state.taken..<state.taken + count])
      )
    }
    state.taken += count
    if state.taken == state.buffer.count {
      state.buffer.removeAll(keepingCapacity: true)
      state.taken = 0
    }
    return count
  }
}

/// A connection of libmicrohttpd.
///
/// Suspending and resuming are allowed from any thread.
struct ConnectionHandle: @unchecked Sendable {
  let pointer: OpaquePointer
}
