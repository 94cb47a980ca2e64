internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning

/// `models show`: everything known about one model.
enum ModelsShowCommand {
  private static let name = RequiredOperand(
    .text("MODEL", completion: .suggestions(["gemini-flash-latest", "gemini-pro-latest"])),
    help: "a model's name or alias"
  )

  static let command = Command(
    "show",
    abstract: "Show what is known about a model, and how well",
    examples: [
      .init("tabscribe models show gemini-3.8-flash", "limits, rates, prices, what to know"),
      .init("tabscribe models show gemini-flash-latest --json", "the same for machines"),
    ],
    operands: [name],
    options: [OptionGroup("Models", [ModelsCommand.platform])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    let catalog = try ModelsFile.catalog(settings.folders)
    let platform = ModelPlatformName.platform(try settings.value(of: ModelsCommand.platform))
    let name = arguments[name]
    guard let found = catalog.resolve(name) else {
      let names = catalog.cards.map(\.id) + catalog.aliases.map(\.id)
      let near = Suggestion.nearest(to: name, among: names)
      throw CommandError.usage(
        "The model \(SafeText.quoted(name)) is not known.",
        remedy: (near.map { "Did you mean \($0)? " } ?? "")
          + "tabscribe models list --all names them; describe others in models.json."
      )
    }
    let description = ModelDescription(
      card: found.card,
      catalog: catalog,
      platform: platform,
      day: ModelsFile.today(context)
    )
    guard !context.isJSON else {
      context.print(json: description.json)
      return .done
    }
    for line in description.lines { context.print(line) }
    for notice in found.notices(on: platform, day: ModelsFile.today(context)) {
      context.status.warning(notice.message)
    }
    return .done
  }
}
