internal import AudioTiming
internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// `align`: rows that start when the words do.
enum AlignCommand {
  private static let transcript = RequiredOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )
  private static let language = ValueOption(
    "language",
    .text("TAG"),
    help: "of rows that state none (default: guessed)"
  )
  private static let applies = Flag("apply", help: "put the times into the transcript")

  static let command = Command(
    "align",
    abstract: "Set the times of a transcript by the sound",
    examples: [
      .init("tabscribe align talk.json", "says what it would change"),
      .init("tabscribe align talk.json --apply", "and reports and exports have it"),
      .init("tabscribe align last --language sr --media talk.mp4", "a language, a recording"),
    ],
    discussion: """
      Nothing is sent: espeak-ng speaks each row, and the row goes where the recording sounds most like \
      it, near where the rhythm of speech puts it. A row that is not found keeps its time, moved with \
      its neighbours, and is named. The times stand among the corrections; correct undo takes them back.
      """,
    operands: [transcript],
    options: [
      OptionGroup("Sound", [SoundOperand.media, language]), OptionGroup("Result", [applies]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let operand =
      try arguments[applies]
      ? TranscriptOperands.one(arguments[transcript], context)
      : TranscriptOperands.single(arguments[transcript], context)
    let speaker = try await speaker()
    if let tag = arguments[language], speaker.voice(for: tag) == nil {
      throw CommandError.usage(
        "espeak-ng has no voice for the language \(SafeText.quoted(tag)).",
        remedy: "Give one that espeak-ng --voices lists, or a related one."
      )
    }
    let sound = try await SoundOperand.listen(to: operand, detail: true, arguments, context)
    let alignment = await AlignedTranscript(
      operand.document,
      language: arguments[language],
      in: sound,
      by: speaker
    )
    var files: [String] = []
    if arguments[applies],
      let correction = alignment.correction(at: MomentText.exact(context.now()))
    {
      let change = try CorrectedFiles(operand, context).change { $0.add([correction.json]) }
      for problem in change.value.problems { context.status.warning(CorrectionText.line(problem)) }
      guard change.value.problems.isEmpty else { return .incomplete }
      files = change.files
    }
    if context.isJSON {
      context.print(json: json(alignment, operand, isApplied: arguments[applies], files))
    } else {
      show(alignment, isApplied: arguments[applies], files, context)
    }
    return .done
  }

  private static func speaker() async throws(CommandError) -> RowSpeaker {
    do throws(SoundError) {
      return try await RowSpeaker()
    } catch {
      throw CommandError(
        "Rows cannot be set by the sound: \(error).",
        remedy: "Install it: apt install espeak-ng, or brew install espeak-ng."
      )
    }
  }

  /// Rows that a person reads one by one.
  private static let mostRows = 20

  private static func show(
    _ alignment: AlignedTranscript,
    isApplied: Bool,
    _ files: [String],
    _ context: CommandContext
  ) {
    let rows = alignment.rows
    let lost = rows.filter { !$0.time.isFound }
    for row in lost.prefix(mostRows) {
      let place = Timecode(milliseconds: row.time.startMS).rendered
      context.print(
        SafeText.line(
          "row \(row.number + 1) was not found, and stays at \(place): "
            + SafeText.quoted(row.text, limit: 60)
        )
      )
    }
    if lost.count > mostRows {
      context.print("… and \(NumberText.grouped(lost.count - mostRows)) more.")
    }
    let moves = rows.filter(\.time.isFound).map { abs($0.time.startMS - $0.beforeMS) }.sorted()
    let middle = moves.isEmpty ? 0 : moves[moves.count / 2]
    let found =
      "\(NumberText.grouped(moves.count)) of \(NumberText.counted(rows.count, "row")) found"
    let end = isApplied || moves.isEmpty ? "" : "; --apply puts the times into the transcript"
    context.print("\(found), half of them moved by \(middle) ms or more\(end).")
    for file in files { context.print("\(context.style.green("✓")) \(file)") }
  }

  private static func json(
    _ alignment: AlignedTranscript,
    _ operand: TranscriptOperand,
    isApplied: Bool,
    _ files: [String]
  ) -> JSONValue {
    let rows = alignment.rows.map { row -> JSONValue in
      [
        "row": .init(row.number), "beforeMS": .init(row.beforeMS),
        "startMS": .init(row.time.startMS), "endMS": .init(row.time.endMS),
        "confidence": .init(row.time.confidence),
        "wordsMS": .array(row.time.wordsMS.map { .init($0) }),
      ]
    }
    return [
      "transcript": .string(operand.spelling), "made": .bool(isApplied),
      "found": .init(alignment.rows.count { $0.time.isFound }), "rows": .array(rows),
      "files": .array(files.map { .string($0) }),
    ]
  }
}

/// The rows of a transcript with their times in the sound.
struct AlignedTranscript {
  /// A row.
  struct Row {
    let number: Int
    let text: String
    /// When the machine lets it begin.
    let beforeMS: Int
    let time: RowAlignment.Row
  }

  /// The rows that have a time, in the order of their times.
  let rows: [Row]

  /// Looks for the rows of a document, in the words that people corrected, from where the machine put them.
  init(
    _ document: TranscriptDocument,
    language: String?,
    in sound: SoundProfile,
    by speaker: RowSpeaker
  ) async {
    var segments = document.corrected.transcript.segments
    for (position, machine) in document.transcript.segments.enumerated() {
      segments[position].start = machine.start
      segments[position].end = machine.end
      segments[position].endIsEstimate = machine.endIsEstimate
    }
    let positions = segments.timedPositions
    let spoken = positions.compactMap { position -> SpokenRow? in
      guard let row = SpokenRow(segments[position]) else { return nil }
      return SpokenRow(
        text: row.text,
        startMS: row.startMS,
        endMS: row.endMS,
        language: row.language ?? language
      )
    }
    let check = TimeCheck(spoken, in: sound.activity, of: document.run.clip)
    let alignment = await RowAlignment(spoken, in: sound, from: check, by: speaker)
    rows = positions.indices.map { index in
      let segment = segments[positions[index]]
      return Row(
        number: segment.row,
        text: segment.text,
        beforeMS: spoken[index].startMS,
        time: alignment.rows[index]
      )
    }
  }

  /// The times as a correction; `nil` when there is no row.
  func correction(at date: String) -> Correction? {
    guard !rows.isEmpty else { return nil }
    var seen: Set<Int> = []
    let times = rows.filter { seen.insert($0.number).inserted }.map { row in
      Correction.RowTime(
        row: row.number,
        before: Timecode(milliseconds: row.beforeMS),
        start: Timecode(milliseconds: row.time.startMS),
        end: Timecode(milliseconds: max(row.time.startMS, row.time.endMS)),
        confidence: (row.time.confidence * 1000).rounded() / 1000
      )
    }
    return Correction(id: "times", date: date, change: .times(times))
  }
}
