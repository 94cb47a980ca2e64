import CurlHTTP
import GeminiAPI
import GeminiEmulation
import OrderedJSON
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// What of the media is sent, and by which fields it is cut.
@Suite struct MediaLayersTests {
  private static let sound = "https://example.org/talk.mp3"

  private func prepared(
    _ address: String = EmulatedWork.address,
    prompt: String = "transcribe",
    platform: Bool = false,
    _ change: (inout RequestSettings) -> Void = { _ in }
  ) async throws -> PreparedTranscription {
    var settings = RequestSettings()
    settings.duration = Timecode(milliseconds: 3_600_000)
    settings.sharding = .off
    change(&settings)
    let configuration =
      platform
      ? try GeminiConfiguration(environment: [
        "GOOGLE_GENAI_USE_ENTERPRISE": "true", "GOOGLE_CLOUD_PROJECT": "p", "GOOGLE_API_KEY": "k",
      ]) : GeminiConfiguration(apiKey: Secret("k"))
    let client = GeminiClient(configuration: configuration, transport: CurlTransport())
    return try await Transcriber(client: client, catalog: .builtIn()).prepare(
      try VideoSource(parsing: address),
      prompt: try EmulatedWork.prompt(prompt),
      settings: settings
    )
  }

  private func media(
    _ work: PreparedTranscription,
    about range: TimeRange? = nil
  ) throws -> Part {
    guard case .reference(let data) = work.delivery else {
      throw GeminiError(.unsupportedSource, "an address is due", remedy: "")
    }
    let order = work.order(.clip, about: range ?? work.clips[0])
    let request = order.request.replacingPlaceholder(with: .fileData(data))
    return try #require(request.contents.flatMap(\.parts).first { $0.text == nil })
  }

  private static let minute = TimeRange(
    start: Timecode(milliseconds: 60_000),
    end: Timecode(milliseconds: 120_000)
  )

  @Test func soundIsCutByItsOwnFields() async throws {
    let asked = try media(
      try await prepared(Self.sound) {
        $0.start = Self.minute.start
        $0.end = Self.minute.end
        $0.fps = 2
      }
    )
    let offsets = AudioMetadata(startOffset: .seconds(60), endOffset: .seconds(120))
    #expect(asked.audioMetadata == offsets)
    #expect(asked.videoMetadata == nil && asked.mediaProcessing == nil)
    let clip = try media(try await prepared(Self.sound), about: Self.minute)
    #expect(clip.audioMetadata == offsets)
    #expect(clip.videoMetadata == nil && clip.mediaProcessing == nil)
    let whole = try media(try await prepared(Self.sound))
    #expect(whole.audioMetadata == nil && whole.videoMetadata == nil)
    let video = try media(try await prepared(), about: Self.minute)
    #expect(video.audioMetadata == nil)
    #expect(video.videoMetadata?.endOffset == .seconds(120))
    #expect(video.mediaProcessing == .fixedRate)
  }

  @Test func soundOnAgentPlatformGetsTimestamps() async throws {
    func stamps(_ address: String, platform: Bool) async throws -> Bool? {
      try await prepared(address, platform: platform).request.generationConfig?.audioTimestamp
    }
    #expect(try await stamps(Self.sound, platform: true) == true)
    #expect(try await stamps(Self.sound, platform: false) == nil)
    #expect(try await stamps(EmulatedWork.address, platform: true) == nil)
  }

  @Test(arguments: ["voices", "sounds", "transcribe-audio"])
  func promptsForSoundAskForSoundOnly(_ name: String) async throws {
    let alone = try await prepared(prompt: name)
    #expect(try media(alone).videoMetadata?.contentLayers == [.audio])
    let hour = try #require(alone.planRequest.shape.flatMap(alone.quote.tokens))
    #expect((hour.video, hour.audio) == (0, 90_000))
    let text = alone.request.contents.flatMap(\.parts).compactMap(\.text).joined()
    #expect(text.contains("counted from the beginning of the audio"))
    let both = try await prepared(prompt: name) { $0.layers = .both }
    let whole = try #require(both.planRequest.shape.flatMap(both.quote.tokens))
    #expect(whole.video + whole.audio == 342_000)
    #expect(try media(both).videoMetadata == nil)
    #expect(alone.identity != both.identity)
  }

