internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import PromptTemplates
internal import RunStore
internal import TranscriptScoring

/// `lab history`: the rounds of a lab, what changed in its prompts, and what that did.
enum LabHistoryCommand {
  static let metric = ValueOption(
    "metric",
    .choice("METRIC", of: LabMetric.allCases.map(\.rawValue)),
    help: "which score (default: the lab's first)"
  )
  static let variant = ValueOption("variant", .text("NAME"), help: "one variant only")

  static let command = Command(
    "history",
    abstract: "Show a lab's rounds: scores over time, and what was changed",
    examples: [
      .init("tabscribe lab history lab.yaml", "all variants"),
      .init("tabscribe lab history lab.yaml --variant now --metric names", "one of them"),
    ],
    operands: [LabOperand.operand],
    options: [OptionGroup("What", [metric, variant])],
    run: run
  )

  /// The history that a command line asks for.
  ///
  /// - Throws: `CommandError` when nothing was measured.
  static func history(_ arguments: ParsedArguments, of lab: LabOperand) throws -> LabHistory {
    let metric = arguments[metric].flatMap(LabMetric.init(rawValue:))
    guard
      let history = LabHistory(
        try lab.store.labRounds(of: lab.name),
        metric: metric,
        variant: arguments[variant]
      ), !history.entries.isEmpty
    else {
      throw CommandError(
        "There is nothing measured to show.",
        remedy: "Check --variant and --metric, or run the lab: tabscribe lab run."
      )
    }
    return history
  }

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context)
    let history = try history(arguments, of: lab)
    if context.isJSON {
      context.print(json: ["rounds": .array(history.entries.map { json($0, history.metric) })])
      return .done
    }
    var table = TextTable([
      .numbers("round"), .words("began"), .words("variant", mayShrink: true),
      .numbers(history.metric.title), .words("95 % interval"), .numbers("change"), .words(""),
    ])
    for entry in history.entries { table.add(row(entry, history.metric)) }
    context.print(table)
    for entry in history.entries { showChanges(entry, context) }
    return .done
  }

  private static func row(_ entry: LabHistory.Entry, _ metric: LabMetric) -> [String] {
    let value = entry.line.values[metric]
    let change = entry.change?.difference.map(metric.difference) ?? ""
    let verdict = entry.change.map { change in
      guard change.isBeyondNoise, let difference = change.difference else {
        return "within the noise"
      }
      return metric.isBetter(difference, than: 0) ? "better" : "worse"
    }
    return [
      "\(entry.round.id)", MomentText.minute(entry.round.startedAt), entry.line.name,
      value.map { metric.text($0.value) } ?? "–",
      value?.interval.map { LabReport.interval($0, metric) } ?? "one sample", change,
      verdict ?? "",
    ]
  }

  /// What was changed in a variant, beside what that did.
  private static func showChanges(_ entry: LabHistory.Entry, _ context: CommandContext) {
    guard entry.prompt != nil || !entry.settings.isEmpty else { return }
    context.print("")
    context.print(
      context.style.bold("Round \(entry.round.id), \(SafeText.line(entry.line.name)), changed")
    )
    for setting in entry.settings {
      context.print(
        "  \(SafeText.line(setting.name)): \(SafeText.line(setting.before)) → "
          + SafeText.line(setting.after)
      )
    }
    guard let prompt = entry.prompt else { return }
    for line in DifferenceText.lines(prompt, style: context.style) { context.print("  " + line) }
  }

  static func json(_ entry: LabHistory.Entry, _ metric: LabMetric) -> JSONValue {
    var object: JSONObject = [
      "round": .init(Int(entry.round.id)),
      "began": .string(MomentText.exact(entry.round.startedAt)),
      "variant": .string(entry.line.name), "metric": .string(metric.rawValue),
      "promptChanged": .bool(entry.prompt != nil),
    ]
    if let value = entry.line.values[metric] {
      object["value"] = .init(value.value)
      object["low"] = value.interval.map { .init($0.low) }
      object["high"] = value.interval.map { .init($0.high) }
    }
    object["change"] = entry.change?.difference.map { .init($0) }
    object["beyondNoise"] = entry.change.map { .bool($0.isBeyondNoise) }
    if let prompt = entry.prompt {
      object["prompt"] = .array(
        DifferenceText.lines(prompt, style: .plain).map { .string($0) }
      )
    }
    if !entry.settings.isEmpty {
      object["settings"] = .array(
        entry.settings.map { setting in
          [
            "name": .string(setting.name), "before": .string(setting.before),
            "after": .string(setting.after),
          ]
        }
      )
    }
    return .object(object)
  }
}
