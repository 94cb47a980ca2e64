internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// `correct rebase`: the corrections of another run of the same recording, carried to a transcript.
enum CorrectRebaseCommand {
  private static let from = ValueOption(
    "from",
    .text("TRANSCRIPT", completion: .files),
    help: "whose corrections (default: the newest other run of the recording that has any)"
  )

  static let command = Command(
    "rebase",
    abstract: "Carry the corrections of another run of the same recording over",
    examples: [
      .init("tabscribe correct rebase last", "onto the newest transcript"),
      .init("tabscribe correct rebase new.json --from old.json", "between files"),
    ],
    discussion: """
      Rows are found by time and words, voices by name and by when they speak. Each correction is listed as \
      kept, moved, conflict or obsolete, and none is lost: conflicts stand in the list, unapplied. New runs \
      do this by themselves. With a conflict the exit code is 3.
      """,
    operands: [CorrectCommand.transcript],
    options: [OptionGroup("What", [from])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let transcript = try TranscriptOperands.one(
      arguments[CorrectCommand.transcript],
      context.workplace
    )
    let other = try other(arguments, transcript, context)
    let change = try CorrectedFiles(transcript, context).change { document in
      document.carry(correctionsOf: other)
    }
    let carried = change.value
    let counts = CarriedCounts(carried)
    if context.isJSON {
      context.print(
        json: [
          "from": .string(other.run.id),
          "corrections": .array(carried),
          "counts": counts?.json ?? [:],
          "files": .array(change.files.map { .string($0) }),
        ]
      )
    } else {
      show(carried, context)
      context.print(
        counts.map { $0.text + "." } ?? "Nothing new to carry over from \(other.run.id)."
      )
      for file in change.files { context.print("\(context.style.green("✓")) \(file)") }
    }
    return counts?.hasConflicts == true ? .incomplete : .done
  }

  private static func show(_ carried: [JSONValue], _ context: CommandContext) {
    guard !carried.isEmpty else { return }
    var table = TextTable([.words("id"), .words("state"), .words("what", mayShrink: true)])
    for (index, json) in carried.enumerated() {
      table.add([
        json["id"]?.string ?? "?", CorrectionText.state(json, isRefused: false),
        (try? Correction(json: json, index: index)).map(CorrectionText.summary) ?? "?",
      ])
    }
    context.print(table)
  }

  private static func other(
    _ arguments: ParsedArguments,
    _ transcript: TranscriptOperand,
    _ context: CommandContext
  ) throws -> TranscriptDocument {
    if let name = arguments[from] {
      let other = try TranscriptOperands.one(name, context.workplace).document
      guard other.run.id != transcript.document.run.id else {
        throw CommandError.usage(
          "\(SafeText.quoted(name)) is the transcript itself.",
          remedy: "Name another run of the same recording with --from."
        )
      }
      return other
    }
    guard case .item(let item, let store, _) = transcript.origin else {
      throw CommandError.usage(
        "A file does not say which other transcripts there are of its recording.",
        remedy: "Name the one with the corrections with --from."
      )
    }
    guard let other = try store.correctedItem(besides: item.id),
      let document = try store.document(of: other.id)
    else {
      throw CommandError(
        "No other run of this recording has corrections.",
        remedy: "Name one with --from; tabscribe runs list shows all of them."
      )
    }
    return document
  }
}
