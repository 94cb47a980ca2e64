internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// `ask`: questions about finished transcripts, one after the other.
///
/// Each question is a run of `derive ask`: its answer goes into the transcript, and what was paid for is
/// kept and taken up as any run is.
enum AskCommand {
  /// The recipe that answers.
  static let recipe = "ask"
  /// The most bytes of a question.
  private static let longestQuestion = 4000
  /// The most transcripts that one question goes to.
  private static let mostTranscripts = 12

  private static let transcript = OptionalOperand(
    TranscriptOperand.reader,
    help: TranscriptOperands.help
  )
  private static let across = ValueOption(
    "across",
    .text("WORDS"),
    help: "ask the transcripts in which search finds WORDS, at most \(mostTranscripts)"
  )
  private static let anew = Flag("new", help: "leave aside what was asked before")

  static let command = Command(
    "ask",
    abstract: "Ask questions about finished transcripts, one after the other",
    examples: [
      .init("tabscribe ask talk.json", "type a question, read the answer, go on"),
      .init("tabscribe ask last --cost-limit 0.10", "until ten cents are spent"),
      .init(
        "tabscribe ask --across \"tide gauge\" < questions.txt",
        "all that speak of it, as one"
      ),
    ],
    discussion: """
      Reads a question a line from standard input. An answer comes with the words it rests on: their \
      time, speaker and row are looked up, and a link opens the moment. A question may refer to those \
      before, also of an earlier day. Answers go into the transcript, as derive puts them there; what \
      comes first is the same each time, so that the service has it in its cache. What several transcripts \
      answer is gathered: the rows that their answers rest on are asked once more, together.
      """,
    operands: [transcript],
    options: [
      OptionGroup(
        "Questions",
        [across, anew, TranscriptionOptions.contextFile] + DeriveCommand.asking
      ),
      OptionGroup(
        "Service",
        [
          TranscriptionOptions.backend, TranscriptionOptions.project, TranscriptionOptions.location,
        ] + SettingArgument.options(in: .service) + [TranscriptionOptions.costLimit]
      ),
      OptionGroup("Sending", [PlanningOptions.noEstimate] + TranscriptionOptions.sending),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let settings = try Settings(arguments, context)
    var session = AskSession(
      transcripts: try transcripts(arguments, context),
      arguments: arguments,
      context: context,
      limit: try settings.value(of: TranscriptionOptions.costLimit),
      isNew: arguments[anew]
    )
    session.greet()
    var input = LineReader(descriptor: context.standardInput, longest: longestQuestion)
    session.prompt()
    while session.isOpen, let line = await input.next() {
      if case .bytes(let bytes) = line, let text = String(validating: bytes, as: UTF8.self) {
        let question = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !question.isEmpty { try await session.ask(question) }
      } else {
        session.refuse("A question is a line of UTF-8 text of at most \(longestQuestion) bytes.")
      }
      session.prompt()
    }
    return try session.end()
  }

  /// What is asked: the transcript that is named, or those that have some words.
  private static func transcripts(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> [AskedTranscript] {
    switch (arguments[transcript], arguments[across]) {
    case (let name?, nil):
      return [AskedTranscript(try TranscriptOperands.single(name, context.workplace), context)]
    case (nil, let words?): return try found(words, context)
    default:
      throw CommandError.usage(
        "Say what is asked: a transcript, or --across WORDS.",
        remedy: "Give one of them; tabscribe runs list shows what there is."
      )
    }
  }

  /// The transcripts in which some words are found, those that fit best first.
  private static func found(
    _ words: String,
    _ context: CommandContext
  ) throws -> [AskedTranscript] {
    let store = try UserStore(context).reading()
    // Many moments of one transcript may come before the first of the next.
    let hits = try store.search(SearchQuery(words, limit: 500)).hits
    var items: [String] = []
    // Each once; what recipes made stands in the transcript that they worked on, and their own runs have
    // nothing but tables.
    for hit in hits
    where hit.row.table == nil || hit.place.source.kind != TranscriptDocument.importedKind {
      if !items.contains(hit.place.reference) { items.append(hit.place.reference) }
    }
    guard !items.isEmpty else {
      throw CommandError(
        "No transcript has \(SafeText.quoted(words)).",
        remedy: "Try fewer words, or the beginning of one: tabscribe search WORD*."
      )
    }
    if items.count > mostTranscripts {
      context.status.message(
        "\(items.count) transcripts have the words; the \(mostTranscripts) that fit best are asked."
      )
    }
    return try items.prefix(mostTranscripts).map {
      AskedTranscript(try TranscriptOperands.single($0, context.workplace), context)
    }
  }
}
