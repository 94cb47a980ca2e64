internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The answers of several transcripts to one question as one: the rows that they rest on are asked once
/// more, all together and nothing else.
///
/// It costs little, and invents nothing: an answer rests on rows again, which are looked up in the
/// transcripts that they come from.
struct GatheredAnswer {
  /// A row that an answer rests on.
  private struct Source {
    let transcript: AskedTranscript
    let citation: AskedTurn.Citation
  }

  private let question: String
  private let sources: [Source]

  /// - Parameter turns: What transcripts answered, in their order.
  /// - Returns: `nil` where fewer than two of them have an answer that rests on a row: there is nothing to
  ///   gather.
  init?(_ question: String, _ turns: [(transcript: AskedTranscript, turn: AskedTurn)]) {
    self.question = question
    var sources: [Source] = []
    var count = 0
    for (transcript, turn) in turns {
      var rows: Set<Int> = []
      for citation in turn.answers.filter({ $0.text != nil }).flatMap(\.citations) {
        guard let row = citation.row, citation.text != nil, rows.insert(row).inserted else {
          continue
        }
        sources.append(Source(transcript: transcript, citation: citation))
      }
      if !rows.isEmpty { count += 1 }
    }
    guard count > 1 else { return nil }
    self.sources = sources
  }

  /// Asks, as a run of its own that stays in the run store.
  ///
  /// - Parameters:
  ///   - settings: Those of the command line, which name the service and the model.
  ///   - limit: What may be spent; `nil` for no limit.
  func asked(
    _ settings: Settings,
    _ arguments: ParsedArguments,
    within limit: Decimal?,
    _ context: CommandContext
  ) async throws -> RunEnding {
    let transcriber = try TranscriptionSession.transcriber(settings)
    var asked = try SettingArgument.requestSettings(settings)
    asked.parameters["questions"] = .string(question)
    let prepared = try transcriber.prepare(
      document,
      shownAs: "\(Self.count(of: sources)) transcripts: \(question)",
      recipe: PromptLookup(context.workplace).extractionPrompt(AskCommand.recipe),
      settings: asked
    )
    var options = try RunSettings.options(settings, context)
    options.costLimit = limit
    options.listens = false
    let session = try RunSession(
      settings: settings,
      context: context,
      transcriber: transcriber,
      arguments: arguments,
      ledger: nil
    )
    return try await session.ending(
      of: PreparedWork(work: [NamedWork(prepared: prepared, stem: AskCommand.recipe)]),
      takingUp: nil,
      options
    )
  }

  private static func count(of sources: [Source]) -> Int {
    Set(sources.map(\.transcript.spelling)).count
  }

  /// The rows as a transcript of their own, each spoken by the speaker of a title.
  private var document: TranscriptDocument {
    var voices: [String] = []
    let segments = sources.enumerated().map { row, source in
      let label = "\(source.transcript.title), \(source.citation.speaker ?? "?")"
      if !voices.contains(label) { voices.append(label) }
      return TranscriptSegment(
        row: row,
        start: source.citation.start,
        end: nil,
        endIsEstimate: false,
        voice: (voices.firstIndex(of: label) ?? 0) + 1,
        text: source.transcript.words(ofRow: source.citation.row) ?? source.citation.text ?? ""
      )
    }
    let speakers = voices.enumerated().map { Speaker(voice: $0 + 1, name: $1) }
    return TranscriptDocument(
      source: .init(uri: "", kind: TranscriptDocument.importedKind, stem: AskCommand.recipe),
      run: .init(
        id: "",
        startedAt: "",
        tool: "",
        backend: "",
        model: "",
        prompt: "",
        promptDigest: "",
        schema: "",
        encoding: ""
      ),
      tables: [],
      transcript: Transcript(segments: segments, speakers: speakers),
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
  }

  /// What was answered, its citations those of the transcripts.
  func answers(of document: TranscriptDocument) -> [Answer] {
    AskedTurn(question, document.tables, about: "").answers.map { answer in
      Answer(
        text: answer.text,
        citations: answer.citations.map { citation in
          let source = citation.row.flatMap {
            sources.indices.contains($0 - 1) ? sources[$0 - 1] : nil
          }
          guard let source else { return (nil, citation) }
          return (
            source.transcript,
            AskedTurn.Citation(
              row: source.citation.row,
              start: source.citation.start,
              speaker: source.citation.speaker,
              text: citation.text,
              match: citation.match
            )
          )
        }
      )
    }
  }

  /// One answer; a citation of no transcript names a row that there is not.
  struct Answer {
    /// The answer; `nil` where the rows do not have one.
    let text: String?
    let citations: [(transcript: AskedTranscript?, citation: AskedTurn.Citation)]
  }
}
