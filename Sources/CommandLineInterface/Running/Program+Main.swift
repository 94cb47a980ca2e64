internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

extension Program {
  /// Runs the command line of this process and ends it.
  ///
  /// The first interrupt cancels the running command, which then tidies up; a second one ends the
  /// process at once.
  package func main() async -> Never {
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
    let environment = ProcessSurroundings.environment
    return CommandContext(
      standardOutput: FileDescriptorOutput.standardOutput,
      standardError: FileDescriptorOutput.standardError,
      standardInput: 0,
      environment: environment,
      workingFolder: ProcessSurroundings.workingFolder,
      program: ProcessSurroundings.program,
      terminal: .current(environment: environment)
    )
  }
}
