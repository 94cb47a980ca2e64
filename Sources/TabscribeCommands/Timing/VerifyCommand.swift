internal import AudioTiming
internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// `verify`: the times of a transcript whose recording is not at hand, held against short stretches of it.
enum VerifyCommand {
  private static let transcript = RequiredOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )
  private static let windows = ValueOption(
    "windows",
    .integer("N", in: 2...50),
    help: "stretches that are asked about (default 5)"
  )
  private static let applies = Flag("apply", help: "put the times into the transcript")
  /// The length of a stretch: a dozen rows, and no time for times to run away.
  private static let windowMS = 40_000

  static let command = Command(
    "verify",
    abstract: "Hold times against a recording that is not at hand",
    examples: [
      .init("tabscribe verify last --dry-run", "what it would ask, and what that costs"),
      .init("tabscribe verify last --cost-limit 0.10", "offset, drift, doubtful stretches"),
      .init("tabscribe verify talk.json --apply", "and moves the rows accordingly"),
    ],
    discussion: """
      For videos of YouTube, gs:// and other addresses, to which nobody here can listen; check-time and \
      align are exact and free where the recording is a file. A few stretches of 40 seconds are asked \
      about by themselves, so that their times cannot have run away, and the transcript's words are \
      looked for in them. Rows between them move in proportion. Ends with exit code 3 when times are off \
      by more than a second, or a stretch has other words than the transcript.
      """,
    operands: [transcript],
    options: [
      OptionGroup("Asking", [windows] + SettingArgument.options(of: "model") + [applies]),
      OptionGroup(
        "Service",
        [TranscriptionOptions.backend, TranscriptionOptions.project, TranscriptionOptions.location]
          + SettingArgument.options(in: .service) + [TranscriptionOptions.costLimit]
      ),
      OptionGroup(
        "Sending",
        [
          RunSettings.jobs, RunSettings.maxFailures, RunSettings.noContinue,
          TranscribeCommand.dryRun,
        ] + TranscriptionOptions.sending
      ),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let operand = try TranscriptOperands.only(
      arguments[transcript],
      forChanges: arguments[applies],
      context.workplace
    )
    let rows = TimedRows(operand.document)
    let settings = try Settings(arguments, context)
    let preparation = try WorkPreparation(
      settings,
      context,
      makesStore: !arguments[TranscribeCommand.dryRun]
    )
    let tasks = try tasks(about: operand, rows, arguments, settings, context)
    let work = try await preparation.prepare(tasks)
    if let refused = work.refused.first { throw refused }
    let plan = try preparation.transcriber.plan(work.work.map(\.prepared))
    for line in PlanListing(plan: plan, done: 0, work: work.work.count).summary {
      context.status.message(line)
    }
    if arguments[TranscribeCommand.dryRun] {
      try TranscribeCommand.printRequests(
        work.work,
        of: preparation.transcriber,
        settings,
        context,
        nil
      )
      return .done
    }
    try preparation.transcriber.client.requireCredentials()
    var options = try RunSettings.options(settings, context)
    // What people corrected belongs to the whole transcript.
    options.carriesCorrections = false
    let session = try RunSession(
      settings: settings,
      context: context,
      transcriber: preparation.transcriber,
      writer: nil,
      arguments: arguments,
      ledger: nil
    )
    let ending = try await session.ending(of: work, takingUp: nil, options)
    let line = WindowLine(try heard(in: ending.outcomes, rows))
    guard line.isKnown || !line.windows.isEmpty else { return ending.show(context) }
    return try finish(line, rows, operand, isApplied: arguments[applies], context)
  }

  /// The stretches, spread evenly over the transcript.
  private static func tasks(
    about operand: TranscriptOperand,
    _ rows: TimedRows,
    _ arguments: ParsedArguments,
    _ settings: Settings,
    _ context: CommandContext
  ) throws -> [WorkPreparation.Preparing] {
    guard let first = rows.spoken.first, let last = rows.spoken.last else {
      throw CommandError(
        "\(SafeText.quoted(operand.spelling)) has no row with a time.",
        remedy: "Give a transcript with times."
      )
    }
    let document = operand.document
    var request = SettingArgument.requestSettings(arguments)
    request.model = request.model ?? document.run.model
    request.duration = document.source.durationMS.map { Timecode(milliseconds: $0) }
    let prompt = try PromptLookup(context.workplace).extractionPrompt("transcribe-audio")
    let end = min(document.source.durationMS ?? last.startMS, last.startMS + windowMS)
    let count = min(arguments[windows] ?? 5, max(1, (end - first.startMS) / windowMS))
    let room = max(0, end - first.startMS - windowMS)
    return (0..<count).map { index in
      let start = first.startMS + (count == 1 ? 0 : room * index / (count - 1))
      request.start = Timecode(milliseconds: start / 1000 * 1000)
      request.end = Timecode(
        milliseconds: min(start / 1000 * 1000 + windowMS, max(end, start + 1000))
      )
      return WorkPreparation.Preparing(
        spelling: operand.media(context.workplace) ?? document.source.uri,
        prompt: prompt,
        settings: request,
        isOneOfSeveral: true,
        part: "\(request.start?.rendered ?? "") to \(request.end?.rendered ?? "")"
      )
    }
  }

  /// What the answers tell, in the order of the recording.
  private static func heard(
    in outcomes: [WorkOutcome],
    _ rows: TimedRows
  ) throws -> [WindowMatch] {
    try outcomes.compactMap { outcome -> WindowMatch? in
      guard let document = try outcome.document, let range = document.run.clip else {
        return nil
      }
      return WindowMatch(range, of: rows.spoken, heard: TimedRows(document).spoken)
    }.sorted { $0.range.start < $1.range.start }
  }

  private static func finish(
    _ line: WindowLine,
    _ rows: TimedRows,
    _ operand: TranscriptOperand,
    isApplied: Bool,
    _ context: CommandContext
  ) throws -> ExitCode {
    var files: [String] = []
    if isApplied, line.isOff {
      let times = rows.correction(by: line, at: MomentText.exact(context.now()))
      guard let changed = try CorrectedFiles(operand, context).setTimes(times) else {
        return .incomplete
      }
      files = changed
    }
    if context.isJSON {
      context.print(json: json(line, operand, isApplied: isApplied && line.isOff, files))
    } else {
      show(line, isApplied: isApplied, files, context)
    }
    return line.isOff && !isApplied || !line.doubtful.isEmpty ? .incomplete : .done
  }

  private static func show(
    _ line: WindowLine,
    isApplied: Bool,
    _ files: [String],
    _ context: CommandContext
  ) {
    for window in line.windows {
      let place = "\(window.range.start.rendered) to \(window.range.end.rendered)"
      let words = "\(window.found) of \(NumberText.counted(window.words, "word")) found"
      guard window.words > 0 else {
        context.print("\(place)  nothing is heard")
        continue
      }
      guard let offset = window.offsetMS else {
        context.print("\(place)  \(words): doubtful, listen there")
        continue
      }
      let side = offset < 0 ? "after" : "before"
      context.print("\(place)  \(words); rows stand \(seconds(offset)) s \(side) them")
    }
    if abs(line.drift) >= 0.0005, line.isOff {
      let way = line.drift > 0 ? "gain" : "lose"
      let percent = Int((abs(line.drift) * 1000).rounded())
      context.print("Times \(way) \(percent / 10).\(percent % 10) %.")
    }
    guard line.isOff else {
      return context.print(
        line.isKnown ? "Times are right within a second." : "No stretch told a time."
      )
    }
    if !isApplied { context.print("--apply moves the rows accordingly.") }
    for file in files { context.print("\(context.style.green("✓")) \(file)") }
  }

  private static func seconds(_ milliseconds: Int) -> String {
    "\(abs(milliseconds) / 1000).\(abs(milliseconds) % 1000 / 100)"
  }

  private static func json(
    _ line: WindowLine,
    _ operand: TranscriptOperand,
    isApplied: Bool,
    _ files: [String]
  ) -> JSONValue {
    let windows = line.windows.map { window -> JSONValue in
      [
        "startMS": .init(window.range.start.milliseconds),
        "endMS": .init(window.range.end.milliseconds), "words": .init(window.words),
        "found": .init(window.found), "offsetMS": window.offsetMS.map { .init($0) } ?? .null,
      ]
    }
    return [
      "transcript": .string(operand.spelling), "windows": .array(windows),
      "isOff": .bool(line.isOff), "drift": .init(line.drift),
      "doubtful": .init(line.doubtful.count), "made": .bool(isApplied),
      "files": .array(files.map { .string($0) }),
    ]
  }
}

/// The rows of a transcript that have a time, in the order of their times, as the machine stated them.
private struct TimedRows {
  let spoken: [SpokenRow]
  private let numbers: [Int]

  init(_ document: TranscriptDocument) {
    let segments = document.transcript.segments
    let positions = segments.timedPositions
    spoken = positions.compactMap { SpokenRow(segments[$0]) }
    numbers = positions.map { segments[$0].row }
  }

  /// The rows moved by a line; that seconds are all that is known of them makes their ends estimates.
  func correction(by line: WindowLine, at date: String) -> Correction {
    var seen: Set<Int> = []
    var reached = 0
    var times: [Correction.RowTime] = []
    for (number, row) in zip(numbers, spoken) where seen.insert(number).inserted {
      let start = max(reached, line.place(row.startMS))
      reached = start
      times.append(
        Correction.RowTime(
          row: number,
          before: Timecode(milliseconds: row.startMS),
          start: Timecode(milliseconds: start),
          end: Timecode(milliseconds: max(start, row.endMS.map(line.place) ?? start)),
          confidence: 0
        )
      )
    }
    return Correction(id: "times", date: date, change: .times(times))
  }
}
