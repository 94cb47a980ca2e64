internal import Dispatch

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
    case systemError(Int32)
  }

  private let program: String
  private let arguments: [String]
  /// The longest it may run.
  private let deadlineMilliseconds: Int
  /// The most bytes it may write to each of its two outputs.
  private let outputLimit: Int

  /// How often it is looked whether anybody still wants the output.
  private static let attentionMilliseconds = 100

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
    let isCancelled = Lock(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(with: Result { try runBlocking(sink, isCancelled) })
        }
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
    }
  }

  private func runBlocking(
    _ sink: (@Sendable ([UInt8]) -> Void)?,
    _ isCancelled: Lock<Bool>
  ) throws -> Output {
    let output = try Pipe()
    let errors = try Pipe()
    let child = try spawn(output: output, errors: errors)
    output.closeWriteEnd()
    errors.closeWriteEnd()
    defer {
      output.closeReadEnd()
      errors.closeReadEnd()
    }
    do {
      let texts = try collect([output.readEnd, errors.readEnd], sink, isCancelled)
      return Output(
        exitStatus: wait(for: child),
        standardOutput: texts[0],
        standardError: texts[1]
      )
    } catch {
      kill(child, SIGKILL)
      _ = wait(for: child)
      throw error
    }
  }

  private func spawn(output: Pipe, errors: Pipe) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writeEnd, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.writeEnd, 2)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    switch posix_spawnp(&child, program, &actions, nil, &words, environ) {
    case 0: return child
    case ENOENT: throw Failure.notFound
    case let code: throw Failure.systemError(code)
    }
  }

  private func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
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
    let end = Self.now() + deadlineMilliseconds
    while waiting.contains(where: { $0.fd >= 0 }) {
      let left = end - Self.now()
      guard left > 0 else { throw Failure.tooSlow }
      if isCancelled.withLock({ $0 }) { throw CancellationError() }
      let wait = min(left, Self.attentionMilliseconds)
      let ready = poll(&waiting, nfds_t(waiting.count), Int32(wait))
      if ready < 0, errno != EINTR { throw Failure.systemError(errno) }
      for index in waiting.indices where ready > 0 && waiting[index].revents != 0 {
        if try !read(waiting[index].fd, into: &texts[index]) { waiting[index].fd = -1 }
        if index == 0, let sink, !texts[0].isEmpty {
          sink(texts[0])
          texts[0] = []
        }
      }
    }
    return texts
  }

  /// Appends what can be read now; `false` at the end.
  private func read(_ descriptor: Int32, into text: inout [UInt8]) throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    #if canImport(Darwin)
    let count = Darwin.read(descriptor, &buffer, buffer.count)
    #elseif canImport(Musl)
    let count = Musl.read(descriptor, &buffer, buffer.count)
    #else
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    #endif
    if count < 0 {
      if errno == EINTR { return true }
      throw Failure.systemError(errno)
    }
    text.append(contentsOf: buffer[..<count])
    guard text.count <= outputLimit else { throw Failure.tooMuchOutput }
    return count > 0
  }

  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000
  }

  /// Both ends of a pipe; they are not handed down to other programs.
  private struct Pipe {
    let readEnd: Int32
    let writeEnd: Int32

    init() throws {
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else { throw Failure.systemError(errno) }
      readEnd = ends[0]
      writeEnd = ends[1]
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    func closeReadEnd() { close(readEnd) }

    func closeWriteEnd() { close(writeEnd) }
  }
}
