internal import CommandLineInterface
internal import OrderedJSON
import Testing

@testable internal import TabscribeCommands

@Suite struct PromptRenderingTests {
  let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path + "/home"])
  }

  @Test func renderingShowsTheMessagesAsTheyWouldBeSent() async {
    let run = await run(
      "prompts",
      "render",
      "transcribe",
      "--param",
      "video=https://example.com/v.mp4"
    )
    #expect(run.code == .done)
    #expect(run.output.hasPrefix("[user]\n(media https://example.com/v.mp4)\n"))
    #expect(run.output.contains("by the timestamps given with the video"))
    #expect(!run.output.contains("---"))
    #expect(run.errors.contains("tokens of text"))
  }

  @Test func aCaseOfTheSpecificationRunsFromFiles() async throws {
    try folder.write(
      "---\noutput: {schema: 'Foo, over'}\n---\n{{role \"system\"}}S {{> resolved}}{{role \"user\"}}Hi {{name}}{{nope}} {{@state.a}}",
      to: "t.prompt"
    )
    try folder.write(#"{"type": "number", "description": "a foo"}"#, to: "sch/Foo.json")
    try folder.write("of {{name}}", to: "parts/resolved.prompt")
    try folder.write(
      #"{"input": {"name": "Ada"}, "messages": [{"role": "model", "content": [{"text": "q"}]}], "context": {"state": {"a": 1}}}"#,
      to: "d.json"
    )
    let arguments = [
      "prompts", "render", "t.prompt", "--data", "d.json", "--partials", "parts", "--schemas",
      "sch",
    ]
    let environment = ["TABSCRIBE_HOME": folder.path + "/home"]
    let lenient = await CommandRun.tabscribe(
      arguments + ["--lenient", "--json"],
      in: folder,
      environment: environment
    )
    let json = try lenient.json
    #expect(
      json["messages"] == [
        ["role": "system", "content": [["text": "S of Ada"]]],
        ["role": "model", "content": [["text": "q"]]],
        ["role": "user", "content": [["text": "Hi Ada 1"]]],
      ]
    )
    #expect(json["output"] == ["schema": ["type": "number", "description": "over"]])
    #expect(json["ext"] == [:])
    #expect(json["config"] == [:])
    #expect(json["raw"] == ["output": ["schema": "Foo, over"]])

    let strict = await CommandRun.tabscribe(
      arguments + ["--json"],
      in: folder,
      environment: environment
    )
    #expect(strict.code == .usage)
    #expect(try strict.json["error"]?["kind"] == "unknown-variable")
    #expect(try strict.json["error"]?["line"] == 4)
  }

  @Test func valuesAreReadAsTheirDeclaredType() async throws {
    try folder.write(
      "---\ninput: {schema: {n: integer, s: string, l(array): string}}\n---\n{{json n}} {{json s}} {{json l}}",
      to: "t.prompt"
    )
    let run = await run(
      "prompts",
      "render",
      "./t.prompt",
      "--param",
      "n=3",
      "--param",
      "s=4",
      "--param",
      "l=[\"a\"]"
    )
    #expect(run.output == "[user]\n3 \"4\" [\"a\"]\n")
  }

  @Test func textFromOutsideCannotSteerTheTerminal() async throws {
    try folder.write("{{a}}", to: "t.prompt")
    let run = await run("prompts", "render", "./t.prompt", "--param", "a=\u{1B}[2Jx\u{202E}y")
    #expect(!run.output.contains("\u{1B}"))
    #expect(!run.output.contains("\u{202E}"))
  }

  @Test(arguments: ["nope.json", "bad.json", "list.json"])
  func dataThatCannotBeReadIsNamed(_ file: String) async throws {
    try folder.write("x", to: "t.prompt")
    try folder.write("{", to: "bad.json")
    try folder.write("[]", to: "list.json")
    let run = await run("prompts", "render", "./t.prompt", "--data", file)
    #expect(run.code != .done)
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("error: "))
  }

  @Test func differencesAreMarkedBySigns() async throws {
    try folder.write(
      "---\nconfig: {a: 1}\n---\none\ntwo\nthree\nfour\nfive",
      to: "prompts/a.prompt"
    )
    try folder.write("---\nconfig: {a: 1}\n---\none\ntwo\nthree\nfour\n5", to: "prompts/b.prompt")
    let run = await run("prompts", "diff", "a", "b")
    #expect(run.code == .done)
    #expect(
      run.output == """
        template:
          …
          three
          four
          [-five-]{+5+}
        schema: the same
        config: the same

        """
    )
    let json = try await self.run("prompts", "diff", "a", "b", "--json").json
    #expect(json["identical"] == false)
    #expect(json["sections"]?[0]?["words"]?[1] == ["change": "removed", "text": "five"])
    #expect(json["a"]?["digest"] != json["b"]?["digest"])
    #expect(try await self.run("prompts", "diff", "a", "a", "--json").json["identical"] == true)
  }
}
