internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RunStore

/// `lab best`: the best iteration that a lab ever had.
enum LabBestCommand {
  static let command = Command(
    "best",
    abstract: "Name the best prompt a lab ever had, and how sure that is",
    examples: [
      .init("tabscribe lab best lab.yaml", "of all rounds, by the lab's first metric"),
      .init("tabscribe lab best lab.yaml --metric names", "by another"),
    ],
    operands: [LabOperand.operand],
    options: [OptionGroup("What", [LabHistoryCommand.metric, LabHistoryCommand.variant])],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context)
    let history = try LabHistoryCommand.history(arguments, of: lab)
    guard let best = history.best, let value = best.line.values[history.metric] else {
      throw CommandError(
        "No round has all its results.",
        remedy: "Run the lab to its end: tabscribe lab run."
      )
    }
    let equals = history.equals(of: best)
    let names = equals.map { "\($0.line.name) of round \($0.round.id)" }
    if context.isJSON {
      var object = LabHistoryCommand.json(best, history.metric).object ?? [:]
      object["notTold"] = .array(names.map { .string($0) })
      context.print(json: .object(object))
      return .done
    }
    let interval = value.interval.map { " (95 %: \(LabReport.interval($0, history.metric)))" } ?? ""
    context.print(
      "\(SafeText.line(best.line.name)) of round \(best.round.id), "
        + "\(MomentText.minute(best.round.startedAt)): \(history.metric.title) "
        + "\(history.metric.text(value.value))\(interval), \(best.report.size)."
    )
    if !names.isEmpty {
      context.print("Within the noise of it: \(SafeText.line(names.joined(separator: ", "))).")
    }
    context.print(
      "To have it back: tabscribe lab restore \(SafeText.line(arguments[LabOperand.operand])) "
        + "--round \(best.round.id) --variant '\(SafeText.line(best.line.name))'"
    )
    return .done
  }
}
