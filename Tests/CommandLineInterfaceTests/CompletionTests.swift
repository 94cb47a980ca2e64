internal import CommandLineInterface
import Foundation
internal import TestSupport
import Testing

@Suite struct CompletionTests {
  static func isInstalled(_ program: String) -> Bool { ChildProcess.path(of: program) != nil }

  @Test(arguments: Shell.allCases) func theShellAcceptsItsScript(_ shell: Shell) throws {
    guard let path = ChildProcess.path(of: shell.rawValue) else { return }
    let script = SampleProgram.program.completionScript(for: shell)
    let outcome = try ChildProcess.run(path, ["-n"], input: script)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let words: [String]
    let offered: [String]
    var testDescription: String { words.joined(separator: " ") }
  }

  static let cases = [
    Case(words: ["sample", "se"], offered: ["send"]),
    Case(words: ["sample", "things", ""], offered: ["show"]),
    Case(words: ["sample", "send", "--enc"], offered: ["--encoding"]),
    Case(words: ["sample", "send", "--encoding", ""], offered: ["json", "tsv"]),
    Case(words: ["sample", "send", "--encoding", "=", "t"], offered: ["tsv"]),
    Case(words: ["sample", "send", "a", "--fo"], offered: ["--format", "--force"]),
    Case(words: ["sample", "things", "show", "--fo"], offered: []),
    Case(words: ["sample", "things", "show", "--js"], offered: ["--json"]),
    Case(words: ["sample", "send", "--model", "x"], offered: []),
    Case(words: ["sample", "things", "show", "a"], offered: ["alpha"]),
    Case(words: ["sample", "things", "show", "--like", ""], offered: ["last", "run-1", "run-2"]),
    Case(words: ["sample", "things", "show", "--like", "r"], offered: ["run-1", "run-2"]),
  ]

  @Test(.enabled(if: isInstalled("bash")), arguments: cases)
  func bashOffersWhatTheTableHolds(_ example: Case) throws {
    let words = example.words.map { "'\($0)'" }.joined(separator: " ")
    let outcome = try ChildProcess.run(
      try #require(ChildProcess.path(of: "bash")),
      ["--norc"],
      input: SampleProgram.program.completionScript(for: .bash) + """
        sample() { [ "$*" = 'things names' ] && printf '%s\\n' run-1 run-2; }
        COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _sample; printf '%s\\n' "${COMPREPLY[@]}"
        """
    )
    let offered = outcome.output.split(separator: "\n").map(String.init)
    #expect(offered.sorted() == example.offered.sorted())
  }

  @Test(
    .enabled(if: isInstalled("fish")),
    arguments: [
      ("sample se", ["send"]), ("sample things ", ["show"]), ("sample send --enc", ["--encoding"]),
      ("sample send --encoding ", ["json", "tsv"]),
      ("sample send a --fo", ["--force", "--format"]),
      ("sample things show --js", ["--json"]), ("sample things show ", ["alpha", "beta"]),
      ("sample things show --like ", ["last", "run-1", "run-2"]),
    ]
  )
  func fishOffersWhatTheTableHolds(_ line: String, _ offered: [String]) throws {
    let outcome = try ChildProcess.run(
      try #require(ChildProcess.path(of: "fish")),
      ["--no-config"],
      input: SampleProgram.program.completionScript(for: .fish) + """
        function sample; test "$argv" = 'things names'; and printf '%s\\n' run-1 run-2; end
        complete -C '\(line)'

        """
    )
    let words = outcome.output.split(separator: "\n").compactMap { $0.split(separator: "\t").first }
    #expect(words.map { String($0).replacing("=", with: "") }.sorted() == offered)
  }
}
