internal import CommandLineInterface
internal import HostSystem
internal import PromptLinting
internal import PromptTemplates
internal import RequestPlanning
internal import TranscriptionRuns

/// `prompts lint`: what would cost money or quality, before it does.
enum PromptsLintCommand {
  private static let names = RepeatedOperand(
    .libraryName(.prompts),
    minimum: 0,
    help: "prompts by name, file or folder (default: all that are found by name)"
  )
  static let strict = Flag("strict", help: "fail also when there are warnings only")

  static let command = Command(
    "lint",
    abstract: "Find mistakes in prompts before they are paid for",
    examples: [
      .init("tabscribe prompts lint", "every prompt that is found by name"),
      .init("tabscribe prompts lint prompts/mine.prompt --strict", "one file; warnings fail, too"),
    ],
    operands: [names],
    options: [OptionGroup("Checking", [strict])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = PromptLookup(context.workplace)
    let linter = PromptLinter(catalog: try .builtIn())
    var findings: [LintFinding] = []
    var subjects: [PromptSubject] = []
    var unreadable = 0
    for name in references(arguments[names], lookup, context) {
      let item = try lookup.prompts.item(name)
      do throws(PromptError) {
        let subject = PromptSubject(name: item.name, template: try lookup.template(item))
        findings += linter.findings(subject)
        subjects.append(subject)
      } catch {
        findings.append(PromptLinter.finding(error, in: item.name))
        unreadable += 1
      }
    }
    findings += linter.findings(among: subjects)
    return LintReport(findings: findings, count: subjects.count + unreadable, noun: "prompts")
      .print(context, isStrict: arguments[strict])
  }

  /// The prompts asked for, folders replaced by the prompts in them.
  private static func references(
    _ given: [String],
    _ lookup: PromptLookup,
    _ context: CommandContext
  ) -> [String] {
    guard !given.isEmpty else { return lookup.prompts.names }
    return given.flatMap { reference -> [String] in
      guard HostFiles.kind(of: context.absolutePath(reference)) == .folder else {
        return [reference]
      }
      return HostFiles.names(in: context.absolutePath(reference))
        .filter { $0.hasSuffix(".prompt") && !$0.hasPrefix("_") }
        .map { FilePath.joined(reference, $0) }
    }
  }
}
