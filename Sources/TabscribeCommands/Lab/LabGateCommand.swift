internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RunStore
internal import TranscriptionRuns

/// `lab gate`: whether a lab's thresholds hold.
enum LabGateCommand {
  private static let baseline = ValueOption(
    "baseline",
    .text("NAME"),
    help: "what thresholds of the kind not-worse-by refer to"
  )
  private static let variants = RepeatedOption(
    "variant",
    .text("NAME"),
    help: "which variants are judged (default: all)"
  )
  private static let junit = ValueOption(
    "junit",
    .file(),
    help: "write the checks as JUnit XML, in place of what is there"
  )

  static let command = Command(
    "gate",
    abstract: "Hold a lab's newest round against its thresholds; 100 when one fails",
    examples: [
      .init("tabscribe lab gate lab.yaml", "the thresholds under gate: in the lab"),
      .init("tabscribe lab gate lab.yaml --baseline main --junit gate.xml", "for a build server"),
    ],
    discussion: """
      not-worse-by holds when a one-sided bound of the paired difference from the baseline stays \
      within it, with 95 % unless the threshold says another confidence. What cannot be told, as from \
      a single measurement, fails, and so does a variant with a result missing.
      """,
    operands: [LabOperand.operand],
    options: [
      OptionGroup("Judging", [baseline, variants, LabOperand.round]),
      OptionGroup("Results", [junit]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context)
    guard let file = lab.file, !file.thresholds.isEmpty else {
      throw CommandError.usage(
        "The lab \(SafeText.quoted(arguments[LabOperand.operand])) has no thresholds.",
        remedy: "Write some into its file: gate: {wer: {at-most: 0.1, not-worse-by: 0.01}}."
      )
    }
    let report = LabReport(try lab.round(arguments[LabOperand.round]))
    let wanted = try arguments[variants].map(report.round.variant)
    let gate = LabGate(
      file.thresholds,
      of: report.lines.filter { wanted.isEmpty || wanted.contains($0.variant) },
      in: report,
      against: try baseline(arguments[baseline], of: lab, file)
    )
    if let path = arguments[junit] {
      let folder = try OutputFolder(
        FilePath.parent(of: path),
        force: true,
        elsewhere: "another file with --junit",
        in: context.workplace
      )
      let bytes = gate.junit(lab: report.title)
      _ = try folder.write(bytes, to: FilePath.name(of: path))
    }
    show(gate, context)
    return gate.isPassed ? .done : .gate
  }

  /// The baseline that is asked for, or the only one, where a threshold needs one.
  private static func baseline(
    _ name: String?,
    of lab: LabOperand,
    _ file: LabFile
  ) throws -> LabGate.Baseline? {
    let known = try lab.store.baselines(of: lab.name)
    guard name != nil || file.thresholds.contains(where: { $0.notWorseBy != nil }) else {
      return nil
    }
    let found = name.map { name in known.first { $0.name == name } }
    guard let baseline = found ?? (known.count == 1 ? known[0] : nil) else {
      let names = known.map(\.name).joined(separator: ", ")
      throw CommandError.usage(
        name.map { "The lab has no baseline \(SafeText.quoted($0))." }
          ?? "A threshold is about a baseline, and which is not said.",
        remedy: (names.isEmpty ? "There is none." : "There are \(names).")
          + " tabscribe lab baseline set makes one."
      )
    }
    guard let round = try lab.store.labRound(baseline.round),
      let line = LabReport(round).lines.first(where: { $0.variant == baseline.variant })
    else {
      throw CommandError(
        "The round of the baseline \(SafeText.quoted(baseline.name)) is gone.",
        remedy: "Set it anew: tabscribe lab baseline set."
      )
    }
    return LabGate.Baseline(name: baseline.name, round: baseline.round, line: line)
  }

  private static func show(_ gate: LabGate, _ context: CommandContext) {
    guard !context.isJSON else { return context.print(json: gate.json) }
    var table = TextTable([
      .words(""), .words("Variant", mayShrink: true), .words("Demand", mayShrink: true),
      .words("Found", mayShrink: true),
    ])
    for check in gate.checks {
      table.add([check.isMet ? "✓" : "FAILED", check.variant, check.demand, check.found])
    }
    context.print(table)
    let failed = gate.checks.count { !$0.isMet }
    context.print(
      failed == 0
        ? "All \(gate.checks.count) checks hold."
        : "\(failed) of \(gate.checks.count) checks \(failed == 1 ? "fails" : "fail")."
    )
  }
}
