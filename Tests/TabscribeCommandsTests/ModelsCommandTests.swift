internal import CommandLineInterface
internal import OrderedJSON
import Testing

@Suite struct ModelsCommandTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path])
  }

  @Test func listShowsModelsThatAnswerAndAllShowsTheRest() async throws {
    let listed = await run("models", "list")
    #expect(listed.code == .done)
    #expect(listed.output.contains("gemini-3.5-flash-lite"))
    #expect(listed.output.contains("gemini-flash-latest"))
    #expect(!listed.output.contains("gemini-2.0-flash"))
    let all = await run("models", "list", "--all")
    #expect(all.output.contains("gemini-2.0-flash"))
    #expect(all.output.contains("shut down"))
  }

  @Test func listAsJSONHasPricesWithTheirSources() async throws {
    let json = try await run("models", "list", "--json").json
    let models = try #require(json["models"]?.array)
    let lite = try #require(models.first { $0["id"] == "gemini-3.5-flash-lite" })
    let row = try #require(lite["prices"]?[0]?["rows"]?[0])
    #expect(row["input"]?.rendered() == "0.3")
    #expect(row["source"]?[0] == "litellm")
    #expect(lite["tokensPerFrame"]?["published"]?["low"]?.int == 70)
    #expect(json["asOf"] == "2026-11-27")
  }

  @Test func showSaysWhatIsKnownOnAPlatform() async throws {
    let studio = await run("models", "show", "gemini-3.8-flash")
    #expect(studio.output.hasPrefix("gemini-3.8-flash on AI Studio\n"))
    #expect(studio.output.contains("on request from 1,024 tokens"))
    let agent = await run("models", "show", "gemini-3.8-flash", "--backend", "agent-platform")
    #expect(agent.output.contains("on request from 4,096 tokens"))
    let alias = try await run("models", "show", "gemini-flash-latest", "--json").json
    #expect(alias["id"] == "gemini-3.8-flash")
    #expect(alias["aliases"] == ["gemini-flash-latest"])
  }

  @Test func anUnknownModelIsRefusedWithTheNearestName() async throws {
    let result = await run("models", "show", "gemini-3.8-flas")
    #expect(result.code == .usage)
    #expect(result.errors.contains("Did you mean gemini-3.8-flash?"))
  }

  @Test func theUsersFileGoesBeforeTheProgram() async throws {
    try folder.write(
      """
      {"models": [{"id": "gemini-3.8-flash", "notes": ["the price we agreed on"], "prices": [
        {"platform": "ai-studio", "rows": [{"tier": "standard", "input": "0.5", "output": "2"}]}]}]}
      """,
      to: "models.json"
    )
    let shown = await run("models", "show", "gemini-3.8-flash")
    #expect(shown.output.contains("the price we agreed on"))
    let json = try await run("models", "show", "gemini-3.8-flash", "--json").json
    #expect(json["prices"]?[0]?["rows"]?[0]?["output"]?.rendered() == "2")
  }

  @Test func aFaultyFileIsRefusedWithLineAndReason() async throws {
    try folder.write("{\"models\": [\n  {\"id\": \"x\", \"price\": []}\n]}", to: "models.json")
    let result = await run("models", "list")
    #expect(result.code == .usage)
    #expect(result.errors.contains("models.json:2: models[0].price: unknown key"))
  }
}