  @Test func shortVideosAreSeenInMoreDetail() async throws {
    func seen(_ minutes: Int, prompt: String = "transcribe") async throws -> (String, String?) {
      let work = try await prepared(prompt: prompt) {
        $0.mediaResolution = .automatic
        $0.end = Timecode(milliseconds: minutes * 60_000)
      }
      let level = work.request.generationConfig?.mediaResolution?.name ?? ""
      return (level, work.notices.first { $0.contains("resolution") })
    }
    #expect(
      try await seen(4)
        == ("medium", "Frames are seen at medium resolution: less than five minutes are seen.")
    )
    #expect(try await seen(5).0 == "low")
    #expect(try await seen(4, prompt: "voices").0 == "low")
  }

  @Test func whatHasNoEffectIsSaid() async throws {
    let sound = try await prepared(Self.sound) {
      $0.fps = 2
      $0.mediaResolution = .high
    }
    #expect(
      sound.notices.contains(
        "The setting fps and the setting mediaResolution have no effect: the source is sound alone."
      )
    )
    let alone = try await prepared(prompt: "voices") { $0.processing = .agentic }
    #expect(
      alone.notices.contains(
        "The setting processing has no effect: the prompt voices is sent the sound alone."
      )
    )
    #expect(try media(alone).mediaProcessing == .fixedRate)
    await #expect(throws: TranscriptionError.self) {
      try await prepared(Self.sound) { $0.layers = .frames }
    }
  }

  @Test func aModelThatChoosesItsFramesIsNotGivenAClip() async throws {
    let work = try await prepared(prompt: "identify-speakers") {
      $0.processing = .agentic
      $0.sharding = .automatic
      $0.parameters["transcript"] = "0:01\t1\tHello."
    }
    #expect(work.clips.count == 1)
    let part = try media(work)
    #expect(part.mediaProcessing == .agentic && part.videoMetadata == nil)
    await #expect(throws: TranscriptionError.self) {
      try await prepared {
        $0.processing = .agentic
        $0.end = Self.minute.end
      }
    }
  }

  /// The emulator cuts sound by its own fields only, so that a clip that is not cut shows in the bill.
  @Test(arguments: GenerationAPI.allCases)
  func clipsOfSoundAreBilledAsClips(_ api: GenerationAPI) async throws {
    var options = EmulatorOptions()
    options.media[Self.sound] = EmulatedMedia(durationMS: 3_600_000, hasVideo: false)
    try await EmulatedWork.with(options) { work in
      var transcriber = work.transcriber
      var configuration = transcriber.client.configuration
      configuration.api = api
      transcriber.client = GeminiClient(
        configuration: configuration,
        transport: CurlTransport(configuration: .init(environment: [:], userAgent: "tests"))
      )
      var settings = RequestSettings()
      settings.duration = Timecode(milliseconds: 3_600_000)
      settings.sharding = .every(milliseconds: 1_200_000)
      settings.overlap = .zero
      settings.api = api
      let prepared = try await transcriber.prepare(
        try VideoSource(parsing: Self.sound),
        prompt: try EmulatedWork.prompt("transcribe"),
        settings: settings
      )
      let document = try await transcriber.transcribe(prepared, in: work.store)
      #expect(!document.findings.contains { $0.code == .init(rawValue: "knob-ignored") })
      let sound = try #require(document.usage).promptTokensByModality.filter {
        $0.modality == "AUDIO"
      }
      #expect(sound.map(\.tokens).reduce(0, +) == 90_000)
    }
  }
}
