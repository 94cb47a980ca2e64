import EmbeddedLibrary
import Foundation
import MediaProbing
import Testing

/// Whether FFmpeg's prober can be run here.
private let hasProber = ["/usr/bin/ffprobe", "/usr/local/bin/ffprobe", "/opt/homebrew/bin/ffprobe"]
  .contains { FileManager.default.isExecutableFile(atPath: $0) }

@Suite struct MediaProberTests {
  /// Writes a file that lasts as long as the body runs.
  private func withFile<Result>(
    _ name: String,
    _ bytes: [UInt8],
    _ body: (String) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return try await body(file.path)
  }

  @Test(.enabled(if: hasProber)) func readsTheSampleVideo() async throws {
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    let facts = try await withFile("sample.webm", sample.bytes) {
      try await MediaProber().probe(path: $0)
    }
    let duration = try #require(facts.durationMS)
    #expect((60_000...150_000).contains(duration))
    #expect(facts.hasAudio)
    #expect((facts.video?.width ?? 0) > 0)
    #expect(facts.container.contains("webm"))
    #expect(facts.soundMS == duration)
    #expect(abs((facts.video?.durationMS ?? 0) - duration) < 1000)
    #expect(MediaFacts(json: facts.json) == facts)
  }

  @Test(.enabled(if: hasProber), arguments: ["talk.mp4", "a name with blanks.mp4", "-v.mp4"])
  func refusesTextUnderAMediaName(_ name: String) async throws {
    let error = await #expect(throws: MediaProbeError.self) {
      try await withFile(name, Array("Dear diary,\n".utf8)) {
        try await MediaProber().probe(path: $0)
      }
    }
    #expect(error?.reason == .notMedia)
    #expect(error?.description.contains(name) == true)
  }

  @Test(.enabled(if: hasProber)) func refusesAnEmptyFile() async throws {
    let error = await #expect(throws: MediaProbeError.self) {
      try await withFile("empty.webm", []) { try await MediaProber().probe(path: $0) }
    }
    #expect(error?.reason == .notMedia)
  }

  @Test func saysWhenTheProberIsMissing() async throws {
    let error = await #expect(throws: MediaProbeError.self) {
      try await MediaProber(program: "no-such-prober").probe(path: "a.mp4")
    }
    #expect(error?.reason == .proberMissing)
    #expect(error?.description.contains("a.mp4") == true)
  }
}
