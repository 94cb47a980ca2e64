internal import Digests
internal import GeminiAPI
internal import OrderedJSON
internal import PromptTemplates
public import RequestPlanning
internal import TabularExtraction
public import TranscriptModel
internal import TranscriptRecipes

extension Transcriber {
  /// Finds out everything that can be known about a recipe for a transcript without sending anything.
  ///
  /// - Parameters:
  ///   - transcript: The finished transcript.
  ///   - spelling: How messages and the store name it.
  ///   - isMachine: Whether the words are the machine's, without corrections.
  ///   - prompt: What to ask; its front matter has `tabscribe.recipe`.
  ///   - wanted: How.
  /// - Throws: ``TranscriptionError`` with the code `invalidSource` for a transcript without rows and
  ///   `invalidPrompt` for a prompt that is no recipe; `PromptError`.
  public func prepare(
    _ transcript: TranscriptDocument,
    shownAs spelling: String,
    isMachine: Bool = false,
    recipe prompt: ExtractionPrompt,
    settings wanted: RequestSettings
  ) throws -> PreparedTranscription {
    guard let form = prompt.recipeForm else { throw Self.noRecipe(prompt) }
    let (settings, idleNotices) = prompt.withoutIdle(wanted)
    try settings.validate()
    let corrected = isMachine ? transcript.applying([]) : transcript.corrected
    let rows = NumberedRows(corrected.transcript)
    guard !rows.rows.isEmpty else {
      throw TranscriptionError(
        .invalidSource,
        "\(spelling) has no row, so there is nothing to work on.",
        remedy: "Transcribe it anew, or name another transcript."
      )
    }
    let backend = client.configuration.backend
    let model = settings.model ?? prompt.model ?? Self.defaultModel
    let card = catalog.resolve(model)?.card
    let work = RecipeWork(form: form, rows: rows, card: card, platform: backend.platform)
    let shown = rows.text(of: work.pieces[0].shown)
    var request = try RequestBuilder(recipe: prompt, settings, rows: shown).request()
    let fit = RequestFit(
      prompt: prompt,
      settings: settings,
      media: .text,
      backend: backend,
      card: card
    )
    let notices = try fit.fit(&request)
    let effective = settings.completed(by: request, model: model, for: backend)
    let quote = Quote(
      effective,
      catalog: catalog,
      learned: learned,
      day: day,
      isStreamed: isStreamed
    )
    let identity = WorkIdentity(
      source: "rows \(rows.digest) \(SHA256.hexadecimal(of: rows.text(of: rows.rows.indices)))",
      earlierSource: "",
      prompt: prompt,
      settings: effective,
      asked: settings,
      probed: nil,
      configuration: client.configuration
    )
    return PreparedTranscription(
      source: .init(
        uri: spelling,
        kind: TranscriptDocument.importedKind,
        stem: transcript.source.stem,
        title: transcript.source.title,
        durationMS: transcript.source.durationMS,
        language: transcript.source.language,
        recordedAt: transcript.source.recordedAt
      ),
      delivery: .nothing,
      prompt: prompt,
      settings: settings,
      effective: effective,
      model: model,
      clip: nil,
      clips: work.pieces.map { _ in nil },
      notices: quote.notices + notices + idleNotices
        + [client.configuration.residencyNotice].compactMap(\.self),
      identity: identity.digest,
      earlierIdentity: nil,
      content: nil,
      facts: nil,
      rememberedLength: nil,
      recipe: work,
      backend: backend,
      quote: quote,
      planPrompt: try PlanPrompt(withoutRows: prompt, settings),
      request: request
    )
  }

  /// What a recipe is expected to ask about media that are still to be transcribed, as far as planning
  /// goes; `nil` where their length is not known.
  ///
  /// - Throws: As ``prepare(_:shownAs:isMachine:recipe:settings:)``.
  public func forecast(
    _ prompt: ExtractionPrompt,
    about media: PreparedTranscription,
    settings: RequestSettings
  ) throws -> PlanRequest? {
    guard let form = prompt.recipeForm else { throw Self.noRecipe(prompt) }
    // The rows are not there yet: as many tokens as are likely to be spoken stand for them.
    let request = try RequestBuilder(recipe: prompt, settings, rows: "?").request()
    guard let stretch = media.stretch else { return nil }
    let tokens = SpokenText.tokens(milliseconds: stretch.milliseconds)
    var plan = try PlanPrompt(withoutRows: prompt, settings)
    plan.isAbout(
      GivenRows(
        count: SpokenText.rows(milliseconds: stretch.milliseconds),
        tokens: tokens,
        isEach: form == .rows
      ),
      shown: tokens
    )
    return PlanRequest(
      source: PlanSource(
        name: media.source.uri,
        range: stretch,
        hasVideo: false,
        hasAudio: false
      ),
      prompt: plan,
      settings: settings.completed(
        by: request,
        model: settings.model ?? prompt.model ?? Self.defaultModel,
        for: client.configuration.backend
      )
    )
  }

  /// A recipe cannot be asked about media.
  static func recipe(_ prompt: ExtractionPrompt) -> TranscriptionError {
    TranscriptionError(
      .invalidPrompt,
      "The prompt \(prompt.name) is a recipe: it asks about a transcript, not about a video.",
      remedy: "Transcribe the video, then: tabscribe derive \(prompt.name) TRANSCRIPT."
    )
  }

  private static func noRecipe(_ prompt: ExtractionPrompt) -> TranscriptionError {
    TranscriptionError(
      .invalidPrompt,
      "The prompt \(prompt.name) is no recipe: it asks about a video, not about a transcript.",
      remedy: "Give it to tabscribe transcribe, or put tabscribe.recipe into its front matter."
    )
  }
}
