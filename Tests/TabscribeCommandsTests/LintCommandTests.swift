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

  @Test(
    "a schema that no prompt can use fails",
    arguments: [
      "[]", "null", "\"x\"", "{}", ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "object"}}}"##,
      #"{"type": "object", "properties": {"a": {"type": "object"}}}"#,
      table(#""a": COLUMNS, "b": COLUMNS"#, #""x": {"type": "string"}"#, name: "rows"),
      table(#""a": COLUMNS"#, #""x\ty": {"type": "string"}"#),
      table(#""a": COLUMNS"#, #""x": {"type": "array", "items": {"type": "string"}}"#),
      table(#""a": COLUMNS"#, #""x": {"type": "object", "properties": {}}"#),
      table(#""a": COLUMNS"#, #""x": {"type": "string"}"#, ordering: #"["x", "y"]"#),
    ]
  )
  func refusesUnusableSchemas(_ schema: String) async throws {
    let folder = try TemporaryFolder()
    try folder.write(schema, to: "mine.json")
    let lint = await CommandRun.tabscribe(["schemas", "lint", "mine.json"], in: folder)
    #expect(lint.code == .failed, "\(schema)")
    #expect(lint.output.contains("[schema-tables]"), "\(lint.output)")
    try folder.write("{}", to: "reply.json")
    let tables = await CommandRun.tabscribe(
      ["tables", "reply.json", "--schema", "mine.json"],
      in: folder
    )
    #expect(tables.code != .done && tables.code != .incomplete, "\(schema)")
  }

  private static func table(
    _ tables: String,
    _ columns: String,
    name: String? = nil,
    ordering: String? = nil
  ) -> String {
    let items =
      #"{"type": "object", "properties": {\#(columns)}"#
      + (ordering.map { #", "propertyOrdering": \#($0)"# } ?? "") + "}"
    let table =
      #"{"type": "array", "items": \#(items)"# + (name.map { #", "x-table": "\#($0)""# } ?? "")
      + "}"
    let all = tables.replacing("COLUMNS", with: table)
    return #"{"type": "object", "properties": {\#(all)}}"#
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
