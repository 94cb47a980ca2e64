internal import CommandLineInterface
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel

/// `runs export`: the transcripts of a run as files.
enum RunsExportCommand {
  private static let run = RequiredOperand(
    .text("RUN", completion: .suggestions(["last"])),
    help: "a run's id, the beginning of one, or last; .N for its Nth item"
  )

  static let command = Command(
    "export",
    abstract: "Write the transcripts of a run as files",
    examples: [
      .init("tabscribe runs export last --output-dir talks", "a STEM.json for each item"),
      .init("tabscribe runs export last.2", "its second item, here"),
    ],
    discussion: """
      The files are those that transcribe writes, with the corrections made since. Items without \
      a result are named, and end the command with exit code 3.
      """,
    operands: [run],
    options: [OptionGroup("Results", [OutputOptions.folder, OutputOptions.force])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let store = try UserStore(context).reading()
    let items = try items(arguments[run], store)
    let folder = try OutputFolder(
      arguments[OutputOptions.folder] ?? ".",
      force: arguments[OutputOptions.force],
      in: context
    )
    let names = TranscriptOperands.stems(of: items).map { $0 + ".json" }
    try folder.checkFree(zip(items, names).filter { $0.0.hasResult }.map(\.1))
    var files: [String] = []
    var missing: [StoredItem] = []
    for (item, name) in zip(items, names) {
      if let document = try store.document(of: item.id) {
        files.append(folder.display(try folder.write(document.jsonBytes(), to: name)))
      } else {
        missing.append(item)
      }
    }
    report(files, missing, context)
    return missing.isEmpty ? .done : .incomplete
  }

  private static func items(
    _ reference: String,
    _ store: RunStore
  ) throws(RunStoreError) -> [StoredItem] {
    if reference.contains(".") { return [try store.resolveItem(reference)] }
    return try store.run(store.resolveRun(reference))?.items ?? []
  }

  private static func report(
    _ files: [String],
    _ missing: [StoredItem],
    _ context: CommandContext
  ) {
    if context.isJSON {
      context.print(
        json: [
          "files": .array(files.map { .string($0) }),
          "missing": .array(missing.map { .string($0.reference) }),
        ]
      )
    } else {
      for file in files { context.print(contents: file + "\n") }
    }
    for item in missing {
      let source = SafeText.quoted(item.item.source.uri)
      context.status.warning(
        "\(item.reference), \(source), has no result: \(item.status.rawValue)."
      )
    }
  }
}

extension StoredItem {
  /// Whether a document can be expected.
  fileprivate var hasResult: Bool { status == .complete || status == .partial }
}
