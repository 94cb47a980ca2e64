public import GeminiAPI
public import OrderedJSON
public import TabularExtraction
public import TranscriptModel

/// What is asked of a transcription, beside the source and the prompt: the one value that options,
/// lists, records, plans, runs and batches share.
///
/// What is `nil` is left to the prompt, the model or the source. ``fields`` tells of each setting how
/// it is named, read and written, and whether it makes other work.
public struct RequestSettings: Hashable, Sendable {
  /// Values for the prompt's variables, by name.
  public var parameters: JSONObject = [:]
  /// The model's id or alias, instead of the prompt's.
  public var model: String?
  /// How the tables are asked for.
  public var encoding = ReplyEncoding.json
  /// How much the model thinks, instead of what the prompt says.
  public var thinking = ThinkingSetting.automatic
  /// Where the clip begins, in source time.
  public var start: Timecode?
  /// Where the clip ends, in source time.
  public var end: Timecode?
  /// The length of sources whose length cannot be found out; what can be probed goes before it.
  public var duration: Timecode?
  /// Frames sampled each second, above 0 and at most 24.
  public var fps: Double?
  /// How much detail is seen in each frame, instead of the prompt's.
  public var mediaResolution: MediaResolution?
  /// What of a video is sent, instead of what the prompt says.
  public var layers: MediaLayers?
  /// Whether the sound of a local video is taken out here and sent in its place, which every model takes
  /// and which makes for a small upload.
  public var audioOnly = false
  /// Whether each channel of a local recording is asked about by itself, as the voice of one speaker.
  public var splitsChannels = false
  /// Whether the provider's speech model is asked for words and their times as well.
  public var asksSpeechModel = false
  /// How the model goes through a video; `nil` for frames at a fixed rate wherever something of it is
  /// set, else as the model does.
  public var processing: MediaProcessing?
  /// What times in a reply about a clip count from.
  public var timebase = Timebase.auto
  /// Whether and how the source is cut into clips that are asked about one by one.
  public var sharding = Sharding.automatic
  /// How much of a clip the next one repeats.
  public var overlap = Timecode(milliseconds: ClipPlanner.usualOverlap)
  /// 1 asks for words and voices at once, 2 for the words first and then whose they are.
  public var passes = 1
  /// Whether stretches without a row are asked for once more.
  public var fillsGaps = false
  /// Whether frames around voices that stay without a name are looked at once more, in high detail.
  public var sharpens = false
  /// Which of several askings of the same this is, `1...`: each further one is other work, so that
  /// answers to the same question can be set beside each other.
  public var repetition = 1
  /// The interface through which answers are asked for.
  public var api = GenerationAPI.generateContent
  /// The price and patience with which requests are served; `nil` leaves it to the service.
  public var serviceTier: ServiceTier?
  /// Whether and when caches of our own are created for requests that begin alike.
  public var cache = CachePolicy.automatic

  /// The platform that is asked.
  public var platform = ModelPlatform.aiStudio
  /// The project, where the platform has one; caches belong to it.
  public var project = ""
  /// The location, where the platform has one; caches belong to it.
  public var location = ""
  /// Whether the thinking is the user's order, and not a prompt's wish that is fitted to the model.
  public var thinkingIsOrdered = false
  /// Speakers known from elsewhere, one a line; the variable `known_speakers` of prompts that declare
  /// it, else added to their `context`.
  ///
  /// No part of what makes work the same: it grows with every transcript, so that otherwise nothing
  /// would ever count as done before.
  public var knownSpeakers = ""

  /// The settings of someone who asks for nothing special.
  public init() {}

  /// Settings for a model, the rest as usual.
  public init(model: String, mediaResolution: MediaResolution? = nil) {
    self.model = model
    self.mediaResolution = mediaResolution
  }

  /// The greatest sampling rate the service takes, in frames a second.
  ///
  /// - Source: Gemini API discovery document of 2026-08-31, `VideoMetadata.fps`.
  public static let greatestFPS = 24.0

  /// The frames the service looks at when nothing is said, per second.
  ///
  /// - Source: the Gemini API guide on video understanding, 2026-09.
  public static let usualFPS = 1.0

  /// The settings with a level in place of the automatic one, and what to say of it.
  ///
  /// - Parameters:
  ///   - length: How long what is sent is, in milliseconds; `nil` when that is not known.
  ///   - layers: What of the video is sent.
  /// - Source: Google's notebook "Unlocking Multimodal Video Transcription with Gemini"
  ///   (GoogleCloudPlatform/generative-ai, `gemini/use-cases/video-analysis`): for models of the
  ///   generation 2.5 it sees videos of less than five minutes at medium, since short ones tend to be
  ///   more detailed, and others at low; for newer models at low, to be raised for much detail.
  package func choosingResolution(
    length: Int?,
    layers: MediaLayers
  ) -> (settings: RequestSettings, notice: String?) {
    guard mediaResolution == .automatic else { return (self, nil) }
    var settings = self
    guard layers.hasFrames else {
      settings.mediaResolution = nil
      return (settings, "The setting mediaResolution auto has no effect: the sound alone is sent.")
    }
    let isShort = length.map { $0 < Self.shortVideo } ?? false
    settings.mediaResolution = isShort ? .medium : .low
    let why =
      length.map { _ in "\(isShort ? "less" : "not less") than five minutes are seen" }
      ?? "the length is not known"
    return (settings, "Frames are seen at \(isShort ? "medium" : "low") resolution: \(why).")
  }

  /// The length in milliseconds from which a video is seen at low resolution.
  private static let shortVideo = 300_000

  /// The name of the model; empty when none is said.
  var modelName: String { model ?? "" }

  /// Whether the model chooses the frames it looks at; without frames there is nothing to choose.
  public var isAgentic: Bool { processing == .agentic && layers?.hasFrames ?? true }

  /// The tier by which requests are billed.
  public var billedTier: ServiceTier { serviceTier ?? .standard }
}

extension MediaResolution {
  /// The level that the length of what is seen asks for; never sent.
  public static let automatic = MediaResolution(rawValue: "AUTO")
}

/// Whether and when caches of one's own are created.
public enum CachePolicy: String, Hashable, Sendable, CaseIterable {
  /// When they cost less than what is expected without.
  case automatic = "auto"
  /// For each group that is large enough.
  case always
  /// Not at all.
  case never
}
