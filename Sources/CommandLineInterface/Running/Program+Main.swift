#if canImport(Glibc)
// The C library declares `environ` as a variable that anybody may change.
@preconcurrency internal import Glibc
#elseif canImport(Musl)
@preconcurrency internal import Musl
#else
@preconcurrency internal import Darwin
#endif

extension Program {
  /// Runs the command line of this process and ends it.
  ///
  /// The first interrupt cancels the running command, which then tidies up; a second one ends the
  /// process at once.
  public func main() async -> Never {
    // Writing to a pipe or socket whose reader left is an error to handle, not a reason to die.
    signal(SIGPIPE, SIG_IGN)
    let context = CommandContext.current()
    let task = Task { await run(Array(CommandLine.arguments.dropFirst()), in: context) }
    InterruptSignal.onFirst { task.cancel() }
    exit(await task.value.rawValue)
  }
}

extension CommandContext {
  /// The context of this process.
  static func current() -> CommandContext {
    var environment: [String: String] = [:]
    var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = environ
    while let line = entry?.pointee {
      let text = String(cString: line)
      if let sign = text.firstIndex(of: "=") {
        environment[String(text[..<sign])] = String(text[text.index(after: sign)...])
      }
      entry = entry?.advanced(by: 1)
    }
    return CommandContext(
      standardOutput: FileDescriptorOutput.standardOutput,
      standardError: FileDescriptorOutput.standardError,
      environment: environment,
      workingFolder: currentFolder(),
      terminal: .current(environment: environment)
    )
  }

  private static func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }
}
