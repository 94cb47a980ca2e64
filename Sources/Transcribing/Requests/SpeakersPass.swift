internal import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel
internal import TranscriptStitching

/// Asks whose voices a transcript has, with the transcript given back.
///
/// The second of two passes; also the way to the speakers of a reply that ended before it named
/// them. The media come first in the request, so that the cache of the first pass serves them.
struct SpeakersPass {
  /// Rows of the transcript that are given back at most; what more there is changes no voice.
  private static let rowLimit = 4000

  let prompt: ExtractionPrompt
  let prepared: PreparedTranscription

  /// The request about a stretch whose rows are known.
  ///
  /// - Throws: ``TranscriptionError``, `PromptError`.
  func order(about range: TimeRange, _ transcript: Transcript) throws -> RequestOrder {
    try order(about: range, rows: Self.rows(of: transcript))
  }

  /// The request about a stretch in which a voice has no name yet, seen in high detail.
  ///
  /// - Throws: ``TranscriptionError``, `PromptError`.
  func order(forNamesIn range: TimeRange, _ transcript: Transcript) throws -> RequestOrder {
    var part = transcript
    part.segments = transcript.segments.filter {
      $0.start.map { range.start <= $0 && $0 < range.end } ?? false
    }
    return try order(.names, about: range, rows: Self.rows(of: part), at: .high)
  }

  /// The request about a stretch, or all of it, with rows that stand for its transcript.
  ///
  /// - Parameter resolution: How much detail is seen; `nil` leaves it to settings and prompt.
  func order(
    _ kind: RequestOrder.Kind = .speakers,
    about range: TimeRange?,
    rows: String,
    at resolution: MediaResolution? = nil
  ) throws -> RequestOrder {
    let range = range ?? .toTheEnd(from: .zero)
    var settings = prepared.settings
    if let resolution { settings.mediaResolution = resolution }
    settings.parameters = prepared.settings.parameters.declared(by: prompt)
    settings.parameters["transcript"] = .string(rows)
    let rendered = try prompt.template.render(
      PromptData(
        input: prompt.variables(
          settings,
          end: range.isOpenEnded ? nil : range.end,
          media: prepared.mediaInput,
          card: prepared.quote.resolution?.card
        )
      )
    )
    var request = try RequestBuilder(
      prompt: rendered,
      promptName: prompt.name,
      schema: prompt.schema,
      settings: settings
    ).request()
    _ = try prepared.fit(prompt).fit(&request)
    return RequestOrder(
      kind: kind,
      range: range,
      request: prepared.shown(request, range),
      model: prepared.model,
      schema: prompt.schema,
      encoding: settings.encoding
    )
  }

  /// Start, voice and text of each row, a line each.
  private static func rows(of transcript: Transcript) -> String {
    transcript.segments.prefix(rowLimit).map { segment in
      let start = segment.start?.rendered ?? "?"
      let voice = segment.voice.map { "\($0)" } ?? "?"
      let text = segment.text.split(whereSeparator: \.isNewline).joined(separator: " ")
      return "\(start)\t\(voice)\t\(text)"
    }.joined(separator: "\n")
  }
}

extension JSONObject {
  /// The members that a prompt declares as inputs.
  fileprivate func declared(by prompt: ExtractionPrompt) -> JSONObject {
    let properties = prompt.template.metadata.inputSchema?["properties"]
    return JSONObject(members.filter { properties?[$0.key] != nil }.map { ($0.key, $0.value) })
  }
}

extension ClipTranscriber {
  /// Asks whose voices are heard, where that is to be asked, and puts the answer beside the rows.
  ///
  /// Without being told to, only after a reply that ended too soon: a model that was done and named
  /// nobody is not asked to think again.
  func describeSpeakers(of result: inout ClipResult, _ prompt: ExtractionPrompt) async throws {
    let isAlwaysAsked = sender.job.prepared.settings.passes == 2
    guard result.failure == nil, !result.pieces.isEmpty,
      isAlwaysAsked || result.pieces.contains(where: { $0.ending != .whole })
    else { return }
    let stitched = stitched(result)
    guard
      isAlwaysAsked || stitched.transcript.speakers.contains(where: { !$0.isDescribed })
    else { return }
    let pass = SpeakersPass(prompt: prompt, prepared: sender.job.prepared)
    let order = try pass.order(about: result.range, stitched.transcript)
    do {
      let reply = try await sender.reply(to: order)
      result.add(speakers: reply, to: order, beside: stitched)
    } catch let error as GeminiError {
      result.failure = error
    }
  }

  /// What the replies say so far, as one.
  func stitched(_ result: ClipResult) -> StitchedReply {
    var assembler = sender.job.prepared.assembler
    if !result.range.isOpenEnded { assembler.clip = result.range }
    return TranscriptStitcher(assembler: assembler).stitch(result.pieces)
  }
}
