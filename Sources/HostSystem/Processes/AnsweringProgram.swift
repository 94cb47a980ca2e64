#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A program that answers each line with a line, for as long as it is asked.
///
/// It is asked one line at a time, and ended when nothing refers to it any more. After a failure it answers
/// nothing more.
package final class AnsweringProgram: Sendable {
  private let child: ChildProgram

  /// Starts a program, found along `PATH`; never through a shell.
  ///
  /// What it writes to standard error is thrown away.
  ///
  /// - Throws: ``Subprocess/Failure``.
  package init(_ program: String, _ arguments: [String]) throws {
    child = try ChildProgram(program, arguments, isAsked: true)
  }

  /// What it answers to a line, without the line break.
  ///
  /// - Parameters:
  ///   - line: The question, in which no line break stands.
  ///   - deadlineMilliseconds: The longest that it may take.
  ///   - limit: The most bytes of an answer.
  /// - Throws: ``Subprocess/Failure``; `CancellationError` within a moment.
  package func answer(
    to line: [UInt8],
    deadlineMilliseconds: Int = 30_000,
    limit: Int = 4 << 20
  ) async throws -> [UInt8] {
    try await ChildProgram.blocking { isCancelled in
      try self.ask(line)
      return try self.answer(before: deadlineMilliseconds, limit, isCancelled)
    }
  }

  /// Writes the question, which a pipe takes at once: the program waits for it.
  private func ask(_ line: [UInt8]) throws {
    var rest = (line + [0x0A])[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(child.input, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Subprocess.Failure.ended(child.waitForEnd()) }
      rest = rest.dropFirst(count)
    }
  }

  private func answer(
    before deadline: Int,
    _ limit: Int,
    _ isCancelled: Lock<Bool>
  ) throws -> [UInt8] {
    var text: [UInt8] = []
    let end = ChildProgram.now() + deadline
    while text.last != 0x0A {
      let left = end - ChildProgram.now()
      guard left > 0 else { throw Subprocess.Failure.tooSlow }
      if isCancelled.withLock({ $0 }) { throw CancellationError() }
      var waiting = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, Int32(min(left, ChildProgram.attentionMilliseconds)))
      if ready < 0, errno != EINTR { throw Subprocess.Failure.systemError(errno) }
      guard ready > 0 else { continue }
      guard try ChildProgram.read(child.output, into: &text, limit: limit) else {
        throw Subprocess.Failure.ended(child.waitForEnd())
      }
    }
    return text.dropLast()
  }
}
