public import Foundation

/// Runs programs and waits for them, for tests that need a real one.
public enum ChildProcess {
  /// How a program ended and what it wrote.
  public struct Outcome: Sendable {
    /// The exit code; negative for a signal.
    public let code: Int32
    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let errors: String
  }

  /// The path of a program found through `PATH`, or `nil`.
  public static func path(of program: String) -> String? {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    return folders.map { "\($0)/\(program)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// The path of an executable that the package builds, beside the test's own.
  public static func product(_ name: String) throws -> String {
    let own = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let usual = SharedFixtures.projectRoot.appending(path: ".build/debug")
    let candidates = [own, usual].map { $0.appending(path: name).path }
    guard let path = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: name])
    }
    return path
  }

  /// Runs a program to its end; both outputs go to files, so that neither can block it.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: What follows its name.
  ///   - input: What it reads from standard input.
  ///   - environment: All of its variables; by default those of the test.
  ///   - folder: The folder it runs in; by default that of the test.
  ///   - deadline: Seconds after which it is ended.
  ///   - isDue: Asked again and again; once it is true, the program gets an interrupt.
  public static func run(
    _ path: String,
    _ arguments: [String],
    input: String = "",
    environment: [String: String]? = nil,
    folder: URL? = nil,
    deadline: TimeInterval = 120,
    interruptWhen isDue: (@Sendable () -> Bool)? = nil
  ) throws -> Outcome {
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
    try Data(input.utf8).write(to: files[0])
    for file in files[1...] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    if let environment { process.environment = environment }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    let end = DispatchWorkItem { process.terminate() }
    DispatchQueue.global().asyncAfter(deadline: .now() + deadline, execute: end)
    if let isDue {
      while process.isRunning, !isDue() { usleep(10_000) }
      process.interrupt()
    }
    process.waitUntilExit()
    end.cancel()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      code: isSignal ? -process.terminationStatus : process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
    )
  }
}
