internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptionRuns

/// `prompts new`: a prompt of one's own, begun as a copy.
enum PromptsNewCommand {
  private static let name = RequiredOperand(.text("NAME"), help: "the new prompt's name")
  private static let origin = ValueOption(
    "from",
    .libraryName(.prompts),
    help: "prompt to copy (default: the one of the same name, else transcribe)"
  )
  private static let force = Flag("force", help: "replace a file that is there")

  static let command = Command(
    "new",
    abstract: "Begin a prompt of one's own as a copy in ./prompts",
    examples: [.init("tabscribe prompts new mine --from transcribe", "writes prompts/mine.prompt")],
    operands: [name],
    options: [OptionGroup("The copy", [origin, force])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let name = arguments[name]
    guard FileStem.cleaned(name) == name, !name.hasPrefix("_") else {
      throw CommandError.usage(
        "\(SafeText.quoted(name)) cannot be the name of a prompt.",
        remedy: "Use letters, digits, dots and dashes, as in \(FileStem.cleaned(name))."
      )
    }
    let lookup = LibraryLookup(.prompts, context.workplace)
    let source =
      if let origin = arguments[origin] {
        try lookup.item(origin).nonEmpty()
      } else {
        try lookup.found(name, except: context.absolutePath("prompts/\(name).prompt"))
          ?? lookup.item("transcribe")
      }
    let folder = try OutputFolder(
      "prompts",
      force: arguments[force],
      elsewhere: "another name",
      in: context.workplace
    )
    try folder.checkFree(["\(name).prompt"])
    let path = folder.display(try folder.write(source.bytes, to: "\(name).prompt"))
    if context.isJSON {
      context.print(json: ["path": .string(path), "from": .string(source.name)])
    } else {
      context.print(contents: path + "\n")
      context.status.message("a copy of \(SafeText.line(source.name)), yours to change")
    }
    return .done
  }
}
