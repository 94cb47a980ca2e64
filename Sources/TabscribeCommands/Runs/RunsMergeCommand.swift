internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptionRuns

/// `runs merge`: the runs of another store beside those that are here.
enum RunsMergeCommand {
  private static let file = RequiredOperand(
    .file("OTHER.db"),
    help: "the store of another machine, a backup, or one on a server: postgresql://…"
  )

  static let command = Command(
    "merge",
    abstract: "Take in the runs of another machine's store",
    examples: [
      .init("tabscribe runs merge laptop.db", "what is here already is not doubled"),
      .init("tabscribe runs backup laptop.db", "on the other machine, before"),
      .init(
        "tabscribe runs merge laptop.db --store postgresql://db/videos",
        "bring what one machine has to those that share"
      ),
    ],
    discussion: """
      Runs, transcripts, corrections and lab rounds are taken in, all or nothing; a run is known by \
      its id. The other store is only read, and may be of an older version. A run that stands \
      otherwise in both stores stays as it is here, and is named.
      """,
    operands: [file],
    options: [],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let isAddress = RunStore.isAddress(arguments[file])
    let path = isAddress ? arguments[file] : context.absolutePath(arguments[file])
    // A store is made where there is none yet, but not for a name that was mistyped.
    guard isAddress || HostFiles.kind(of: path) == .file else {
      throw CommandError(
        "\(SafeText.quoted(arguments[file])) is not a file.",
        remedy: "Name the store of another machine; tabscribe runs backup makes a copy to carry."
      )
    }
    let report = try UserStore(context).opened().merge(from: path)
    if context.isJSON {
      context.print(json: report.json)
    } else {
      for line in report.lines(arguments[file]) { context.status.message(line) }
    }
    return .done
  }
}

extension MergeReport {
  fileprivate func lines(_ name: String) -> [String] {
    var parts = [NumberText.counted(taken.count, "run")]
    if results > 0 { parts.append(NumberText.counted(results, "result")) }
    if labRounds > 0 { parts.append(NumberText.counted(labRounds, "lab round")) }
    let before = known > 0 ? "; \(NumberText.counted(known, "run")) of it here already" : ""
    var lines = ["Took in \(parts.joined(separator: ", ")) from \(SafeText.line(name))\(before)."]
    for run in differing {
      lines.append(
        "\(SafeText.line(run)) stands otherwise there; it was left as it is here. To have that one, "
          + "delete it here and merge again."
      )
    }
    for run in underWay {
      lines.append("\(SafeText.line(run)) is being worked on; merge again when it has ended.")
    }
    return lines
  }

  fileprivate var json: JSONValue {
    func list(_ ids: [String]) -> JSONValue { .array(ids.map { .string($0) }) }
    return [
      "taken": list(taken), "results": JSONValue(results), "labRounds": JSONValue(labRounds),
      "known": JSONValue(known), "differing": list(differing), "underWay": list(underWay),
    ]
  }
}
