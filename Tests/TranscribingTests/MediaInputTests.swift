import GeminiAPI
import GeminiEmulation
import MediaProbing
import OrderedJSON
import PromptTemplates
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// What a prompt is told of the media, unasked.
@Suite struct MediaInputTests {
  private func text(
    _ prompt: String = "transcribe",
    facts: MediaFacts? = nil,
    mimeType: String? = nil,
    isPart: Bool = false,
    _ change: (inout RequestSettings) -> Void = { _ in }
  ) throws -> String {
    let prompt = try EmulatedWork.prompt(prompt)
    var settings = RequestSettings()
    change(&settings)
    let media = MediaInput(facts: facts, mimeType: mimeType, isPart: isPart)
    let rendered = try prompt.template.render(
      .init(input: prompt.variables(settings, end: nil, media: media))
    )
    return try RequestBuilder(
      prompt: rendered,
      promptName: prompt.name,
      schema: prompt.schema,
      settings: settings
    ).request().contents.flatMap(\.parts).compactMap(\.text).joined(separator: "\n")
  }

  @Test func soundAloneGetsNoOrdersAboutPictures() throws {
    let sound = MediaFacts(durationMS: 1000, video: nil, hasAudio: true, container: "mp3")
    #expect(try !text(facts: sound).contains("on screen"))
    #expect(try !text(mimeType: "audio/mp3").contains("on screen"))
    #expect(try text(mimeType: "video/mp4").contains("on screen"))
    #expect(try text().contains("on screen"))
  }

  @Test func whatTheUserSaysOfTheSourceHolds() throws {
    let said = try text(mimeType: "audio/mp3") { $0.parameters["source"] = "video" }
    #expect(said.contains("on screen"))
  }

  @Test func clipsAreSaidToBeParts() async throws {
    let words = "it may begin and end in mid-sentence"
    #expect(try text(isPart: true).contains(words))
    #expect(try !text().contains(words))
    try await EmulatedWork.with(.init()) { work in
      func said(_ change: (inout RequestSettings) -> Void) async throws -> Bool {
        try await work.prepared(change).request.json.rendered().contains(words)
      }
      let whole = try await said { _ in }
      let sharded = try await said { $0.sharding = .every(milliseconds: 600_000) }
      let late = try await said { $0.start = Timecode(milliseconds: 60_000) }
      let toTheEnd = try await said {
        $0.end = Timecode(milliseconds: EmulatedWork.hundredMinutes)
      }
      #expect([whole, sharded, late, toTheEnd] == [false, true, true, false])
    }
  }

  @Test func knownSpeakersHaveABlockOfTheirOwn() throws {
    let said = try text {
      $0.knownSpeakers = "Ada Bell, Acme"
      $0.parameters["context"] = "A talk."
    }
    #expect(said.contains("<known_speakers>\nAda Bell, Acme\n</known_speakers>"))
    #expect(said.contains("<context>\nA talk.\n</context>"))
  }
}
