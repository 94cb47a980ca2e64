internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import PromptLinting

/// What a linter found, for people and for machines.
struct LintReport {
  let findings: [LintFinding]
  /// How many prompts or schemas were looked at.
  let count: Int
  /// What they are called: "prompts".
  let noun: String

  /// Prints the findings; with `--strict` any of them fails, else only errors do.
  func print(_ context: CommandContext, isStrict: Bool) -> ExitCode {
    let errors = findings.count { $0.rule.severity == .error }
    if context.isJSON {
      context.print(json: ["findings": .array(findings.map(\.json)), "checked": JSONValue(count)])
    } else {
      for finding in findings {
        context.print(SafeText.line(finding.line))
        context.print("    \(finding.rule.why) \(finding.rule.fix)")
      }
      let sum =
        findings.isEmpty ? "nothing to mend" : "\(findings.count) findings, \(errors) errors"
      context.status.message("\(count) \(noun): \(sum)")
    }
    return findings.isEmpty || (errors == 0 && !isStrict) ? .done : .failed
  }
}
