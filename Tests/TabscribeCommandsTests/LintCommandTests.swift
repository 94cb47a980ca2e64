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
    #expect(Set(findings.compactMap { $0["code"]?.string }).count == 21)
    #expect(findings.allSatisfy { $0["why"]?.string != nil && $0["fix"]?.string != nil })
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
