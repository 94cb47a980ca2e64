extension Command {
  /// The command `help`: the help page of another command.
  public static let help: Command = {
    let names = RepeatedOperand(
      .text("COMMAND"),
      minimum: 0,
      help: "the command to explain; all commands when left out"
    )
    return Command(
      "help",
      abstract: "Explain a command",
      examples: [Example("tabscribe help transcribe", "everything about one command")],
      operands: [names]
    ) { arguments, context in
      let page = try arguments.program.help(
        for: arguments[names],
        width: context.terminal.width,
        style: context.style
      )
      context.standardOutput.write(page)
      return .done
    }
  }()
}
