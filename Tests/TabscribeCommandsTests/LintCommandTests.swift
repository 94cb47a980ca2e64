import CommandLineInterface
import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import TabscribeCommands

@Suite struct LintCommandTests {
  private static let badPrompts =
    SharedFixtures.projectRoot.path + "/Tests/PromptLintingTests/BadPrompts"

  @Test func theLibraryIsClean() async throws {
    let folder = try TemporaryFolder()
    let prompts = await CommandRun.tabscribe(["prompts", "lint", "--strict"], in: folder)
    #expect(prompts.code == .done, "\(prompts.output)")
    #expect(prompts.output.isEmpty)
    let schemas = await CommandRun.tabscribe(["schemas", "lint", "--strict"], in: folder)
    #expect(schemas.code == .done, "\(schemas.output)")
  }

  @Test func aFolderOfBadPromptsFailsWithEachFaultNamed() async throws {
    let run = await CommandRun.tabscribe(
      ["prompts", "lint", Self.badPrompts, "--json"],
      in: try TemporaryFolder()
    )
    #expect(run.code == .failed)
    let findings = try #require(try run.json["findings"]?.array)
    #expect(Set(findings.compactMap { $0["code"]?.string }).count == 32)
    #expect(findings.allSatisfy { $0["why"]?.string != nil && $0["fix"]?.string != nil })
  }

  @Test func oneBrokenFileDoesNotKeepTheOthersFromBeingLookedAt() async throws {
    let folder = try TemporaryFolder()
    try folder.write("---\nconfig: [\n---\nx", to: "prompts/a-broken.prompt")
    try folder.write("", to: "prompts/b-empty.prompt")
    let run = await CommandRun.tabscribe(["prompts", "lint", "prompts"], in: folder)
    #expect(run.code == .failed)
    #expect(run.output.contains("[unreadable]"))
    #expect(run.output.contains("b-empty: error: the prompt is empty [empty-prompt]"))
    #expect(run.errors.contains("2 prompts: 2 findings, 2 errors"))
  }

  /// What `prompts show transcribe > prompts/transcribe.prompt` leaves behind.
  @Test func anEmptyPromptThatHidesTheBuiltInOneIsNamed() async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "prompts/transcribe.prompt")
    let shown = await CommandRun.tabscribe(["prompts", "show", "transcribe"], in: folder)
    #expect(shown.code == .failed)
    #expect(shown.errors.contains("is empty. It hides built in."))
    let sent = await CommandRun.tabscribe(
      ["plan", "https://youtu.be/0pJn3g8dfwk", "--duration", "60s"],
      in: folder
    )
    #expect(sent.code == .failed)
    #expect(sent.errors.contains("is empty"))
    let remedy = ["prompts", "new", "transcribe", "--force"]
    #expect(await CommandRun.tabscribe(remedy, in: folder).code == .done)
    let again = await CommandRun.tabscribe(["prompts", "show", "transcribe"], in: folder)
    #expect(again.output.contains("# Task 1: transcripts"))
  }

  /// What would be refused or wasted is found before anything is sent.
  @Test(arguments: [
    ("Transcribe {{video}}: start, text, voice, name, company, position, role.", "media-missing"),
    ("{{media url=\"{{video}}\"}}\nstart text voice name company position role", "media-missing"),
    (
      "{{media url=video}}\n{{>nobody}}\nstart text voice name company position role",
      "unknown-partial"
    ),
  ])
  func aPromptThatCannotWorkIsRefusedBeforeItIsSent(_ body: String, _ code: String) async throws {
    let folder = try TemporaryFolder()
    let matter = """
      ---
      model: googleai/gemini-3.5-flash-lite
      input: { schema: { video: "string, media URI" } }
      output: { format: json, schema: transcripts-speakers }
      ---

      """
    try folder.write(matter + body, to: "prompts/mine.prompt")
    let lint = await CommandRun.tabscribe(["prompts", "lint", "prompts/mine.prompt"], in: folder)
    #expect(lint.code == .failed)
    #expect(lint.output.contains("[\(code)]"))
    let arguments = ["https://youtu.be/0pJn3g8dfwk", "-p", "mine", "--duration", "60s", "--json"]
    for command in ["plan", "transcribe"] {
      let run = await CommandRun.tabscribe([command] + arguments, in: folder)
      #expect(run.code == .usage)
      #expect(try run.json.rendered().contains(code))
    }
  }

  @Test func warningsFailOnlyWhenStrict() async throws {
    let path = Self.badPrompts + "/output-talk.prompt"
    let folder = try TemporaryFolder()
    #expect(await CommandRun.tabscribe(["prompts", "lint", path], in: folder).code == .done)
    let strict = await CommandRun.tabscribe(["prompts", "lint", path, "--strict"], in: folder)
    #expect(strict.code == .failed)
    #expect(strict.output.contains("[output-talk]"))
  }

  @Test func aNewPromptIsACopyThatWinsOverTheBuiltInOne() async throws {
    let folder = try TemporaryFolder()
    let made = await CommandRun.tabscribe(["prompts", "new", "transcribe"], in: folder)
    #expect(made.code == .done)
    #expect(made.output == "prompts/transcribe.prompt\n")
    let path = await CommandRun.tabscribe(["prompts", "path", "transcribe"], in: folder)
    #expect(path.output.hasSuffix("/prompts/transcribe.prompt\n"))
    let again = await CommandRun.tabscribe(["prompts", "new", "transcribe"], in: folder)
    #expect(again.code == .failed)
    #expect(again.errors.contains("exists already"))
    let hidden = await CommandRun.tabscribe(["prompts", "new", "../x"], in: folder)
    #expect(hidden.code == .usage)
  }

  @Test func aBuiltInPromptHasNoPath() async throws {
    let run = await CommandRun.tabscribe(["prompts", "path", "sounds"], in: try TemporaryFolder())
    #expect(run.code == .failed)
    #expect(run.errors.contains("prompts new sounds"))
  }
}
