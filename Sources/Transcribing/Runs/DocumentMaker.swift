internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptStitching

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Makes the document of an item from the replies about its clips.
struct DocumentMaker {
  let prepared: PreparedTranscription
  /// What the document calls the run.
  let run: String
  let startedAt: Date
  let tool: String
  /// The money that was to be expected; `nil` when it was not known.
  let estimate: CostRange?
  /// What answered in the place of the service; `nil` for the service itself.
  let standIn: StandIn?

  /// A document and what is kept beside it.
  struct Made: Sendable {
    var document: TranscriptDocument
    /// Which voices of which clips are one; `nil` for a single reply.
    let merges: JSONValue?
  }

  /// The document; what a clip without a reply lacks is a finding.
  ///
  /// - Throws: The error of the first clip when no clip has a reply.
  func document(
    of clips: [Result<ClipResult, any Error>],
    findings: [Finding] = [],
    using merges: VoiceMergeTable? = nil,
    silences: [TimeRange]? = nil
  ) throws -> Made {
    let answered = clips.compactMap { try? $0.get() }
    guard !answered.isEmpty else { return try Made(nothing: clips) }
    if let recipe = prepared.recipe { return made(of: clips, by: recipe, findings) }
    var assembler = prepared.assembler
    assembler.silences = silences
    let stitched =
      prepared.channels.isEmpty
      ? TranscriptStitcher(assembler: assembler)
        .stitch(answered.flatMap(\.recoveredPieces), using: merges)
      : ChannelMerger(assembler: assembler).merge(channels(of: clips))
    let replies = answered.flatMap(\.tableReplies).map(\.reply)
    let all = answered.flatMap(\.allReplies).map(\.reply)
    let findings =
      endings(of: clips) + emptyClips(answered)
      + ReplyFindings.mended(stitched.findings, in: stitched.tables)
      + prepared.quote.servedFindings(replies) + findings
    let document = TranscriptDocument(
      source: prepared.source,
      run: runFacts(replies),
      tables: stitched.tables,
      transcript: stitched.transcript,
      findings: findings,
      usage: usage(of: all),
      cost: cost(of: all),
      isComplete: answered.count == clips.count && answered.allSatisfy(\.isCovered)
        && !findings.tellOfNothing
    )
    guard prepared.channels.isEmpty else { return Made(document: document, merges: nil) }
    let isStitched = answered.reduce(0) { $0 + $1.pieces.count } > 1
    // What a person has decided stays as they put it.
    let table = merges ?? stitched.merges
    return Made(document: document, merges: isStitched ? table.json : nil)
  }

  /// What replies say of each channel.
  private func channels(of clips: [Result<ClipResult, any Error>]) -> [ChannelMerger.Channel] {
    prepared.channels.enumerated().map { number, channel in
      let own = clips.indices.filter { prepared.channel(ofPart: $0) == number }
      return ChannelMerger.Channel(
        name: channel.name,
        pieces: own.compactMap { try? clips[$0].get() }.flatMap(\.recoveredPieces)
      )
    }
  }

  /// The document of a recipe: its tables, without rows of its own.
  private func made(
    of clips: [Result<ClipResult, any Error>],
    by recipe: RecipeWork,
    _ findings: [Finding]
  ) -> Made {
    let answered = clips.compactMap { try? $0.get() }
    let replies = answered.flatMap(\.allReplies).map(\.reply)
    let derived = derived(
      of: clips,
      recipe,
      // How far estimates were off is told of the run; tables that are read for years need not say it.
      findings: endings(of: clips) + prepared.quote.servedFindings(replies)
        + findings.filter { $0.code != .estimateOff }
    )
    let document = TranscriptDocument(
      source: prepared.source,
      run: runFacts(replies),
      tables: derived.tables,
      transcript: Transcript(),
      findings: derived.findings,
      usage: usage(of: replies),
      cost: cost(of: replies),
      isComplete: answered.count == clips.count && answered.allSatisfy(\.isCovered)
        && !derived.findings.contains { [.rowsUnanswered, .answerMissing].contains($0.code) }
    )
    return Made(document: document, merges: nil)
  }

