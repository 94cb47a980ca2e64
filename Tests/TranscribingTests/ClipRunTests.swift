import GeminiEmulation
import RequestPlanning
import Testing
import TranscriptModel

@testable import Transcribing

/// Long videos in clips: the same as in one request, whatever the order in which clips finish.
@Suite struct ClipRunTests {
  private static func options(speed: Double? = nil, rows: Int = 850) -> EmulatorOptions {
    var options = EmulatorOptions()
    (options.rows, options.voices, options.speed) = (rows, 40, speed)
    return options
  }

  /// What a transcript says, without the numbers that clips give voices.
  private struct Said: Hashable {
    let start: Timecode?
    let text: String
  }

  @Test(arguments: [(8, 1), (8, 16), (25, 4)])
  func clipsMakeTheSameTranscript(_ minutes: Int, _ jobs: Int) async throws {
    let (whole, clips) = try await EmulatedWork.with(Self.options()) { work in
      let options = try EmulatedWork.options(jobs: jobs)
      return (
        try await work.transcriber.transcribe(try await work.prepared(), in: work.store),
        try await work.transcriber.transcribe(
          try await work.prepared { $0.sharding = .every(milliseconds: minutes * 60_000) },
          in: work.store,
          options: options
        )
      )
    }
    #expect(whole.transcript.segments.count == 850)
    #expect(clips.isComplete)
    let said = { (document: TranscriptDocument) in
      document.transcript.segments.map { Said(start: $0.start, text: $0.text) }
    }
    #expect(said(clips) == said(whole))
    #expect(Self.pairings(whole, clips).isOneToOne)
  }

  /// How often voices of the one stand for voices of the other.
  private static func pairings(
    _ whole: TranscriptDocument,
    _ clips: TranscriptDocument
  ) -> (isOneToOne: Bool, named: Int) {
    var owners: [Int: Set<Int>] = [:]
    for (one, other) in zip(whole.transcript.segments, clips.transcript.segments) {
      guard let voice = other.voice, let owner = one.voice else { continue }
      owners[voice, default: []].insert(owner)
    }
    let names = clips.transcript.speakers.compactMap(\.name)
    // No voice of the result may be two people; a name stands for one voice.
    return (
      owners.values.allSatisfy { $0.count == 1 } && Set(names).count == names.count, names.count
    )
  }

  @Test func clipsAtOnceTakeAFractionOfTheTime() async throws {
    var settings = Self.options(speed: 30, rows: 1600)
    // What was published of such a model: 95 tokens a second.
    settings.outputRate = 95
    let (alone, together) = try await EmulatedWork.with(settings) { work in
      func seconds(_ sharding: Sharding, jobs: Int) async throws -> Double {
        let began = work.emulator.clock.now
        let document = try await work.transcriber.transcribe(
          try await work.prepared {
            $0.sharding = sharding
          },
          in: work.store,
          options: try EmulatedWork.options(jobs: jobs)
        )
        #expect(document.isComplete)
        #expect(document.transcript.segments.count == 1600)
        return work.emulator.clock.now - began
      }
      let alone = try await seconds(.off, jobs: 1)
      return (alone, try await seconds(.every(milliseconds: 480_000), jobs: 16))
    }
    print("100 minutes: \(Int(alone)) s in one request, \(Int(together)) s in clips at once")
    #expect(alone > 400)
    #expect(together < alone / 4)
  }

  @Test func twoPassesNameTheVoicesOfTheFirst() async throws {
    let document = try await EmulatedWork.with(Self.options(rows: 60)) { work in
      let options = try EmulatedWork.options()
      return try await work.transcriber.transcribe(
        try await work.prepared(prompt: "transcribe-audio") { $0.passes = 2 },
        in: work.store,
        options: options
      )
    }
    #expect(document.isComplete)
    #expect(document.tables.map(\.name) == ["transcripts", "speakers"])
    #expect(document.transcript.speaker(voice: 1)?.name == "Ada Lindqvist")
    #expect(!document.transcript.speakers.contains { !$0.isDescribed })
  }
}
