#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Runs a program to its end and keeps what it wrote, within bounds.
package struct Subprocess: Sendable {
  /// What a finished program left behind.
  package struct Output: Sendable {
    /// The exit code; 128 and more for a signal.
    package let exitStatus: Int32
    /// What it wrote to standard output.
    package let standardOutput: [UInt8]
    /// What it wrote to standard error.
    package let standardError: [UInt8]
  }

  /// Why a program gave no output.
  package enum Failure: Error {
    case notFound
    case tooSlow
    case tooMuchOutput
    /// It ended before it had answered; an exit code, 128 and more for a signal.
    case ended(Int32)
    case systemError(Int32)
  }

  private let program: String
  private let arguments: [String]
  /// The longest it may run.
  private let deadlineMilliseconds: Int
  /// The most bytes it may write to each of its two outputs.
  private let outputLimit: Int

  /// A program and what follows its name.
  package init(
    program: String,
    arguments: [String],
    deadlineMilliseconds: Int = 30_000,
    outputLimit: Int = 4 << 20
  ) {
    self.program = program
    self.arguments = arguments
    self.deadlineMilliseconds = deadlineMilliseconds
    self.outputLimit = outputLimit
  }

  /// Runs the program off the cooperative threads, found along `PATH`; never through a shell.
  ///
  /// Cancelling the task ends the program within a moment.
  ///
  /// - Parameter sink: Takes standard output piece by piece, which is not kept then, however long it is.
  /// - Throws: ``Failure``; `CancellationError`.
  package func run(sink: (@Sendable ([UInt8]) -> Void)? = nil) async throws -> Output {
    try await ChildProgram.blocking { try runBlocking(sink, $0) }
  }

  private func runBlocking(
    _ sink: (@Sendable ([UInt8]) -> Void)?,
    _ isCancelled: Lock<Bool>
  ) throws -> Output {
    let child = try ChildProgram(program, arguments)
    do {
      let texts = try collect([child.output, child.errors], sink, isCancelled)
      return Output(
        exitStatus: child.waitForEnd(),
        standardOutput: texts[0],
        standardError: texts[1]
      )
    } catch {
      child.end()
      throw error
    }
  }

  /// Reads all descriptors to their ends, whichever has something to say; what the first says goes to the sink,
  /// if there is one.
  private func collect(
    _ descriptors: [Int32],
    _ sink: (@Sendable ([UInt8]) -> Void)?,
    _ isCancelled: Lock<Bool>
  ) throws -> [[UInt8]] {
    var texts = descriptors.map { _ in [UInt8]() }
    var waiting = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    let end = ChildProgram.now() + deadlineMilliseconds
    while waiting.contains(where: { $0.fd >= 0 }) {
      let left = end - ChildProgram.now()
      guard left > 0 else { throw Failure.tooSlow }
      if isCancelled.withLock({ $0 }) { throw CancellationError() }
      let wait = min(left, ChildProgram.attentionMilliseconds)
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(wait))
      if ready < 0, errno != EINTR { throw Failure.systemError(errno) }
      for index in waiting.indices where ready > 0 && waiting[index].revents != 0 {
        if try !ChildProgram.read(waiting[index].fd, into: &texts[index], limit: outputLimit) {
          waiting[index].fd = -1
        }
        if index == 0, let sink, !texts[0].isEmpty {
          sink(texts[0])
          texts[0] = []
        }
      }
    }
    return texts
  }
}
