#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Reads lines that people or other programs write while they are waited for; empty ones are passed over.
///
/// Reads only when it is asked for a line, so that a writer who is too fast has to wait.
package struct LineReader: Sendable {
  /// A line as it came.
  package enum Line: Hashable, Sendable {
    /// Its bytes without the line break.
    case bytes([UInt8])
    /// It was longer than is taken, and is not kept.
    case tooLong
  }

  private static let pieceSize = 64 << 10

  private let descriptor: Int32
  private var splitter: LineSplitter
  private var lines: [Line] = []
  private var isAtEnd = false

  /// A reader of an open file, pipe or terminal.
  ///
  /// - Parameters:
  ///   - descriptor: Stays open; one that is not open is at its end.
  ///   - longest: The most bytes of a line.
  package init(descriptor: Int32, longest: Int) {
    self.descriptor = descriptor
    splitter = LineSplitter(longest: longest)
  }

  /// The next line; `nil` at the end, and when the task is cancelled.
  package mutating func next() async -> Line? {
    while lines.isEmpty {
      guard !isAtEnd, !Task.isCancelled else { return nil }
      let piece = await Self.piece(of: descriptor)
      var found: [Line] = []
      let keep: ([UInt8]?) -> Void = { found.append($0.map(Line.bytes) ?? .tooLong) }
      if piece.isEmpty {
        isAtEnd = true
        splitter.finish(keep)
      } else {
        splitter.feed(piece[...], keep)
      }
      lines = found
    }
    return lines.removeFirst()
  }

  /// What can be read next; empty at the end.
  ///
  /// A thread that waits for bytes when the task is cancelled stays until they come.
  private static func piece(of descriptor: Int32) async -> [UInt8] {
    let waiter = Waiter()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        waiter.wait(continuation)
        let isStarted = BackgroundThread.start { waiter.resume(read(descriptor)) }
        if !isStarted || Task.isCancelled { waiter.resume([]) }
      }
    } onCancel: {
      waiter.resume([])
    }
  }

  private static func read(_ descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: pieceSize) { buffer, count in
      let start = UnsafeMutableRawBufferPointer(buffer)
      var result = -1
      repeat { result = readBytes(descriptor, start) } while result < 0 && errno == EINTR
      count = max(0, result)
    }
  }

  /// Somebody who waits for bytes, and gets them once.
  private final class Waiter: Sendable {
    private let continuation = Lock<CheckedContinuation<[UInt8], Never>?>(nil)

    func wait(_ waiting: CheckedContinuation<[UInt8], Never>) {
      continuation.withLock { $0 = waiting }
    }

    func resume(_ bytes: [UInt8]) {
      let waiting = continuation.withLock { continuation in
        defer { continuation = nil }
        return continuation
      }
      waiting?.resume(returning: bytes)
    }
  }
}

/// The C function, which the method of the same name hides.
private func readBytes(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}
