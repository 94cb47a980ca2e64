import Foundation
import PromptLinting
import PromptTemplates
import RequestPlanning
import TestSupport
import Testing

/// Each file of `BadPrompts` has one fault and is named after the rule it breaks.
@Suite struct PromptLinterTests {
  static let folder = SharedFixtures.projectRoot.appending(
    path: "Tests/PromptLintingTests/BadPrompts"
  )

  private func subject(_ name: String) throws -> PromptSubject {
    let file = Self.folder.appending(path: "\(name).prompt")
    let template = try PromptTemplate(
      parsing: String(decoding: Data(contentsOf: file), as: UTF8.self),
      name: "\(name).prompt"
    )
    return PromptSubject(name: name, template: template)
  }

  private func linter() throws -> PromptLinter { PromptLinter(catalog: try .builtIn()) }

  @Test(
    arguments: LintRule.allCases.filter {
      ![.systemDiffers, .unreadable, .schemaTables].contains($0)
    }
  )
  func findsThePlantedFaultAndNoOther(_ rule: LintRule) throws {
    let findings = try linter().findings(try subject(rule.rawValue))
    #expect(Set(findings.map(\.rule)) == [rule], "\(findings.map(\.line))")
  }

  @Test func promptsThatShareAMediaShouldShareTheSystemInstruction() throws {
    let linter = try linter()
    let (clean, differs) = (try subject("clean"), try subject("system-differs"))
    #expect(linter.findings(among: [clean, differs]).map(\.rule) == [.systemDiffers])
    #expect(linter.findings(among: [clean, clean]).isEmpty)
    #expect(linter.findings(differs).isEmpty)
  }

  @Test func aFileThatCannotBeReadIsAFindingWithItsPlace() throws {
    let error = try #require(throws: PromptError.self) { try subject("unreadable") }
    let finding = PromptLinter.finding(error, in: "unreadable")
    #expect(finding.rule == .unreadable)
    #expect(finding.line.hasPrefix("unreadable.prompt:"))
  }

  /// A field line, a rule for all columns, and a rule that names its columns.
  @Test(arguments: [
    ("Write `?` for a `sound` that cannot be told.", []),
    ("Write `?` for a `sound` or a `start` that cannot be told.", []),
    ("Write `?` for a `kind` that cannot be told.", [LintRule.notFoundImpossible]),
    ("In doubt, `?` stands everywhere.", [.notFoundUnbound]),
  ])
  func whatIsNotFoundBindsColumnsThatCanSaySo(_ text: String, _ rules: [LintRule]) throws {
    let file = Self.folder.appending(path: "clean.prompt")
    let clean = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let template = try PromptTemplate(parsing: clean + text + "\n", name: "clean.prompt")
    let findings = try linter().findings(PromptSubject(name: "clean", template: template))
    #expect(findings.map(\.rule) == rules)
  }

  @Test func aCleanPromptHasNoFindings() throws {
    let findings = try linter().findings(try subject("clean"))
    #expect(findings.isEmpty, "\(findings.map(\.line))")
  }

  @Test func pointsAtTheLine() throws {
    let findings = try linter().findings(try subject("hard-wired-timecode"))
    let location = try #require(findings.first?.location)
    #expect(location.lineText.contains("HH:MM:SS"))
    #expect(findings[0].line.hasPrefix("hard-wired-timecode.prompt:\(location.line):"))
  }

  @Test func everyRuleSaysWhyAndWhatToDo() {
    for rule in LintRule.allCases {
      #expect(rule.why.hasSuffix("."))
      #expect(rule.fix.hasSuffix("."))
    }
    #expect(Set(LintRule.allCases.map(\.why)).count == LintRule.allCases.count)
  }
}
