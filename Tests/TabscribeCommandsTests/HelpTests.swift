internal import CommandLineInterface
internal import TabscribeCommands
internal import TestSupport
import Testing

@Suite struct HelpTests {
  /// The names that lead to every command, the program itself first.
  static let paths = paths(of: TabscribeProgram.program.root, below: [])

  private static func paths(of command: Command, below names: [String]) -> [[String]] {
    [names] + command.subcommands.flatMap { paths(of: $0, below: names + [$0.name]) }
  }

  private static func command(_ names: [String]) throws -> Command {
    try #require(try TabscribeProgram.program.path(to: names).last)
  }

  @Test(arguments: paths) func helpIsWhatWasLookedAt(_ names: [String]) throws {
    let help = try TabscribeProgram.program.help(for: names)
    let file = (["tabscribe"] + names).joined(separator: "-") + ".txt"
    let difference = Snapshot.difference(of: help, from: "help/\(file)")
    #expect(difference == nil)
  }

  @Test(arguments: paths) func helpFitsOnOneScreen(_ names: [String]) throws {
    let help = try TabscribeProgram.program.help(for: names)
    #expect(help.hasSuffix("\n"))
    // What stands behind the last line break is no line.
    let lines = help.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 60)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 80 })
  }

  @Test(arguments: paths) func everyCommandOpensWithAnExampleOfItself(_ names: [String]) throws {
    let command = try Self.command(names)
    let example = try #require(command.examples.first)
    #expect(example.line.contains((["tabscribe"] + names).joined(separator: " ")))
    #expect(!command.abstract.hasSuffix("."))
    for option in command.optionGroups.flatMap(\.options) {
      #expect(!option.help.hasSuffix("."), "--\(option.name)")
      #expect(option.name.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber })
    }
  }

  @Test(arguments: paths) func noNameOrLetterIsUsedTwice(_ names: [String]) throws {
    let command = try Self.command(names)
    let options = command.optionGroups.flatMap(\.options)
    let spellings =
      options.map(\.name) + options.compactMap { $0.short.map { "\($0)" } }
      + ["json", "quiet", "no-progress", "help", "h", "q", "version"]
    #expect(Set(spellings).count == spellings.count)
    #expect(Set(command.subcommands.map(\.name)).count == command.subcommands.count)
  }

  @Test(arguments: Shell.allCases) func completionsAreAcceptedByTheirShell(_ shell: Shell) throws {
    guard let path = ChildProcess.path(of: shell.rawValue) else { return }
    let script = TabscribeProgram.program.completionScript(for: shell)
    let outcome = try ChildProcess.run(path, ["-n"], input: script)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  @Test(.enabled(if: ChildProcess.path(of: "mandoc") != nil))
  func theManualPageHasNoErrors() throws {
    let outcome = try ChildProcess.run(
      try #require(ChildProcess.path(of: "mandoc")),
      ["-Tlint", "-Werror"],
      input: TabscribeProgram.program.manualPage
    )
    #expect(outcome.code == 0, "\(outcome.output)")
  }

  @Test func manualPagesAreWrittenAsFiles() async throws {
    let folder = try TemporaryFolder()
    let run = await CommandRun.tabscribe(["man", "--output-dir", "man1"], in: folder)
    #expect(run.code == .done, "\(run.errors)")
    let pages = TabscribeProgram.program.manualPages
    #expect(run.output == pages.map { $0.file + "\n" }.joined())
    #expect(pages.count == TabscribeProgram.program.root.subcommands.count + 1)
    for page in pages { #expect(try folder.text(of: "man1/" + page.file) == page.text) }
  }

  @Test func theManualPageExplainsExitCodesAndVariables() {
    let page = TabscribeProgram.program.manualPage
    for text in ["EXIT STATUS", "ENVIRONMENT", "\\fB130\\fR", "GEMINI_API_KEY", "NO_COLOR"] {
      #expect(page.contains(text), "\(text) is missing")
    }
  }
}
