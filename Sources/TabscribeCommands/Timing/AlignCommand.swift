internal import AudioTiming
internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import TranscriptImport
internal import TranscriptModel
internal import TranscriptionRuns

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
  private static let words = ValueOption(
    "with",
    .file(),
    help: "take the times from another tool's transcript"
  )
  private static let applies = Flag("apply", help: "put the times into the transcript")

  static let command = Command(
    "align",
    abstract: "Set the times of a transcript by the sound",
    examples: [
      .init("tabscribe align talk.json", "says what it would change"),
      .init("tabscribe align talk.json --apply", "and reports and exports have it"),
      .init("tabscribe align talk.json --with whisper.json", "by its words, without the sound"),
    ],
    discussion: """
      Nothing is sent: espeak-ng speaks each row, and the row goes where the recording sounds most like \
      it, near where the rhythm of speech puts it. A row that is not found keeps its time, moved with \
      its neighbours, and is named. --with reads what import reads, best with times of words: Whisper, \
      WhisperX, Deepgram, AssemblyAI, YouTube json3; where the recording is at hand, rows that the \
      sound has elsewhere by more than a second are a finding, and exit code 3. The times stand among the corrections; correct \
      undo takes them back.
      """,
    operands: [transcript],
    options: [
      OptionGroup("Sound", [SoundOperand.media, language, words]), OptionGroup("Result", [applies]),
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
    let alignment = try await alignment(of: operand, arguments, context)
    let findings =
      arguments[words] == nil
      ? []
      : try await SoundAgainstWords(operand, language: arguments[language])
        .findings(on: alignment, arguments, context)
    var files: [String] = []
    if arguments[applies],
      let correction = alignment.correction(at: MomentText.exact(context.now()))
    {
      guard let changed = try CorrectedFiles(operand, context).setTimes(correction) else {
        return .incomplete
      }
      files = changed
    }
    if context.isJSON {
      context.print(json: json(alignment, findings, operand, isApplied: arguments[applies], files))
    } else {
      show(alignment, isApplied: arguments[applies], files, context)
      for finding in findings { context.print(FindingText.line(finding)) }
    }
    return findings.isEmpty ? .done : .incomplete
  }

  private static func alignment(
    of operand: TranscriptOperand,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> AlignedTranscript {
    if let other = arguments[words] {
      let words = try read(other, context)
      return AlignedTranscript(operand.document) { WordMatch.times(of: $0, from: words) }
    }
    let speaker = try await SoundOperand.speaker()
    if let tag = arguments[language], speaker.voice(for: tag) == nil {
      throw CommandError.usage(
        "espeak-ng has no voice for the language \(SafeText.quoted(tag)).",
        remedy: "Give one that espeak-ng --voices lists, or a related one."
      )
    }
    let sound = try await SoundOperand.listen(to: operand, detail: true, arguments, context)
    return await AlignedTranscript(
      operand.document,
      language: arguments[language],
      in: sound,
      by: speaker
    )
  }

  private static func read(_ text: String, _ context: CommandContext) throws -> [WordMatch.Word] {
    let bytes = try HostFiles.read(context.absolutePath(text), limit: TranscriptImporter.limit)
    let words: [WordMatch.Word]
    do throws(ImportError) {
      words = try TranscriptImporter.words(bytes).map {
        WordMatch.Word(text: $0.text, startMS: $0.startMS, endMS: $0.endMS)
      }
    } catch {
      throw CommandError(
        "\(SafeText.quoted(text)) cannot be read: \(SafeText.line(error.description)).",
        remedy: "tabscribe help imports lists what can be read."
      )
    }
    guard !words.isEmpty else {
      throw CommandError(
        "\(SafeText.quoted(text)) has no word with a time.",
        remedy: "Give a transcript with times, best one with times of words."
      )
    }
    return words
  }

  /// Rows that a person reads one by one.
  private static let mostRows = 20

  private static func show(
    _ alignment: AlignedTranscript,
    isApplied: Bool,
    _ files: [String],
    _ context: CommandContext
  ) {
    let rows = alignment.rows.filter(\.isSpoken)
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
    _ findings: [Finding],
    _ operand: TranscriptOperand,
    isApplied: Bool,
    _ files: [String]
  ) -> JSONValue {
    let rows = alignment.rows.map { row -> JSONValue in
      [
        "row": .init(row.number), "beforeMS": .init(row.beforeMS),
        "startMS": .init(row.time.startMS), "endMS": .init(row.time.endMS),
        "confidence": .init(row.time.confidence),
        "wordsMS": .array(row.time.words.map { .init($0.startMS) }),
        "wordEndsMS": .array(row.time.words.map { .init($0.endMS) }),
      ]
    }
    return [
      "transcript": .string(operand.spelling), "made": .bool(isApplied),
      "found": .init(alignment.rows.count { $0.time.isFound }), "rows": .array(rows),
      "findings": .array(findings.map(\.json)),
      "files": .array(files.map { .string($0) }),
    ]
  }
}
