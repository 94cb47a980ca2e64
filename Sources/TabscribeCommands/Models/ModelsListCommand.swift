internal import CommandLineInterface
internal import OrderedJSON
internal import RequestPlanning

/// `models list`: the models, a line each.
enum ModelsListCommand {
  private static let all = Flag("all", short: "a", help: "also models that answer no more")

  static let command = Command(
    "list",
    abstract: "List the models with their prices of today",
    examples: [
      .init("tabscribe models list", "every model that answers"),
      .init("tabscribe models list --all --json", "everything known, for machines"),
    ],
    discussion: """
      Prices are US dollars for one million tokens, at the standard tier and for prompts of \
      ordinary length; models show has the rest.
      """,
    options: [OptionGroup("Models", [all, ModelsCommand.platform])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    let catalog = try ModelsFile.catalog(settings.folders)
    let platform = ModelPlatformName.platform(try settings.value(of: ModelsCommand.platform))
    let day = ModelsFile.today(context)
    let cards = catalog.cards.filter { card in
      arguments[all] || card.isUsable(on: platform, day: day)
    }
    guard context.isJSON else {
      context.print(ModelListing(catalog: catalog, platform: platform, day: day).table(cards))
      return .done
    }
    context.print(
      json: [
        "asOf": catalog.asOf.map { .string($0.description) } ?? nil,
        "backend": .string(platform.rawValue),
        "models": .array(
          cards.map {
            ModelDescription(card: $0, catalog: catalog, platform: platform, day: day).json
          }
        ),
      ]
    )
    return .done
  }
}

extension ModelCard {
  /// Whether the model answers on a day and more is known of it than its name.
  fileprivate func isUsable(on platform: ModelPlatform, day: CalendarDay) -> Bool {
    if status.state == .shutDown || limits == nil { return false }
    return status.shutdown(on: platform).map { day <= $0 } ?? true
  }
}
