internal import CommandLineInterface
internal import EmbeddedLibrary
internal import OrderedJSON
import Testing

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
