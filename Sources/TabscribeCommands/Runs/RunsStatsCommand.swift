internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel
internal import TranscriptionRuns

/// `runs stats`: who talks how much, how fast, and for how long at a stretch.
enum RunsStatsCommand {
  private static let machine = Flag("machine", help: "without corrections")

  static let command = Command(
    "stats",
    abstract: "Say who talks how much, how fast, and how long at a stretch",
    examples: [
      .init("tabscribe runs stats last", "talk and listen times, turns, words a minute"),
      .init("tabscribe runs stats talk.json --json", "the same for machines"),
    ],
    discussion: """
      Nothing is sent. Where rows state no ends, times are estimates: a row lasts until the next one \
      begins, at most 2 seconds and 0.6 for each word.
      """,
    operands: [TranscriptOperands.several],
    options: [OptionGroup("Words", [machine])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    try TranscriptOperands.each(arguments, context) { operand, isOneOfSeveral in
      let document = operand.document
      let transcript =
        arguments[machine] ? document.transcript : document.corrected.transcript
      let stretch =
        document.run.clip
        ?? document.source.durationMS.map {
          TimeRange(start: .zero, end: Timecode(milliseconds: $0))
        }
      let statistics = transcript.statistics(of: stretch)
      let said = json(statistics, transcript)
      guard !context.isJSON else { return said }
      if isOneOfSeveral { context.print(context.style.bold(SafeText.line(operand.spelling))) }
      context.print(table(statistics, transcript))
      context.print(summary(statistics))
      return said
    }
  }

  private static func table(
    _ statistics: TranscriptStatistics,
    _ transcript: Transcript
  ) -> TextTable {
    var table = TextTable([
      .words("speaker", mayShrink: true), .numbers("talks"), .numbers("share"),
      .numbers("talks : listens"), .numbers("turns"), .numbers("longest"), .numbers("words"),
      .numbers("words/min"),
    ])
    for (speaker, figures) in zip(transcript.speakers, statistics.speakers) {
      table.add([
        speaker.label, clock(figures.talkTimeMS), NumberText.percent(figures.share),
        figures.talkToListenRatio.map { "\(($0 * 100).rounded() / 100)" } ?? "–",
        NumberText.grouped(figures.turns), clock(figures.longestTurnMS),
        NumberText.grouped(figures.words),
        figures.wordsPerMinute.map { "\(Int($0.rounded()))" } ?? "–",
      ])
    }
    return table
  }

  private static func summary(_ statistics: TranscriptStatistics) -> String {
    let words = NumberText.counted(statistics.words, "word")
    let coverage = statistics.coverage.map { ", \(NumberText.percent($0)) of the time" } ?? ""
    let note = statistics.isEstimate ? " (ends are estimates)" : ""
    return "\(words) in \(clock(statistics.coveredMS)) of speech\(coverage)\(note)."
  }

  private static func clock(_ milliseconds: Int) -> String {
    Timecode(milliseconds: milliseconds / 1000 * 1000).rendered
  }

  private static func json(
    _ statistics: TranscriptStatistics,
    _ transcript: Transcript
  ) -> JSONObject {
    let speakers = zip(transcript.speakers, statistics.speakers).map { speaker, figures in
      var object: JSONObject = [
        "voice": .init(speaker.voice), "label": .string(speaker.label),
        "talkMS": .init(figures.talkTimeMS), "listenMS": .init(figures.listenTimeMS),
        "share": .init(figures.share), "turns": .init(figures.turns), "rows": .init(figures.rows),
        "longestTurnMS": .init(figures.longestTurnMS), "words": .init(figures.words),
      ]
      object["talkToListen"] = figures.talkToListenRatio.map { .init($0) }
      object["wordsPerMinute"] = figures.wordsPerMinute.map { .init($0) }
      return JSONValue.object(object)
    }
    var object: JSONObject = [
      "words": .init(statistics.words),
      "speechMS": .init(statistics.coveredMS), "isEstimate": .bool(statistics.isEstimate),
      "speakers": .array(speakers),
    ]
    object["coverage"] = statistics.coverage.map { .init($0) }
    return object
  }
}
