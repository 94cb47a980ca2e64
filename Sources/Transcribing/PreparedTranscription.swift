internal import Digests
public import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
public import RequestPlanning
internal import TabularExtraction
public import TranscriptModel
internal import TranscriptRecipes

/// A transcription that is ready to be sent: nothing has been, and everything is known.
public struct PreparedTranscription: Sendable {
  /// The source, as results show it.
  public internal(set) var source: TranscriptDocument.Source
  /// How the media gets to the service.
  public internal(set) var delivery: MediaDelivery
  /// The prompt and its tables.
  public let prompt: ExtractionPrompt
  /// What was asked for.
  public let settings: RequestSettings
  /// What holds: what was asked for, with what the prompt and the service add.
  public let effective: RequestSettings
  /// The model's id.
  public let model: String
  /// The part of the source that is sent; `nil` for all of it, or when its end is not known.
  public let clip: TimeRange?
  /// The clips that are asked about one by one, in order; a single `nil` when the end of the source
  /// is not known, or the prompt does not ask for it.
  public let clips: [TimeRange?]
  /// What should be known before sending, one sentence each.
  public let notices: [String]
  /// What makes it the same work at another time: source, prompt, model and settings.
  public let identity: String
  /// What stores of the first version call the same work; `nil` for work that they do not know.
  public let earlierIdentity: String?
  /// What a local source holds, when it is at hand.
  let content: SourceContent?
  /// What the file says about itself, for local files that could be probed.
  let facts: MediaFacts?
  /// How long a source that lies elsewhere was before, where nobody says how long it is.
  let rememberedLength: Timecode?
  /// What a recipe is asked about; `nil` for work about media.
  public let recipe: RecipeWork?
  /// Which service it is for.
  let backend: GeminiConfiguration.Backend
  /// What requests take and cost.
  var quote: Quote
  /// The prompt, as far as planning goes.
  var planPrompt: PlanPrompt
  /// The request, its media still to be filled in.
  var request: GenerateContentRequest
  /// The channels that are asked about one by one, each in all clips; none where the recording is asked
  /// about as one.
  var channels: [SoundChannel] = []
  /// Which channel it is about, from 0; `nil` for all of the recording.
  var channelNumber: Int?
  /// How the sound gets to the speech model, where that is asked as well.
  var wordsDelivery: MediaDelivery?

  /// By what stores may know the same work, the newest spelling first.
  public var identities: [String] { [identity] + [earlierIdentity].compactMap(\.self) }

  /// What makes two requests ask the same, however their prompts are written: the digest of the
  /// request as it is rendered, with what it is about and how its answer is read.
  package var renderedDigest: String {
    var settings = effective
    // What variables make of a prompt stands in its text.
    settings.parameters = [:]
    let parts: JSONValue = [
      "source": .string(content?.fingerprint ?? source.uri), "model": .string(model),
      "request": request.json, "schema": prompt.schema.source,
      "settings": settings.identityJSON,
    ]
    return SHA256.hexadecimal(of: parts.rendered())
  }

  /// The text of the request as it is rendered; the rows of a transcript are left out, which is kept
  /// elsewhere.
  package var promptText: String {
    let text = request.contents.flatMap(\.parts).compactMap(\.text).joined(separator: "\n\n")
    guard let recipe, let piece = recipe.pieces.first else { return text }
    return text.replacing(recipe.rows.text(of: piece.shown), with: "{{transcript}}")
  }

  /// The length of the source, when it is known.
  var duration: Timecode? { source.durationMS.map(Timecode.init(milliseconds:)) }

  /// The stretch that a transcript should cover, when it is known.
  var stretch: TimeRange? {
    clip ?? duration.map { TimeRange(start: .zero, end: $0) }
  }
}
