internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `correct apply`: a file of corrections into a transcript.
enum CorrectApplyCommand {
  private static let corrections = RequiredOperand(
    ValueReader<String>.file("CORRECTIONS"),
    help: "a file of corrections, as a report saves it"
  )
  private static let force = Flag(
    "force",
    help: "apply what fits, even if made for another video"
  )

  static let command = Command(
    "apply",
    abstract: "Put corrections into a transcript",
    examples: [
      .init(
        "tabscribe correct apply talk.corrections.json talk.json",
        "and into talk.html beside it"
      )
    ],
    discussion: """
      The file is written at once or not at all; corrections that are in it already are passed over. \
      For a transcript that was made anew, rows are found again by their old text and time.
      """,
    operands: [corrections, CorrectCommand.transcript],
    options: [OptionGroup("Safety", [force])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let file = try read(arguments[corrections], context)
    let transcript = try TranscriptOperands.one(
      arguments[CorrectCommand.transcript],
      context.workplace
    )
    let isForced = arguments[force]
    let change = try CorrectedFiles(transcript, context).change { document in
      let notice = try check(file, document, isForced: isForced)
      return Applied(addition: document.add(file.corrections), notice: notice, document: document)
    }
    show(change.value, change.files, context)
    return change.value.addition.problems.isEmpty ? .done : .incomplete
  }

  /// What became of a file of corrections.
  private struct Applied: Sendable {
    let addition: CorrectionsAddition
    /// What the user should know about where they were put.
    let notice: String?
    /// The transcript with them.
    let document: TranscriptDocument
  }

  private static func read(_ text: String, _ context: CommandContext) throws -> CorrectionsFile {
    let path = context.absolutePath(text)
    let json = try TranscriptOperand.json(text, at: path)
    do throws(TranscriptDocumentError) {
      return try CorrectionsFile(json: json)
    } catch {
      let isTranscript = json["segments"] != nil
      throw CommandError(
        "\(SafeText.quoted(text)) is not a file of corrections: \(SafeText.line("\(error)")).",
        remedy: isTranscript
          ? "The corrections come first, the transcript second."
          : "Give a file that a report saved, or a newer tabscribe.",
        details: ["path": .string(path)]
      )
    }
  }

  /// - Returns: What to say when the rows are others than those that were corrected.
  private static func check(
    _ file: CorrectionsFile,
    _ document: TranscriptDocument,
    isForced: Bool
  ) throws(CommandError) -> String? {
    if file.machineDigest == document.machineDigest { return nil }
    let source = document.source
    guard file.isMade(for: document) || isForced else {
      throw CommandError(
        "The corrections are for \(SafeText.quoted(file.sourceURI)), run "
          + "\(SafeText.line(file.run)), and the transcript is of \(SafeText.quoted(source.uri)).",
        remedy: "Give the transcript they were made for; --force applies what fits all the same."
      )
    }
    return "The rows are not those that were corrected (run \(SafeText.line(file.run))); they are "
      + "found again by text and time."
  }

  private static func show(_ applied: Applied, _ files: [String], _ context: CommandContext) {
    let (addition, document) = (applied.addition, applied.document)
    if let notice = applied.notice { context.status.message(notice) }
    if context.isJSON {
      return context.print(json: json(addition, document, files))
    }
    for problem in addition.problems {
      context.status.warning(CorrectionText.line(problem))
    }
    for move in addition.moves {
      let text = "Correction \(move.id): row \(move.row + 1) is row \(move.newRow + 1) now."
      context.status.message(SafeText.line(text))
    }
    let known = addition.knownCount > 0 ? ", \(addition.knownCount) there already" : ""
    let failed = addition.problems.isEmpty ? "" : ", \(addition.problems.count) not applied"
    context.print("\(addition.added.count) applied\(known)\(failed).")
    context.print(CorrectionText.checkedRows(document))
    for file in files { context.print("\(context.style.green("✓")) \(file)") }
  }

  private static func json(
    _ addition: CorrectionsAddition,
    _ document: TranscriptDocument,
    _ files: [String]
  ) -> JSONValue {
    [
      "applied": .array(addition.added.map { .string($0) }),
      "alreadyThere": .init(addition.knownCount),
      "problems": .array(addition.problems.map(CorrectionText.json)),
      "moved": .array(addition.moves.map(CorrectionText.json)),
      "checkedRows": .init(document.corrected.checkedRowCount),
      "rows": .init(document.transcript.segments.count),
      "files": .array(files.map { .string($0) }),
    ]
  }
}
