internal import CommandLineInterface
internal import HostSystem
internal import ModelContextProtocol

/// `mcp`: an assistant searches and reads what was transcribed, over the Model Context Protocol.
enum MCPCommand {
  private static let allowDerive = Flag(
    "allow-derive",
    help: "let the assistant ask recipes, which costs; needs --cost-limit"
  )
  private static let costLimit = ValueOption(
    "cost-limit",
    .dollars,
    help: "the most that all of the assistant's recipes may cost"
  )

  static let command = Command(
    "mcp",
    abstract: "Serve the library to an assistant over the Model Context Protocol",
    examples: [
      .init("tabscribe mcp", "search, rows, speakers, runs and plan; changes nothing"),
      .init("tabscribe mcp --allow-derive --cost-limit 0.50", "recipes too, up to 50 cents"),
      .init("tabscribe help assistants", "what an assistant can do, and how it is set up"),
    ],
    discussion: """
      An assistant starts this itself and talks over standard input and output; help assistants has the \
      lines for its configuration. It sees the transcripts of the run store and files in or below the \
      folder this is started in, nothing else. Runs until standard input ends.
      """,
    options: [OptionGroup("Permissions", [allowDerive, costLimit])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let tools = try AssistantTools(
      arguments.program,
      context,
      allowance: allowance(arguments, context)
    )
    if context.terminal.inputIsTerminal {
      context.status.message(
        "Waiting for an assistant on standard input; Ctrl-D ends. tabscribe help assistants says how one "
          + "is set up."
      )
    }
    let output = context.standardOutput
    let server = ContextServer(
      .init(
        name: arguments.program.root.name,
        version: arguments.program.version,
        instructions: AssistantTools.instructions
      ),
      tools: tools.all
    ) { output.write($0) }
    var input = LineReader(
      descriptor: context.standardInput,
      longest: ContextServer.longestMessage
    )
    while let line = await input.next() {
      if case .bytes(let bytes) = line {
        await server.receive(bytes)
      } else {
        await server.receive(nil)
      }
    }
    await server.finish(isCancelled: Task.isCancelled)
    return .done
  }

  /// What recipes may cost; `nil` where none are allowed.
  private static func allowance(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws(CommandError) -> DeriveAllowance? {
    guard !context.isJSON else {
      throw .usage(
        "--json has no effect: all that mcp prints is JSON.",
        remedy: "Leave it out."
      )
    }
    switch (arguments[allowDerive], arguments[costLimit]) {
    case (true, let limit?): return DeriveAllowance(limit: limit)
    case (true, nil):
      throw .usage(
        "--allow-derive needs a limit: an assistant may ask as often as it likes.",
        remedy: "Add --cost-limit, such as --cost-limit 0.50."
      )
    case (false, nil): return nil
    case (false, _):
      throw .usage(
        "--cost-limit has no effect: without --allow-derive nothing costs anything.",
        remedy: "Add --allow-derive, or leave it out."
      )
    }
  }
}
