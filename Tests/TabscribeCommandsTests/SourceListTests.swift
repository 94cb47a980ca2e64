internal import CommandLineInterface
import Foundation
import Testing
import TranscriptionRuns

@testable internal import TabscribeCommands

/// Lists and folders as other systems and old archives have them: nothing falls out silently.
@Suite struct SourceListTests {
  let folder: TemporaryFolder
  let errors = TextBuffer()

  init() throws { folder = try TemporaryFolder() }

  private func sources(_ words: String...) throws -> [String] {
    let context = CommandContext(
      standardOutput: TextBuffer(),
      standardError: errors,
      environment: [:],
      workingFolder: folder.path
    )
    return try SourceExpansion(place: context.workplace, options: ["end"]).sources(words).sources
      .map(
        \.spelling
      )
  }

  static let endings = ["\n", "\r\n", "\r"]

  @Test(arguments: endings, ["", "\u{FEFF}"])
  func listsAreReadHoweverTheirLinesEnd(_ ending: String, _ mark: String) throws {
    let lines = ["{\"source\": \"https://a.example/1.mp4\"}", "", "{\"source\": \"gs://b/2.mp4\"}"]
    try folder.write(mark + lines.joined(separator: ending) + ending, to: "list.jsonl")
    #expect(try sources("list.jsonl") == ["https://a.example/1.mp4", "gs://b/2.mp4"])
    let rows = ["source,end", "https://a.example/1.mp4,1:00", "\"gs://b/2.mp4\","]
    try folder.write(mark + rows.joined(separator: ending) + ending, to: "list.csv")
    #expect(try sources("list.csv") == ["https://a.example/1.mp4", "gs://b/2.mp4"])
  }

  @Test func aLanguageThatIsNoTagIsAMistakeOfItsLine() throws {
    try folder.write("source,title,language\ngs://b/2.mp4,Two,pt-BR\n", to: "list.csv")
    #expect(try sources("list.csv") == ["gs://b/2.mp4"])
    try folder.write("source,language\ngs://b/1.mp4,ja\ngs://b/2.mp4,Japanese!\n", to: "list.csv")
    let error = try #require(throws: Refusal.self) { try sources("list.csv") }
    #expect(error.message.contains("line 3") && error.kind == .usage)
  }

  @Test func aListOfNothingButLineEndsNamesNoSource() throws {
    for text in [
      String(repeating: "\r", count: 120_000), String(repeating: "a\r", count: 100_000) + "\n",
    ] {
      try folder.write(text, to: "list.csv")
      #expect(throws: Refusal.self) { try sources("list.csv") }
    }
  }

  @Test func aNameThatIsNotUTF8IsTold() throws {
    try folder.write("x", to: "talks/good.webm")
    var name = Array("\(folder.path)/talks/caf".utf8CString.dropLast())
    name += [CChar(bitPattern: 0xE9)] + Array(".webm".utf8CString)
    let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
    try #require(descriptor >= 0)
    close(descriptor)
    defer { unlink(name) }
    #expect(try sources("talks") == ["talks/good.webm"])
    #expect(errors.text.contains("its name is not UTF-8"))
  }
}
