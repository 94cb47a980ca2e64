public import GeminiAPI
internal import HostSystem
public import MediaProbing
internal import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import Redacting
public import RequestPlanning
internal import TabularExtraction
public import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Turns videos into transcripts: prepares a request, sends it, stores the reply, and makes tables
/// of it.
///
///     let transcriber = Transcriber(client: client, catalog: try .builtIn())
///     let prepared = try await transcriber.prepare(
///       .localFile("talk.mp4"), prompt: prompt, settings: .init())
///     let document = try await transcriber.transcribe(prepared, in: store)
///     // document.transcript.segments: what was said, when, and by which voice
public struct Transcriber: Sendable {
  /// Talks to the service.
  public var client: GeminiClient
  /// The models and their prices.
  public var catalog: ModelCatalog
  /// Remembers which files the service keeps; `nil` sends each file every time.
  public var uploads: UploadRegistry?
  /// What the user's own runs have taught about the length of replies.
  public var learned = LearnedRates()
  /// The host name of the service that runs teach about; `nil` when nothing is to be learnt from
  /// what answers, since it is a recording.
  public var service: String?
  /// Whether answers are streamed; those of batches are not, and some models write less at once then.
  public var isStreamed = true
  /// Examines local files.
  public var prober = MediaProber()
  /// What is remembered of the length of media that lie elsewhere; `nil` remembers nothing.
  public var lengths: (any LengthMemory)?
  /// What is remembered of the versions of objects that the service fetches; `nil` knows them by their
  /// addresses alone.
  package var versions: (any VersionMemory)?
  /// Whether the service is asked how long files are that it keeps; nothing else is sent while preparing.
  public var asksForLengths = false
  /// The program and its version, for results.
  public var tool = "tabscribe"
  /// The folder for the sound of videos that is sent in their place; it is made where it is needed, and
  /// what lies in it for two days is removed.
  public var soundFolder = FilePath.joined(
    FileManager.default.temporaryDirectory.path,
    "tabscribe-sound"
  )
  /// Tells the time.
  public var now: @Sendable () -> Date = { Date() }

  /// The model used when neither the settings nor the prompt name one.
  public static let defaultModel = "gemini-3.5-flash-lite"

  /// What answers in the place of the service; `nil` for the service itself, and while nobody has answered
  /// yet.
  public var standIn: StandIn? {
    if client.configuration.isReplay { return .recording }
    return client.isEmulated ? .emulator : nil
  }

  /// A transcriber.
  public init(client: GeminiClient, catalog: ModelCatalog) {
    self.client = client
    self.catalog = catalog
  }

  /// Finds out everything that can be known about a transcription without sending anything.
  ///
  /// - Parameters:
  ///   - video: Where the media is.
  ///   - spelling: How results name the source; `nil` for the source's own description.
  ///   - title: What the recording is called, where that is known.
  ///   - language: The language spoken, a BCP 47 tag, where that is known.
  ///   - prompt: What to ask.
  ///   - wanted: How.
  /// - Throws: ``TranscriptionError``; `GeminiError` for sources that cannot be used;
  ///   `PromptError`; `MediaProbeError` for files that are no media.
  public func prepare(
    _ video: VideoSource,
    shownAs spelling: String? = nil,
    titled title: String? = nil,
    in language: String? = nil,
    prompt: ExtractionPrompt,
    settings wanted: RequestSettings
  ) async throws -> PreparedTranscription {
    if prompt.recipeForm != nil { throw Self.recipe(prompt) }
    let (asked, idleNotices) = prompt.withoutIdle(wanted)
    try asked.validate()
    if case .webURL(let address) = video {
      client.secrets.add(Redaction.signatures(of: address))
      try refuseExpired(address)
    }
    let shown = spelling ?? video.description
    let object = try await seenObject(of: video)
    let own = try delivery(of: video, object)
    let probedFacts = try await facts(of: video, object)
    let sound = try await sound(of: video, shownAs: shown, own, probedFacts, asked)
    let delivery = sound.alone ?? own
    let facts = sound.isAll ? probedFacts?.soundAlone : probedFacts
    let probed = facts?.durationMS.map { Timecode(milliseconds: $0) }
    var distant = DistantLength()
    if probed == nil, asked.duration == nil { distant = await distantLength(of: video) }
    let duration = probed ?? asked.duration ?? distant.stated
    let clip = try asked.clip(of: duration)
    let (settings, resolutionNotice) = asked.choosingResolution(
      length: (clip?.milliseconds ?? duration?.milliseconds),
      layers: prompt.layers(asked)
    )
    let model = settings.model ?? prompt.model ?? Self.defaultModel
    var media = MediaInput(
      facts: facts,
      mimeType: delivery.mimeType,
      isPart: settings.isPart(of: duration)
    )
    func drafted() throws -> (request: GenerateContentRequest, notices: [String]) {
      let fit = RequestFit(
        prompt: prompt,
        settings: settings,
        media: media,
        backend: client.configuration.backend,
        card: catalog.resolve(model)?.card
      )
      return try draft(fit, end: clip?.end ?? duration)
    }
    var (request, fitNotices) = try drafted()
    let effective = settings.completed(by: request, model: model, for: client.configuration.backend)
    let quote = Quote(
      effective,
      catalog: catalog,
      learned: learned,
      day: day,
      isStreamed: isStreamed
    )
    let whole = PlanRequest(
      source: PlanSource(
        name: shown,
        range: clip ?? duration.map { TimeRange(start: .zero, end: $0) },
        length: duration,
        media: media,
        facts: facts
      ),
      prompt: PlanPrompt(request, name: prompt.name, schema: prompt.schema),
      settings: effective
    )
    let stretches = try settings.clips(of: whole.shape, estimator: quote.cardEstimator)
    let clips = sound.channels.isEmpty ? stretches : sound.channels.flatMap { _ in stretches }
    // That there are several clips is known only now, and the prompt has words for it.
    if stretches.count > 1, !media.isPart {
      media.isPart = true
      request = try drafted().request
    }
    if request.generationConfig?.maxOutputTokens == nil,
      let tokens = quote.outputToAsk(for: whole.shape, in: clips)
    {
      request.generationConfig = request.generationConfig ?? GenerationConfig()
      request.generationConfig?.maxOutputTokens = tokens
    }
    let content = try SourceContent(of: video, object?.object)
    let sourceIdentity =
      if let content { content.fingerprint } else { await identity(of: video) }
    let identity = WorkIdentity(
      source: sourceIdentity,
      earlierSource: content?.fingerprint ?? video.description,
      prompt: prompt,
      settings: effective,
      asked: settings,
      probed: probed,
      configuration: client.configuration
    )
    var source = Self.describe(video, shown, own, duration)
    (source.title, source.language) = (title, language)
    source.recordedAt = probedFacts?.recordedAt
    var prepared = PreparedTranscription(
      source: source,
      delivery: delivery,
      prompt: prompt,
      settings: settings,
      effective: effective,
      model: model,
      clip: clip,
      clips: clips,
      notices: quote.notices + fitNotices + idleNotices + Self.trackNotices(probedFacts, of: shown)
        + asked.lengthNotices(probed: probed, duration: duration)
        + distant.notices(of: shown) + sound.notices
        + [resolutionNotice, client.configuration.residencyNotice].compactMap(\.self),
      identity: identity.digest,
      earlierIdentity: identity.earlierDigest,
      content: content,
      facts: facts,
      rememberedLength: distant.remembered,
      recipe: nil,
      backend: client.configuration.backend,
      quote: quote,
      planPrompt: PlanPrompt(request, name: prompt.name, schema: prompt.schema),
      request: request
    )
    (prepared.channels, prepared.wordsDelivery) = (sound.channels, sound.words)
    return prepared
  }

