internal import CommandLineInterface
internal import HTMLReports
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// `score`: how good transcripts are, against a reference or by themselves.
enum ScoreCommand {
  private static let hypotheses = RepeatedOperand(
    ValueReader<String>.text("TRANSCRIPT", completion: .files),
    help: SpokenOperand.help
  )
  private static let references = RepeatedOption(
    "reference",
    short: "r",
    .text("FILE", completion: .files),
    help: "what was really said, as corrected: any of the same; several are scored against each"
  )
  private static let metrics = RepeatedOption(
    "metric",
    ValueReader<ScoreMetric>.choice("METRIC"),
    help: "what to measure (default: all that both sides allow)"
  )
  private static let normaliser = ValueOption(
    "normaliser",
    .choice("NAME", of: TextNormaliser.all.map(\.name)),
    help: "what counts as the same word (default words)"
  )
  private static let collar = ValueOption(
    "collar",
    .decimal("SECONDS", in: 0...60),
    help: "der: left out around each boundary, in all (default 0)"
  )
  private static let skipsOverlap = Flag(
    "skip-overlap",
    help: "der: leave out where several speak in the reference"
  )
  private static let wordCollar = ValueOption(
    "word-collar",
    .decimal("SECONDS", in: 0...3600),
    help: "tcpwer: how far apart the same word may be (default 5)"
  )
  private static let clip = Flag(
    "clip",
    help: "leave out what was transcribed before or after the reference"
  )
  static let command = Command(
    "score",
    abstract: "Measure transcripts, against a reference or by themselves",
    examples: [
      .init("tabscribe score talk.json --reference talk.stm", "every metric both sides allow"),
      .init("tabscribe score last -r talk.vtt --metric wer --html score.html", "words, as a page"),
      .init(
        "tabscribe score last.1 last.2",
        "without a reference: measures, and how far they agree"
      ),
    ],
    discussion: """
      WER, CER as jiwer counts, cpWER, tcpWER and ORC-WER as meeteval, DER and JER as \
      pyannote.metrics; names count as found whatever their titles, accents and order. How words are \
      made comparable decides more than most models do, and stands in every result. A metric that is \
      asked for and cannot be taken ends with exit code 3.
      """,
    operands: [hypotheses],
    options: [
      OptionGroup("Reference", [references, clip]),
      OptionGroup("Metrics", [metrics, normaliser, collar, skipsOverlap, wordCollar]),
      PageOption.group,
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let operands = try arguments[hypotheses].flatMap {
      try SpokenOperand.all($0, context.workplace)
    }
    let known = try arguments[references].flatMap {
      try SpokenOperand.all($0, isReference: true, context.workplace)
    }
    guard !known.isEmpty else { return try measure(operands, arguments, context) }
    let wanted = arguments[metrics]
    let settings = ScoreSheet.Settings(
      metrics: wanted.isEmpty ? ScoreMetric.allCases : ScoreMetric.allCases.filter(wanted.contains),
      normaliser: TextNormaliser.all.first { $0.name == arguments[normaliser] } ?? .words,
      collar: arguments[collar] ?? 0,
      skipsOverlap: arguments[skipsOverlap],
      wordCollar: arguments[wordCollar] ?? 5,
      isClipped: arguments[clip]
    )
    let sheets = operands.flatMap { operand in
      known.map { reference in
        ScoreSheet(
          (operand.name, operand.record),
          against: (reference.name, reference.record),
          settings
        )
      }
    }
    if arguments[PageOption.html] != nil { try write(sheets, operands[0], arguments, context) }
    if context.isJSON {
      let all = sheets.map { JSONValue.object($0.json) }
      context.print(json: all.count == 1 ? all[0] : ["scores": .array(all)])
    } else {
      for sheet in sheets { ScoreListing(sheet: sheet, context: context).show() }
    }
    let lacks = !wanted.isEmpty && sheets.contains { sheet in !wanted.allSatisfy(sheet.has) }
    return lacks ? .incomplete : .done
  }

  /// What can be said without a reference.
  private static func measure(
    _ operands: [SpokenOperand],
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> ExitCode {
    let idle: [(Bool, String)] = [
      (!arguments[metrics].isEmpty, "metric"), (arguments[collar] != nil, "collar"),
      (arguments[wordCollar] != nil, "word-collar"), (arguments[clip], "clip"),
      (arguments[skipsOverlap], "skip-overlap"), (arguments[PageOption.html] != nil, "html"),
      (arguments[normaliser] != nil, "normaliser"),
    ]
    for (isGiven, name) in idle where isGiven {
      throw CommandError.usage(
        "--\(name) needs a reference.",
        remedy: "Give what was really said with --reference."
      )
    }
    let transcripts = try operands.map { operand in
      guard let transcript = operand.transcript else {
        throw CommandError.usage(
          "\(SafeText.quoted(operand.name)) is by another tool and can only be scored against a "
            + "reference.",
          remedy: "Give one with --reference."
        )
      }
      return transcript
    }
    let measures = try transcripts.map { try TranscriptMeasures($0) }
    let agreements = RepeatAgreement.all(transcripts)
    if context.isJSON {
      context.print(
        json: [
          "transcripts": .array(measures.map(\.json)),
          "agreements": .array(agreements.map(\.json)),
        ]
      )
    } else {
      MeasureListing(measures: measures, agreements: agreements, context: context).show()
    }
    return .done
  }

  private static func write(
    _ sheets: [ScoreSheet],
    _ operand: SpokenOperand,
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws {
    guard sheets.count == 1 else {
      throw CommandError.usage(
        "A page shows one transcript against one reference.",
        remedy: "Name one of each, or leave --html out."
      )
    }
    let shown = [operand.transcript].compactMap(\.self)
    try PageOption.write(arguments, showing: shown, context) { media in
      ScorePage(sheet: sheets[0], source: operand.transcript?.document.source, media: media)
        .rendered()
    }
  }
}

extension ScoreSheet {
  /// Whether a metric was measured.
  func has(_ metric: ScoreMetric) -> Bool {
    switch metric {
    case .wer, .cer, .orcwer: counts[metric] != nil
    case .cpwer, .tcpwer: speakers[metric] != nil
    case .der: diarization != nil
    case .names: names != nil
    case .timing: timing != nil
    }
  }
}
