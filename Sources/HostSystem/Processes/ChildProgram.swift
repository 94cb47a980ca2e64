internal import Dispatch

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A program that runs and is at the other end of pipes.
///
/// One that is not waited for is ended when nothing refers to it any more.
final class ChildProgram: @unchecked Sendable {  // one thread at a time waits for it
  /// How often it is looked whether anybody still wants what it writes.
  static let attentionMilliseconds = 100

  /// What it reads; -1 where that is nothing.
  let input: Int32
  /// What it writes to standard output.
  let output: Int32
  /// What it writes to standard error; -1 where that is thrown away.
  let errors: Int32
  private let process: pid_t
  private var hasEnded = false

  /// Starts a program, found along `PATH`; never through a shell.
  ///
  /// - Parameter isAsked: Whether it is written to, and what it writes to standard error thrown away;
  ///   else it reads nothing.
  /// - Throws: ``Subprocess/Failure``.
  init(_ program: String, _ arguments: [String], isAsked: Bool = false) throws {
    let questions = isAsked ? try Pipe() : nil
    let answers = try Pipe()
    let complaints = isAsked ? nil : try Pipe()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    func nothing(_ descriptor: Int32, _ mode: Int32) {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", mode, 0)
    }
    if let questions {
      posix_spawn_file_actions_adddup2(&actions, questions.readEnd, 0)
    } else {
      nothing(0, O_RDONLY)
    }
    posix_spawn_file_actions_adddup2(&actions, answers.writeEnd, 1)
    if let complaints {
      posix_spawn_file_actions_adddup2(&actions, complaints.writeEnd, 2)
    } else {
      nothing(2, O_WRONLY)
    }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, nil, &words, environ)
    // Its own ends are its own.
    for end in [questions?.readEnd, answers.writeEnd, complaints?.writeEnd] { end.map(closeEnd) }
    process = child
    input = questions?.writeEnd ?? -1
    output = answers.readEnd
    errors = complaints?.readEnd ?? -1
    guard code == 0 else {
      hasEnded = true
      throw code == ENOENT ? Subprocess.Failure.notFound : .systemError(code)
    }
  }

  deinit {
    for end in [input, output, errors] where end >= 0 { closeEnd(end) }
    if !hasEnded { end() }
  }

  /// Ends the program at once.
  func end() {
    kill(process, SIGKILL)
    _ = waitForEnd()
  }

  /// The exit code once it has ended; 128 and more for a signal.
  func waitForEnd() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    hasEnded = true
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// Waits for a program off the cooperative threads.
  ///
  /// - Parameter body: Looks now and then whether the task is cancelled, which it is told by the flag.
  static func blocking<Answer: Sendable>(
    _ body: @escaping @Sendable (_ isCancelled: Lock<Bool>) throws -> Answer
  ) async throws -> Answer {
    let isCancelled = Lock(false)
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global().async {
          continuation.resume(with: Result { try body(isCancelled) })
        }
      }
    } onCancel: {
      isCancelled.withLock { $0 = true }
    }
  }

  /// Appends what can be read now; `false` at the end.
  static func read(
    _ descriptor: Int32,
    into text: inout [UInt8],
    limit: Int
  ) throws -> Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = readBytes(descriptor, &buffer, buffer.count)
    if count < 0 {
      if errno == EINTR { return true }
      throw Subprocess.Failure.systemError(errno)
    }
    text.append(contentsOf: buffer[..<count])
    guard text.count <= limit else { throw Subprocess.Failure.tooMuchOutput }
    return count > 0
  }

  /// Milliseconds of a clock that nobody sets.
  static func now() -> Int {
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
      guard pipe(&ends) == 0 else { throw Subprocess.Failure.systemError(errno) }
      readEnd = ends[0]
      writeEnd = ends[1]
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
  }
}

// The C functions, which methods of the same names would hide.

private func readBytes(
  _ descriptor: Int32,
  _ buffer: UnsafeMutableRawPointer,
  _ count: Int
) -> Int {
  read(descriptor, buffer, count)
}

private func closeEnd(_ descriptor: Int32) { _ = close(descriptor) }
