internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import TranscriptionRuns

/// `models update`: takes newer data about models.
enum ModelsUpdateCommand {
  private static let source = OptionalOperand(
    .text("FILE|URL", completion: .files),
    help: "a dated file of model data"
  )
  private static let undo = Flag("undo", help: "bring back what was there before the last update")
  private static let dryRun = Flag("dry-run", help: "show what would change, and change nothing")

  static let command = Command(
    "update",
    abstract: "Take newer data about models, and show what they change",
    examples: [
      .init("tabscribe models update models.json --dry-run", "what a file would change"),
      .init("tabscribe models update https://example.org/models.json", "from an address"),
      .init("tabscribe models update --undo", "as it was before"),
    ],
    discussion: """
      The file is read and checked in full before anything is changed, has to be newer than what is \
      known, and is kept as models.json in the configuration folder. Its format is that of the file in \
      the program; the documentation describes it.
      """,
    operands: [source],
    options: [OptionGroup("Update", [undo, dryRun])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = ModelsStore(folder: UserFolders(environment: context.environment).configuration)
    if arguments[undo] {
      guard arguments[source] == nil, !arguments[dryRun] else {
        throw CommandError.usage(
          "--undo brings back the data of before and takes nothing else.",
          remedy: "Give --undo alone."
        )
      }
      return try bringBack(store, context)
    }
    guard let source = arguments[source] else {
      throw CommandError.usage(
        "No data are named.",
        remedy: "Name a file or an address, or --undo."
      )
    }
    let bytes = try await ModelsDownload(context).bytes(of: source)
    let known = try store.catalog()
    let newer = try store.checked(bytes, from: source, after: known)
    let differences = known.differences(to: newer)
    show(differences, from: known, to: newer, context)
    guard !arguments[dryRun] else { return .done }
    try store.keep(bytes)
    context.status.message(
      "Kept as \(SafeText.quoted(store.path)); tabscribe models update --undo brings back what was "
        + "there before."
    )
    return .done
  }

  private static func bringBack(
    _ store: ModelsStore,
    _ context: CommandContext
  ) throws -> ExitCode {
    let known = try? store.catalog()
    let restored = try store.bringBack()
    let day = restored.asOf?.description ?? "an unknown day"
    if context.isJSON {
      context.print(json: ["asOf": restored.asOf.map { .string($0.description) } ?? nil])
    } else {
      let before = known?.asOf.map { " instead of \($0)" } ?? ""
      context.print("The data are those of \(day) again\(before).")
    }
    return .done
  }

  private static func show(
    _ differences: [ModelDifference],
    from known: ModelCatalog,
    to newer: ModelCatalog,
    _ context: CommandContext
  ) {
    guard !context.isJSON else {
      context.print(json: [
        "from": known.asOf.map { .string($0.description) } ?? nil,
        "to": newer.asOf.map { .string($0.description) } ?? nil,
        "differences": .array(differences.map(\.json)),
      ])
      return
    }
    let days = [known, newer].map { $0.asOf?.description ?? "an unknown day" }
    context.print("From the data of \(days[0]) to those of \(days[1]):")
    if differences.isEmpty { context.print("  nothing changes but the day") }
    for difference in differences {
      for line in difference.lines(style: context.style) { context.print("  \(line)") }
    }
  }
}

extension ModelDifference {
  /// The most characters shown of a value.
  private static let widest = 240

  fileprivate func lines(style: TextStyle) -> [String] {
    let name = SafeText.line(id)
    if isNew { return [style.green("+ \(name)")] }
    if isGone { return [style.red("- \(name)")] }
    return ["~ \(name)"]
      + facts.flatMap { fact in
        let name = SafeText.line(fact.name)
        return [
          fact.old.map { style.red("    - \(name): \(Self.text($0))") },
          fact.new.map { style.green("    + \(name): \(Self.text($0))") },
        ].compactMap(\.self)
      }
  }

  private static func text(_ value: JSONValue) -> String {
    let text = SafeText.line(value.rendered())
    return text.count > widest ? text.prefix(widest) + "…" : text
  }

  fileprivate var json: JSONValue {
    [
      "id": .string(id), "new": .bool(isNew), "gone": .bool(isGone),
      "facts": .array(
        facts.map { fact in
          ["name": .string(fact.name), "old": fact.old ?? .null, "new": fact.new ?? .null]
        }
      ),
    ]
  }
}
