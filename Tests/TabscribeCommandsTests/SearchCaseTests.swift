internal import CommandLineInterface
import Foundation
internal import LoopbackHTTP
internal import OrderedJSON
internal import RunStore
internal import TestSupport
import Testing

@testable internal import TabscribeCommands

/// What people type finds the same rows on the command line and in the served library.
@Suite struct SearchCaseTests {
  @Test func everyCaseIsFoundAlikeByCommandAndLibrary() async throws {
    let cases = try SearchCase.all()
    let folder = try TemporaryFolder()
    let samples = try StoreSamples(folder)
    try samples.add("talk", cases.map(\.text), in: "/videos")
    let item = try samples.store.resolveItem("last").id
    let library = LibraryServer(store: samples.store)
    let server = try LoopbackHTTP.LoopbackServer(handler: library)
    let browser = RawHTTP(port: server.port)
    for (row, value) in cases.enumerated() {
      let run = await CommandRun.tabscribe(
        ["search", "--json", "--limit", "1000", "--"] + Self.arguments(value.words),
        in: folder,
        environment: ["TABSCRIBE_HOME": folder.path]
      )
      let hits = try run.json["hits"]?.array ?? []
      let rows = Set(hits.compactMap { $0["row"]?.int })
      #expect(rows.contains(row) == (value.found != nil), "\(value.words) in \(value.text)")
      let query = value.words.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
      let page = await browser.send("GET", "/search?item=\(item)&q=\(query)").text
      #expect(Self.rows(on: page) == rows, "\(value.words)")
    }
    await server.stop()
  }

  /// As a shell hands them over: a phrase in quotation marks as it stands, other words one by one.
  private static func arguments(_ words: String) -> [String] {
    words.contains("\"") ? [words] : words.split(separator: " ").map(String.init)
  }

  /// The rows that a page leads to: row n begins at n times 12.5 seconds.
  private static func rows(on page: String) -> Set<Int> {
    Set(page.matches(of: /#t=([0-9.]+)/).compactMap { Double($0.1).map { Int($0 / 12.5) } })
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func aTranscriptInManyScriptsIsFound() async throws
  {
    let text = try SharedFixtures.text("fixtures/field/exports/search-many-scripts.json")
    let answer: JSONValue = [
      "candidates": [
        [
          "content": ["role": "model", "parts": [["text": .string(text)]]],
          "finishReason": "STOP",
        ]
      ]
    ]
    let service = try FieldCase(bodies: ["data: \(answer.rendered())\r\n\r\n"])
    defer { service.stop() }
    let folder = try TemporaryFolder()
    func tabscribe(_ arguments: String...) async -> CommandRun {
      await .tabscribe(
        arguments,
        in: folder,
        environment: ["GOOGLE_GEMINI_BASE_URL": service.url, "GEMINI_API_KEY": "test-key"]
      )
    }
    let source = "https://www.youtube.com/watch?v=0pJn3g8dfwk"
    let made = await tabscribe("transcribe", source, "--duration", "60s", "-f", "json")
    #expect([.done, .incomplete].contains(made.code), "\(made.errors)")
    for words in ["录音", "档案馆", "港の倉庫", "ท่าเรือ", "ανθρωπος", "елка", "strasse"] {
      #expect(await !tabscribe("search", words).output.isEmpty, "\(words)")
    }
  }
}
