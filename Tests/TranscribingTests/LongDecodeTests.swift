import GeminiAPI
import GeminiEmulation
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// Replies longer than one decode, and the times of sources longer than an hour.
@Suite struct LongDecodeTests {
  @Test func aReplyOverSeveralDecodesIsWholeAndBilledInFull() async throws {
    var options = EmulatorOptions()
    (options.rows, options.voices) = (4500, 6)
    let address = "https://example.org/day.mp4"
    let fiveHours = 18_000_000
    options.media[address] = EmulatedMedia(durationMS: fiveHours)
    try await EmulatedWork.with(options) { work in
      var settings = RequestSettings()
      settings.model = "gemini-4-argon"
      settings.duration = Timecode(milliseconds: fiveHours)
      settings.fps = 0.2
      settings.sharding = .off
      let prepared = try await work.transcriber.prepare(
        try VideoSource(parsing: address),
        prompt: try EmulatedWork.prompt("transcribe"),
        settings: settings
      )
      let asked = try #require(prepared.request.generationConfig?.maxOutputTokens)
      #expect(asked > 65_536 && asked.isMultiple(of: 65_536))
      let document = try await work.transcriber.transcribe(prepared, in: work.store)
      #expect(document.transcript.segments.count == 4500)
      #expect(document.isComplete)
      let hops = work.emulator.log.answeredGenerationCount
      #expect(hops > 1)
      let usage = try #require(document.usage)
      let prompt = try #require(prepared.planRequest.shape.flatMap(prepared.quote.tokens)).input
      // Each decode reads the prompt, and each after the first what was written before it.
      #expect(usage.promptTokens > hops * prompt * 9 / 10 + (hops - 1) * 65_000)
      #expect(usage.outputTokens > 65_536)
    }
  }

  @Test func clipsOfABatchAreWhatAnAnswerHoldsThatIsNotStreamed() async throws {
    try await EmulatedWork.with(.init()) { work in
      func clips(_ model: String, isStreamed: Bool) async throws -> Int {
        var transcriber = work.transcriber
        transcriber.isStreamed = isStreamed
        var settings = RequestSettings(model: model)
        settings.duration = Timecode(milliseconds: EmulatedWork.hundredMinutes)
        let prepared = try await transcriber.prepare(
          try VideoSource(parsing: EmulatedWork.address),
          prompt: try EmulatedWork.prompt("transcribe"),
          settings: settings
        )
        if !isStreamed { #expect(prepared.request.generationConfig?.maxOutputTokens == nil) }
        let problems = try transcriber.plan([prepared]).entries.compactMap { $0.share?.problem }
        #expect(problems == [], "\(model)")
        return prepared.clips.count
      }
      let online = try await clips("gemini-4-argon", isStreamed: true)
      let batched = try await clips("gemini-4-argon", isStreamed: false)
      #expect(batched > online)
      let usual = try await clips("gemini-3.8-flash", isStreamed: true)
      #expect(try await clips("gemini-3.8-flash", isStreamed: false) == usual)
    }
  }

  @Test(arguments: [true, false])
  func anAnswerThatIsNotStreamedEndsAtHalf(_ isStreamed: Bool) async throws {
    var options = EmulatorOptions()
    options.rows = 3000
    options.media["https://example.org/day.mp4"] = EmulatedMedia(durationMS: 7_200_000)
    try await EmulatedWork.with(options) { work in
      var request = GenerateContentRequest(contents: [])
      let media = FileData(fileUri: "https://example.org/day.mp4", mimeType: "video/mp4")
      request.contents = [
        Content(role: "user", parts: [Part(.fileData(media)), .text("Transcribe.")])
      ]
      let client = work.transcriber.client
      let model = "gemini-4-argon"
      var written: Int?
      if isStreamed {
        for try await chunk in try await client.streamGenerateContent(request, model: model) {
          written = chunk.usageMetadata?.candidatesTokenCount ?? written
        }
      } else {
        let answer = try await client.generateContent(request, model: model)
        #expect(answer.finishReason == .maxTokens)
        written = answer.usageMetadata?.candidatesTokenCount
      }
      let tokens = try #require(written)
      #expect(isStreamed ? tokens > 32_768 : tokens <= 32_768 && tokens > 32_000)
    }
  }

  @Test(arguments: [
    ("3.5", 30, 1.0, "MM:SS"), ("3.5", 90, 1, "MM:SS"), ("4", 90, 2, "MM:SS.sss"),
    ("2.5", 30, 1, "MM:SS"), ("2.5", 90, 1, "H:MM:SS"), ("2.5", 90, 2, "H:MM:SS.sss"),
    ("", 90, 0.5, "MM:SS"),
  ])
  func timesAreAsTheModelSeesThem(
    _ generation: String,
    _ minutes: Int,
    _ fps: Double,
    _ form: String
  ) {
    let end = Timecode(milliseconds: minutes * 60_000)
    #expect(FrameClock(end: end, fps: fps, generation: generation).text == form)
  }

  @Test func whatAPromptWishesAndAModelRefusesIsLeftOut() async throws {
    let text = """
      ---
      config: { temperature: 0, thinkingLevel: MINIMAL, maxOutputTokens: 100000 }
      input: { schema: { video: string } }
      output: { schema: transcripts }
      ---
      {{media url=video}} Transcribe.
      """
    try await EmulatedWork.with(.init()) { work in
      let prompt = try ExtractionPrompt(
        name: "mine",
        template: EmulatedWork.template(text, name: "mine")
      )
      func prepared(_ model: String) async throws -> PreparedTranscription {
        var settings = RequestSettings(model: model)
        settings.duration = Timecode(milliseconds: 60_000)
        return try await work.transcriber.prepare(
          try VideoSource(parsing: EmulatedWork.address),
          prompt: prompt,
          settings: settings
        )
      }
      let neon = try await prepared("gemini-4-neon")
      #expect(neon.request.generationConfig?.temperature == nil)
      #expect(neon.request.generationConfig?.maxOutputTokens == 100_000)
      #expect(
        neon.notices.contains(
          "The prompt mine sets temperature, which is left out with gemini-4-neon: the model refuses "
            + "temperature."
        )
      )
      let flash = try await prepared("gemini-3.1-flash-lite")
      #expect(flash.request.generationConfig?.temperature == 0)
      #expect(flash.request.generationConfig?.maxOutputTokens == nil)
      #expect(flash.notices.count { $0.contains("mine") } == 2)
      await #expect(throws: TranscriptionError.self) {
        try await prepared("gemini-3.5-transcribe")
      }
    }
  }
}
