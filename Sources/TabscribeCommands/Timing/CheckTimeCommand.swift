internal import AudioTiming
internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptionRuns

/// `check-time`: the times of a transcript, held against the sound.
enum CheckTimeCommand {
  private static let transcript = RequiredOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )

  static let command = Command(
    "check-time",
    abstract: "Hold the times of a transcript against the sound",
    examples: [
      .init("tabscribe check-time talk.json", "rows in silence, speech without rows, drift"),
      .init("tabscribe check-time last --media talk.mp4", "a recording that was moved"),
    ],
    discussion: """
      Nothing is sent: ffmpeg decodes the recording, and speech is told from pauses, noise and, as far \
      as that can be done, music. Rows are matched to speech by rhythm, in any language. Findings \
      end the command with exit code 3; tabscribe help findings explains them.
      """,
    operands: [transcript],
    options: [OptionGroup("Sound", [SoundOperand.media])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let operand = try TranscriptOperands.single(arguments[transcript], context.workplace)
    let document = operand.document
    let sound = try await SoundOperand.listen(to: operand, arguments, context)
    let result = TimeFindings(
      document.corrected.transcript,
      table: TranscriptTables(document.tables).rows?.name ?? "transcripts",
      in: sound.activity,
      of: document.run.clip
    )
    if context.isJSON {
      context.print(json: json(result, sound.activity, operand))
    } else {
      show(result, sound.activity, context)
    }
    return result.findings.isEmpty ? .done : .incomplete
  }

  private static func show(
    _ result: TimeFindings,
    _ activity: SpeechActivity,
    _ context: CommandContext
  ) {
    let speech = Timecode(milliseconds: result.check.speechMS / 1000 * 1000).rendered
    let length = Timecode(milliseconds: activity.durationMS / 1000 * 1000).rendered
    let rows = NumberText.counted(result.positions.count, "row")
    context.print("\(rows) with a time; \(speech) of speech in \(length) of sound.")
    if result.findings.isEmpty { return context.print("No findings.") }
    for finding in result.findings { context.print(FindingText.line(finding)) }
  }

  private static func json(
    _ result: TimeFindings,
    _ activity: SpeechActivity,
    _ operand: TranscriptOperand
  ) -> JSONValue {
    let check = result.check
    let segments = operand.document.transcript.segments
    func row(_ position: Int) -> JSONValue { .init(segments[result.positions[position]].row) }
    let pieces = check.line.pieces.map { piece -> JSONValue in
      [
        "fromRow": result.positions.isEmpty ? .null : row(piece.firstRow),
        "offset": .init(piece.offset),
      ]
    }
    let stretches = check.untranscribed.map { stretch -> JSONValue in
      [
        "startMS": .init(stretch.range.start.milliseconds),
        "endMS": .init(stretch.range.end.milliseconds), "speechMS": .init(stretch.speechMS),
        "afterRow": stretch.after.map(row) ?? .null,
      ]
    }
    return [
      "transcript": .string(operand.spelling), "rows": .init(result.positions.count),
      "durationMS": .init(activity.durationMS), "speechMS": .init(check.speechMS),
      "isOff": .bool(check.isOff), "drift": .init(check.line.drift),
      "spread": .init(check.line.spread), "pieces": .array(pieces),
      "rowsInSilence": .array(check.silentRows.map(row)), "untranscribed": .array(stretches),
      "findings": .array(result.findings.map(\.json)),
    ]
  }
}
