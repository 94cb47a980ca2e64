internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptionRuns

/// `correct withhold`: names and passages that are not to go out, kept with a transcript.
enum CorrectWithholdCommand {
  private static let parts = RepeatedOperand(
    .text("WHAT"),
    minimum: 0,
    help: "words, rows as #12 or #12-15, speakers (their names), or redactions"
  )
  private static let file = ValueOption(
    "file",
    .text("FILE", completion: .files),
    help: "words, and rows as #12 or #12-15, a line each"
  )

  static let command = Command(
    "withhold",
    abstract: "Keep names and passages out of everything that goes out",
    examples: [
      .init("tabscribe correct withhold talk.json 'Ada Okoye'", "a name, wherever it stands"),
      .init("tabscribe correct withhold talk.json '#12-15'", "all that is said in these rows"),
      .init("tabscribe correct withhold last redactions", "what derive redact found"),
    ],
    discussion: """
      It is kept with the transcript, and with those of later runs of the recording, until correct undo \
      takes it back. Reports, exports, searches, comparisons, serve and what recipes are sent have a marker \
      in its place, and neither the recording nor what the machine wrote. Each file is read again after it \
      is written; where one tells, or rows cannot be found any more, nothing is left. Files that went out \
      before stay as they are.
      """,
    operands: [CorrectCommand.transcript, parts],
    options: [OptionGroup("What", [file])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let wanted =
      try arguments[parts].map { try WithheldPart($0) }
      + (arguments[file].map { try WithheldPart.lines(of: $0, context.workplace) } ?? [])
    guard !wanted.isEmpty, !wanted.contains(.words("")) else {
      throw CommandError.usage(
        "Nothing is named that is to be withheld.",
        remedy: "Give words, rows as #12, speakers or redactions, or a --file of them."
      )
    }
    let transcript = try TranscriptOperands.one(
      arguments[CorrectCommand.transcript],
      context.workplace
    )
    let date = MomentText.exact(context.now())
    let change = try CorrectedFiles(transcript, context).change { document in
      let new = try corrections(wanted, for: document, at: date)
      return Withholding(added: document.add(new.map(\.json)), document: document)
    }
    show(change.value, wanted, change.files, context)
    return change.value.added.problems.isEmpty ? .done : .incomplete
  }

  /// What came of it.
  private struct Withholding: Sendable {
    let added: CorrectionsAddition
    /// The transcript with it.
    let document: TranscriptDocument
  }

  /// The corrections that withhold what is wanted and is not withheld yet.
  private static func corrections(
    _ wanted: [WithheldPart],
    for document: TranscriptDocument,
    at date: String
  ) throws(CommandError) -> [Correction] {
    var known = document.corrected.restrictions
    var corrections: [Correction] = []
    for part in wanted {
      let restriction = try restriction(part, in: document)
      guard !known.contains(restriction) else { continue }
      known.append(restriction)
      let id = "w\(document.corrections.count + corrections.count + 1)"
      corrections.append(Correction(id: id, date: date, change: .withhold(restriction)))
    }
    return corrections
  }

  private static func restriction(
    _ part: WithheldPart,
    in document: TranscriptDocument
  ) throws(CommandError) -> Correction.Restriction {
    switch part {
    case .words(let words): return .words(words)
    case .speakers: return .speakers
    case .redactions: return .redactions
    case .rows(let range):
      let machine = Dictionary(
        document.transcript.segments.map { ($0.row, $0.start) },
        uniquingKeysWith: { first, _ in first }
      )
      let segments = document.corrected.transcript.segments
      // A row that a person added is known by its number alone.
      let places = segments.filter { range.contains($0.row) }
        .map { Correction.Place(row: $0.row, start: machine[$0.row] ?? nil) }
      let last = segments.map(\.row).max() ?? -1
      guard !places.isEmpty, range.upperBound <= last else {
        throw .usage(
          "There is no row \(min(range.upperBound, max(range.lowerBound, last + 1)) + 1): the last is "
            + "\(last + 1).",
          remedy: "Rows are counted from 1, as reports show them."
        )
      }
      return .rows(places)
    }
  }

  private static func show(
    _ done: Withholding,
    _ wanted: [WithheldPart],
    _ files: [String],
    _ context: CommandContext
  ) {
    let unfound = wanted.compactMap { part -> String? in
      guard case .words(let words) = part, !isSaid(words, in: done.document) else { return nil }
      return words
    }
    for words in unfound {
      context.status.warning("\(SafeText.quoted(words)) stands nowhere in the transcript.")
    }
    for problem in done.added.problems { context.status.warning(CorrectionText.line(problem)) }
    let restrictions = done.document.corrected.restrictions
    if context.isJSON {
      context.print(
        json: [
          "withheld": .array(done.added.added.map { .string($0) }),
          "restrictions": .init(restrictions.count),
          "notFound": .array(unfound.map { .string($0) }),
          "files": .array(files.map { .string($0) }),
        ]
      )
      return
    }
    context.print("Withheld from now on:")
    for restriction in restrictions {
      context.print("  " + SafeText.line(CorrectionText.summary(restriction)))
    }
    for file in files { context.print("\(context.style.green("✓")) \(file)") }
  }

  /// Whether words stand in a row, or in what is known of a speaker.
  private static func isSaid(_ words: String, in document: TranscriptDocument) -> Bool {
    let withheld = Withheld(words: [.init(words, kind: "text")])
    let transcript = document.corrected.transcript
    let texts =
      [transcript.segments.map(\.text).joined(separator: " ")]
      + transcript.speakers.flatMap { [$0.name, $0.company, $0.position, $0.role] }
      .compactMap(\.self)
    return texts.contains { !withheld.count(in: $0).isEmpty }
  }
}