  /// The request with its media still to be filled in, and what to know of it.
  private func draft(
    _ fit: RequestFit,
    end: Timecode?
  ) throws -> (request: GenerateContentRequest, notices: [String]) {
    let (prompt, settings) = (fit.prompt, fit.settings)
    let input = prompt.variables(settings, end: end, media: fit.media, card: fit.card)
    var request = try RequestBuilder(
      prompt: try prompt.template.render(PromptData(input: input)),
      promptName: prompt.name,
      schema: prompt.schema,
      settings: settings
    ).request()
    let notices = try fit.fit(&request)
    return (request, notices)
  }

  /// Today, as far as prices go.
  var day: CalendarDay { CalendarDay(secondsSince1970: Int(now().timeIntervalSince1970)) }

  /// Refuses an address whose signature has ended, which the service could not fetch.
  private func refuseExpired(_ address: String) throws {
    guard let expiry = SignedAddress(address)?.expiry, expiry <= now() else { return }
    throw GeminiError(
      .unsupportedSource,
      "\(Redaction.url(address)) was signed until \(MomentText.exact(expiry)), which is past",
      remedy: "sign the address anew; what was transcribed before is found again"
    )
  }

  /// Facts of a local file or an object; without a prober a stated length has to do.
  private func facts(of source: VideoSource, _ object: SeenObject?) async throws -> MediaFacts? {
    if let object { return try await facts(of: object) }
    guard case .localFile(let path) = source else { return nil }
    do {
      return try await prober.probe(path: path)
    } catch let error as MediaProbeError where error.reason == .proberMissing {
      return nil
    }
  }

  /// What stands still or falls silent long before the other ends was seldom meant so.
  private static func trackNotices(_ facts: MediaFacts?, of name: String) -> [String] {
    guard let picture = facts?.video?.durationMS, let sound = facts?.soundMS else { return [] }
    let difference = abs(picture - sound)
    // Encoders end tracks some frames apart; a tenth of the length is no such thing.
    guard difference > 5000, difference > max(picture, sound) / 10 else { return [] }
    let lengths = [picture, sound].map { Timecode(milliseconds: $0).rendered }
    return ["The picture of \(name) lasts \(lengths[0]), its sound \(lengths[1])."]
  }

  private static func describe(
    _ source: VideoSource,
    _ spelling: String,
    _ delivery: MediaDelivery,
    _ duration: Timecode?
  ) -> TranscriptDocument.Source {
    TranscriptDocument.Source(
      uri: spelling,
      kind: source.kind,
      stem: source.stem,
      mimeType: delivery.mimeType,
      durationMS: duration?.milliseconds
    )
  }
}

extension MediaDelivery {
  /// The media type, when it is known.
  var mimeType: String? {
    switch self {
    case .reference(let data): data.mimeType
    case .inline(_, let mimeType), .inlineObject(_, let mimeType): mimeType
    case .upload(let upload): upload.mimeType
    case .uploaded, .nothing: nil
    }
  }
}