  /// How the replies ended, and which clips have none.
  private func endings(of clips: [Result<ClipResult, any Error>]) -> [Finding] {
    zip(prepared.clips, clips).flatMap { clip, result -> [Finding] in
      switch result {
      case .success(let clip): return clip.endings
      case .failure(let error):
        let stretch = clip.map { "\($0.start.rendered) to \($0.end.rendered)" } ?? "everything"
        return [Finding(.truncated, "There is no reply about \(stretch): \(error).")]
      }
    }
  }

  /// The clips about which there is not one row, where others have some.
  private func emptyClips(_ clips: [ClipResult]) -> [Finding] {
    let empty = clips.filter { $0.isCovered && !$0.hasRows }
    guard clips.count > 1, empty.count < clips.count else { return [] }
    return empty.map { clip in
      let stretch = "\(clip.range.start.rendered) to \(clip.range.end.rendered)"
      return Finding(.noRows, "The reply about \(stretch) has not one row.")
    }
  }

  private func usage(of replies: [ReceivedReply]) -> Usage? {
    let counts = replies.compactMap(\.usage)
    guard let first = counts.first else { return nil }
    return Usage(counts.dropFirst().reduce(first, +))
  }

  private func cost(of replies: [ReceivedReply]) -> TranscriptDocument.Cost {
    let costs = replies.filter { !$0.usages.isEmpty }.map(prepared.quote.bill)
    let isKnown = !costs.isEmpty && !costs.contains(nil)
    return TranscriptDocument.Cost(
      estimatedLow: estimate?.low,
      estimatedHigh: estimate?.high,
      billed: isKnown ? costs.compactMap(\.self).reduce(0, +) : nil
    )
  }

  private func runFacts(_ replies: [ReceivedReply]) -> TranscriptDocument.Run {
    let reasons = replies.compactMap(\.finishReason)
    return TranscriptDocument.Run(
      id: run,
      startedAt: MomentText.exact(startedAt),
      tool: tool,
      backend: prepared.effective.platform.rawValue,
      standIn: standIn,
      model: prepared.model,
      modelVersion: replies.lazy.compactMap(\.modelVersion).first,
      prompt: prepared.prompt.name,
      promptDigest: prepared.prompt.digest,
      schema: prepared.prompt.schema.name,
      encoding: prepared.settings.encoding.rawValue,
      clip: prepared.clip,
      parameters: parameters,
      finishReason: (reasons.last { $0 != .stop } ?? reasons.last)?.rawValue
    )
  }

  /// What was set, as sent; the schema is named elsewhere.
  private var parameters: JSONObject {
    var parameters = prepared.request.generationConfig?.json.object ?? JSONObject()
    parameters["responseJsonSchema"] = nil
    parameters["responseMimeType"] = nil
    let unusual = prepared.settings.unusualParameters.members
    let variables = prepared.settings.parameters.members.filter { $0.key != "context" }
    for (name, value) in unusual + variables {
      parameters[name] = value
    }
    return parameters
  }
}

extension DocumentMaker.Made {
  /// There is nothing to make a document of.
  fileprivate init(nothing clips: [Result<ClipResult, any Error>]) throws {
    for clip in clips { _ = try clip.get() }
    throw TranscriptionError(
      .invalidSource,
      "There is nothing to ask about.",
      remedy: "Give a clip that has a length."
    )
  }
}

extension ClipResult {
  /// How the replies ended, and what kept the rest from being asked for.
  fileprivate var endings: [Finding] {
    let isCovered = isCovered
    let findings = replies.flatMap { reply in
      isCovered
        ? ReplyFindings.findingsOfRecovered(reply.reply) : ReplyFindings.findings(reply.reply)
    }
    let refused = refused.map { hole in
      Finding(
        .blocked,
        "The service did not write out \(hole.start.rendered) to \(hole.end.rendered), asked for in "
          + "smaller clips too; another model may."
      )
    }
    guard let failure else { return findings + refused }
    return findings + refused + [
      Finding(.truncated, "The rest could not be asked for: \(failure.description).")
    ]
  }
}
