internal import CommandLineInterface
internal import OrderedJSON

/// `doctor`: what is set up, what is missing, and what to do about it.
enum DoctorCommand {
  private static let online = Flag(
    "online",
    help: "also ask the service for its models, which proves the key and costs nothing"
  )

  static let command = Command(
    "doctor",
    abstract: "Check what is set up and what is missing",
    examples: [
      .init("tabscribe doctor", "without the network"),
      .init("tabscribe doctor --online", "also tries the key"),
    ],
    discussion: "Ends with 0 when nothing is missing, and with 5 when only the key is.",
    options: [OptionGroup("Checks", [online])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    var checks = ServiceChecks.offline(arguments, context)
    if arguments[online], !checks.contains(where: { $0.state == .missing }) {
      checks += await ServiceChecks.online(arguments, context)
    }
    checks += await MachineChecks.all(context)
    if context.isJSON {
      let isReady = !checks.contains { $0.state == .missing }
      context.print(json: ["ready": .bool(isReady), "checks": .array(checks.map(\.json))])
    } else {
      print(checks, context)
    }
    let codes = checks.filter { $0.state == .missing }.map(\.exitCode)
    return codes.contains(.failed) ? .failed : codes.first ?? .done
  }

  private static func print(_ checks: [Check], _ context: CommandContext) {
    let nameWidth = checks.map { DisplayWidth.of($0.name) }.max() ?? 0
    for check in checks {
      let lines = check.lines(
        nameWidth: nameWidth,
        width: context.terminal.width,
        style: context.style
      )
      for line in lines { context.print(line) }
    }
  }
}
