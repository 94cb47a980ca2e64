import CurlHTTP
import EmbeddedLibrary
import Foundation
import GeminiAPI
import GeminiEmulation
import HTMLReports
import PromptTemplates
import RequestPlanning
import RunStore
import TestSupport
import Testing
import Transcribing
import TranscriptModel

// The README's example stands between these marks, compiled and run as it is shown there.
// swift-format-ignore
func report(on video: String, by text: String, to folder: URL, _ variables: [String: String]) async throws -> [String] {
  let client = GeminiClient(configuration: try .init(environment: variables), transport: CurlTransport())
  let transcriber = Transcriber(client: client, catalog: try .builtIn())
  let store = try RunStore(path: folder.appending(path: "runs.db").path)  // keeps every reply before it is read
  let prompt = try ExtractionPrompt(name: "talks", template: PromptTemplate(parsing: text, name: "talks"))
  let work = try await transcriber.prepare(.localFile(video), prompt: prompt, settings: .init())
  let document = try await transcriber.transcribe(work, in: store)
  try Data(HTMLReport(document, .init(mediaPath: video)).rendered()).write(to: folder.appending(path: "talk.html"))
  return document.transcript.segments.map(\.text)
}
// End of the example.

@Suite struct ReadmeExampleTests {
  @Test func theExampleTranscribesAVideo() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let video = folder.appending(path: "talk.webm")
    try Data(#require(EmbeddedLibrary.sample.file(named: "sample.webm")).bytes).write(to: video)
    let emulator = try GeminiEmulator.start()
    let variables = ["GEMINI_API_KEY": "k", "GOOGLE_GEMINI_BASE_URL": emulator.baseURL]
    let text = """
      ---
      input: { schema: { video: string } }
      output:
        format: json
        schema:
          type: object
          properties:
            transcripts:
              type: array
              items:
                type: object
                properties:
                  start: { type: string, x-role: start }
                  text: { type: string, x-role: text }
                required: [start, text]
      ---
      {{media url=video}}
      Write down what is said, with the time of each sentence.
      """
    let result: Result<[String], any Error>
    do {
      result = .success(try await report(on: video.path, by: text, to: folder, variables))
    } catch { result = .failure(error) }
    await emulator.stop()
    let texts = try result.get()
    #expect(texts.count > 10)
    let page = try String(contentsOf: folder.appending(path: "talk.html"), encoding: .utf8)
    #expect(page.contains(try #require(texts.first)))
  }

  @Test func theReadmeShowsTheExampleThatRuns() throws {
    let readme = try String(
      contentsOf: SharedFixtures.projectRoot.appending(path: "README.md"),
      encoding: .utf8
    )
    let shown = try #require(readme.firstMatch(of: /```swift\n(?s)(.*?)```/)).1
    let own = try String(contentsOfFile: #filePath, encoding: .utf8)
    let parts = shown.split(separator: "\n\n", maxSplits: 1)
    for line in parts[0].split(separator: "\n") { #expect(own.contains(line + "\n"), "\(line)") }
    #expect(own.contains(parts[1]))
  }
}
