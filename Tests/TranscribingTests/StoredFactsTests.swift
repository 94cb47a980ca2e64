import CurlHTTP
import Foundation
import GeminiAPI
import MediaProbing
import RequestPlanning
import RunStore
import TestSupport
import Testing

@testable import Transcribing

/// What a local file says about itself is asked once, and told when it is odd.
@Suite struct StoredFactsTests {
  private let folder: URL
  private let store: RunStore

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try RunStore(path: folder.appending(path: "tabscribe.db").path)
  }

  /// A prober that answers with a report, and notes that it was asked.
  private func prober(_ report: String) throws -> MediaProber {
    MediaProber(
      program: try FakeProber(in: folder, answering: report).path,
      memory: StoredFacts(in: store, now: { Date(timeIntervalSince1970: 1_795_000_000) })
    )
  }

  @Test func aFileIsExaminedAgainOnlyWhenItHasChanged() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = #"{"format": {"duration": "12.5"}, "streams": [{"codec_type": "audio"}]}"#
    let file = folder.appending(path: "talk.mp3")
    try Data("one".utf8).write(to: file)
    for _ in 0..<3 {
      #expect(try await prober(report).probe(path: file.path).durationMS == 12_500)
    }
    #expect(try FakeProber(in: folder, answering: report).calls == 1)
    try Data("other".utf8).write(to: file)
    let changed = report.replacing("12.5", with: "20")
    #expect(try await prober(changed).probe(path: file.path).durationMS == 20_000)
    #expect(try FakeProber(in: folder, answering: report).calls == 2)
  }

  @Test(
    arguments: [
      (#""duration": "60""#, #""duration": "180""#, true),
      (#""tags": {"DURATION": "00:03:00.00"}"#, #""tags": {"DURATION": "01:00:00.5"}"#, true),
      (#""duration": "60""#, #""duration": "61""#, false),
      (#""duration": "60""#, #""sample_rate": "48000""#, false),
    ]
  )
  func aPictureThatEndsLongBeforeItsSoundIsTold(
    _ picture: String,
    _ sound: String,
    _ isTold: Bool
  ) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = """
      {"format": {"duration": "3600", "format_name": "mov"}, "streams": [
        {"codec_type": "video", "width": 640, "height": 360, \(picture)},
        {"codec_type": "audio", \(sound)}]}
      """
    let file = folder.appending(path: "talk.mp4")
    try Data([0, 0, 0, 24] + "ftypmp42".utf8).write(to: file)
    var transcriber = try Transcriber(
      client: GeminiClient(
        configuration: GeminiConfiguration(apiKey: Secret("k")),
        transport: CurlTransport()
      ),
      catalog: .builtIn()
    )
    transcriber.prober = try prober(report)
    let prepared = try await transcriber.prepare(
      .localFile(file.path),
      shownAs: "talk.mp4",
      prompt: try EmulatedWork.prompt("transcribe"),
      settings: RequestSettings()
    )
    let notices = prepared.notices.filter { $0.hasPrefix("The picture of talk.mp4 lasts") }
    #expect(notices.count == (isTold ? 1 : 0), "\(prepared.notices)")
  }
}
