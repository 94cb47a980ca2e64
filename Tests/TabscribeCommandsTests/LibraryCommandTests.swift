internal import CommandLineInterface
internal import EmbeddedLibrary
internal import OrderedJSON
import Testing
import TranscriptionRuns

@testable internal import TabscribeCommands

@Suite struct LibraryCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private static let schema = """
    {"type": "object", "properties": {"rows": {"type": "array", "x-table": "rows", "items": \
    {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}}}}
    """

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path + "/home"])
  }

  @Test func theNearestFileOfANameWins() async throws {
    let builtIn = await run("schemas", "show", "voices", "--source")
    #expect(builtIn.output == EmbeddedLibrary.schemas.file(named: "voices.json")?.text)
    #expect(builtIn.errors == "voices: built in\n")

    try folder.write(Self.schema, to: "home/schemas/voices.json")
    let user = await run("schemas", "show", "voices", "--source")
    #expect(user.output == Self.schema)
    #expect(user.errors == "voices: \(folder.path)/home/schemas/voices.json (hides built in)\n")

    try folder.write(Self.schema + "\n", to: "schemas/voices.json")
    let local = await run("schemas", "show", "voices", "--source")
    #expect(local.output == Self.schema + "\n")

    try folder.write("{}", to: "elsewhere.json")
    let given = await run("schemas", "show", "./elsewhere.json", "--source")
    #expect(given.output == "{}")
    #expect(given.errors == "elsewhere: ./elsewhere.json\n")
  }

  @Test func showTellsMachinesWhichFileWon() async throws {
    try folder.write(Self.schema, to: "schemas/voices.json")
    let json = try await run("schemas", "show", "voices", "--json").json
    #expect(json["path"]?.string == folder.path + "/schemas/voices.json")
    #expect(json["hides"] == [nil])
    #expect(json["schema"] == (try JSONValue(parsing: Self.schema)))
  }

  @Test func promptsAreShownAsTheyAreWrittenAndDescribedWithJSON() async throws {
    let text = EmbeddedLibrary.prompts.file(named: "transcribe.prompt")?.text
    let shown = await run("prompts", "show", "transcribe")
    #expect(shown.output == text)
    #expect(shown.errors == "transcribe: built in\n")
    let json = try await run("prompts", "show", "transcribe", "--json").json
    #expect(json["path"] == .null)
    #expect(json["schema"] == "transcripts-speakers")
    #expect(json["text"]?.string == text)
    #expect(json["digest"]?.string?.count == 64)
  }

  @Test func aPartialOfTheWorkingFolderChangesThePromptsIdentity() async throws {
    let before = try await run("prompts", "show", "transcribe", "--json").json["digest"]
    try folder.write("Write down what is said.", to: "prompts/_speech.prompt")
    let after = try await run("prompts", "show", "transcribe", "--json").json["digest"]
    #expect(after?.string?.count == 64)
    #expect(before != after)
  }

  @Test func everyBuiltInPromptCanBeReadAndHasADescription() async throws {
    let json = try await run("prompts", "list", "--json").json
    let prompts = json["prompts"]?.array ?? []
    #expect(prompts.count == LibraryLookup.embeddedNames(.prompts).count)
    for prompt in prompts { #expect(prompt["description"]?.string?.isEmpty == false, "\(prompt)") }
  }

  @Test func aBrokenPromptSaysTheLine() async throws {
    try folder.write("---\ndescription: x\n---\nHello {{#if}\n", to: "prompts/bad.prompt")
    let run = await run("prompts", "show", "bad", "--json")
    #expect(run.code == .usage)
    #expect(try run.json["error"]?["line"]?.int == 4)
    let lines = await self.run("prompts", "list").output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("bad ") })
    #expect(lines.contains { $0.contains(#/^summary +recipe +\S/#) })
    #expect(lines.contains { $0.contains(#/^transcribe +What/#) })
    #expect(await self.run("prompts", "show", "bad").output.contains("{{#if}"))
  }

  @Test func schemasAreShownAsTablesOfColumns() async {
    let run = await run("schemas", "show", "transcripts-speakers")
    #expect(run.code == .done)
    #expect(run.output.contains("transcripts\ncolumn  type     role"))
    #expect(run.output.contains("voice   integer  voice  refers to task2_speakers.voice"))
  }

  @Test(arguments: ["prompts", "schemas"])
  func listsHoldEverythingAndLeavePartialsOut(_ group: String) async throws {
    try folder.write("x", to: "prompts/mine.prompt")
    try folder.write("x", to: "prompts/_part.prompt")
    try folder.write("{", to: "schemas/mine.json")
    let run = await run(group, "list")
    #expect(run.code == .done)
    #expect(run.output.contains("mine "))
    #expect(run.output.contains(group == "prompts" ? "transcribe " : "transcripts-speakers "))
    #expect(!run.output.contains("_"))
    let json = try await self.run(group, "list", "--json").json
    let names = json[group]?.array?.compactMap { $0["name"]?.string } ?? []
    #expect(names.contains("mine"))
    #expect(names == names.sorted())
  }

  @Test func aMisspeltNameGetsASuggestion() async {
    let run = await run("schemas", "show", "transcript-speaker")
    #expect(run.code == .usage)
    #expect(
      run.errors == """
        error: There is no schema "transcript-speaker".
        Did you mean transcripts-speakers? tabscribe schemas list names them all; a path may be \
        given, too.

        """
    )
  }

  @Test(arguments: ["../../etc/passwd", "no/such.json", "voices.json", ""])
  func aPathThatLeadsNowhereIsNamed(_ path: String) async {
    let run = await run("schemas", "show", path)
    #expect(run.code == .usage)
    #expect(run.output.isEmpty)
  }

  @Test func aBrokenSchemaSaysWhereItIsBroken() async throws {
    try folder.write(
      #"{"type": "object", "properties": {"rows": {"type": "string"}}}"#,
      to: "a.json"
    )
    let run = await run("schemas", "show", "a.json")
    #expect(run.code == .usage)
    #expect(run.errors.contains("rows"))
    let file = await self.run("schemas", "show", "a.json", "--source")
    #expect(file.code == .done)
  }
}
