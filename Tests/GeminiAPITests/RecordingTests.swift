import Foundation
import GeminiAPI
import OrderedJSON
import Testing

@Suite struct RecordingTests {
  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
  }

  private func stream(_ client: GeminiClient, _ text: String) async throws -> String {
    var answer = ""
    let stream = try await client.streamGenerateContent(.text(text), model: "m")
    for try await chunk in stream { answer += chunk.text }
    return answer
  }

  private static let reply = Array("data: \(GeminiClientTests.reply("hello"))\n\n".utf8)

  @Test func replaysWhatItRecordedWithoutAKey() async throws {
    try await withFolder { folder in
      let answers: [ScriptedTransport.Answer] = [
        .json(#"{"error": {"code": 503, "message": "busy"}}"#, status: 503),
        .response(status: 200, chunks: [Self.reply]), .json(GeminiClientTests.reply("again")),
      ]
      let recorder = try RecordingTransport(ScriptedTransport(answers), folder: folder)
      let live = GeminiClient.forTest(recorder)
      #expect(try await stream(live, "a") == "hello")
      #expect(try await live.generateContent(.text("b"), model: "m").text == "again")

      let replay = try ReplayingTransport(folder: folder)
      let offline = GeminiClient(
        configuration: try GeminiConfiguration(environment: [:]),
        transport: replay,
        timing: ManualClock().timing
      )
      #expect(try await offline.generateContent(.text("b"), model: "m").text == "again")
      #expect(try await stream(offline, "a") == "hello")
      #expect(replay.remaining == 0)
    }
  }

  @Test func namesTheFirstDifference() async throws {
    try await withFolder { folder in
      let transport = ScriptedTransport([.json(GeminiClientTests.reply("hello"))])
      let recorder = try RecordingTransport(transport, folder: folder)
      _ = try await GeminiClient.forTest(recorder).generateContent(.text("one"), model: "m")
      let replay = GeminiClient.forTest(try ReplayingTransport(folder: folder))
      let error = await #expect(throws: GeminiError.self) {
        try await replay.generateContent(.text("two"), model: "m")
      }
      #expect(error?.code == .notRecorded)
      let place = "body.contents[0].parts[0].text recorded \"one\", asked \"two\""
      #expect(error?.message.hasSuffix(place) == true)
    }
  }

  @Test func writesNoSecrets() async throws {
    try await withFolder { folder in
      let headers: HTTPHeaders = [
        "X-Goog-Upload-URL": "https://x.example/upload?upload_id=MARKED-1",
        "Set-Cookie": "MARKED-2",
      ]
      let transport = ScriptedTransport([
        .json(
          #"{"access_token": "MARKED-3", "echo": "test-key-1234", "uri": "https://x/?sig=MARKED-4"}"#,
          headers: headers
        )
      ])
      let recorder = try RecordingTransport(
        transport,
        folder: folder,
        secrets: [Secret("test-key-1234")]
      )
      let request = HTTPRequest(
        method: "POST",
        url: "https://x.example/?key=MARKED-5",
        headers: ["x-goog-api-key": "MARKED-6", "Authorization": "Bearer MARKED-7"],
        body: .bytes(Array(#"{"fileUri": "https://b/v.mp4?X-Amz-Signature=MARKED-8"}"#.utf8))
      )
      _ = try await recorder.send(request).body.collect(upTo: 1000)
      let text = try String(contentsOfFile: "\(folder)/0001.json", encoding: .utf8)
      #expect(!text.contains("MARKED"))
      #expect(!text.contains("test-key-1234"))
      #expect(text.contains("REDACTED"))
    }
  }

  @Test func replaysFaultsToo() async throws {
    try await withFolder { folder in
      let lost = TransportError(.connectionLost, "reset")
      let transport = ScriptedTransport([
        .failure(lost), .broken(status: 200, chunks: [Array("data: {}\n".utf8)], lost),
      ])
      let recorder = try RecordingTransport(transport, folder: folder)
      let request = HTTPRequest(method: "GET", url: "https://x.example/")
      for _ in 0..<2 { _ = try? await recorder.send(request).body.collect(upTo: 99) }
      let replay = try ReplayingTransport(folder: folder)
      let first = await #expect(throws: TransportError.self) { try await replay.send(request) }
      #expect(first?.code == .connectionLost)
      let response = try await replay.send(request)
      await #expect(throws: TransportError.self) { try await response.body.collect(upTo: 99) }
    }
  }

  @Test func recordsIntoAnEmptyFolderOnly() async throws {
    try await withFolder { folder in
      let recorder = try RecordingTransport(ScriptedTransport([.json("{}")]), folder: folder)
      let request = HTTPRequest(method: "GET", url: "https://x.example/")
      _ = try await recorder.send(request).body.collect(upTo: 10)
      #expect(throws: GeminiError.self) {
        try RecordingTransport(ScriptedTransport([]), folder: folder)
      }
      #expect(throws: GeminiError.self) { try ReplayingTransport(folder: "/no/such/folder") }
    }
  }
}
