internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import RunStore

/// `lab baseline`: the variants that others are measured by.
enum LabBaselineCommand {
  private static let name = RequiredOperand(.text("NAME"), help: "what the baseline is called")
  private static let variant = ValueOption(
    "variant",
    .text("NAME"),
    help: "which variant (default: the only one)"
  )

  static let command = Command(
    "baseline",
    abstract: "Name variants that others are measured by",
    examples: [
      .init("tabscribe lab baseline set lab.yaml main --variant now", "of the newest round")
    ],
    subcommands: [setCommand, listCommand, deleteCommand]
  )

  private static let setCommand = Command(
    "set",
    abstract: "Set a baseline, or move it",
    examples: [
      .init("tabscribe lab baseline set lab.yaml main --variant now", "of the newest round")
    ],
    operands: [LabOperand.operand, name],
    options: [OptionGroup("What", [variant, LabOperand.round])],
    run: set
  )

  private static let listCommand = Command(
    "list",
    abstract: "List the baselines of a lab with their scores",
    examples: [.init("tabscribe lab baseline list lab.yaml", "by name")],
    operands: [LabOperand.operand],
    run: list
  )

  private static let deleteCommand = Command(
    "delete",
    abstract: "Forget a baseline; its round and results stay",
    examples: [.init("tabscribe lab baseline delete lab.yaml main", "by name")],
    operands: [LabOperand.operand, name],
    run: delete
  )

  private static func set(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context, forChanges: true)
    let round = try lab.round(arguments[LabOperand.round])
    guard
      let wanted = arguments[variant] ?? (round.variants.count == 1 ? round.variants[0].name : nil)
    else {
      throw CommandError.usage(
        "Round \(round.id) has \(round.variants.count) variants.",
        remedy: "Give --variant: \(round.variants.map(\.name).joined(separator: ", "))."
      )
    }
    let position = try round.variant(wanted)
    try lab.store.setBaseline(
      arguments[name],
      of: lab.name,
      round: round.id,
      variant: position
    )
    if context.isJSON {
      context.print(
        json: [
          "baseline": .string(arguments[name]), "round": .init(Int(round.id)),
          "variant": .string(wanted),
        ]
      )
    } else {
      context.print(
        "\(SafeText.line(arguments[name])) is \(SafeText.line(wanted)) of round \(round.id)."
      )
    }
    return .done
  }

  private static func list(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context)
    var rows: [(baseline: LabBaseline, variant: String, score: String)] = []
    for baseline in try lab.store.baselines(of: lab.name) {
      guard let round = try lab.store.labRound(baseline.round) else { continue }
      let report = LabReport(round)
      let line = report.lines.first { $0.variant == baseline.variant }
      let score = report.primary.flatMap { metric in
        line?.values[metric].map { "\(metric.title) \(metric.text($0.value))" }
      }
      rows.append((baseline, line?.name ?? "?", score ?? "not measured"))
    }
    guard !context.isJSON else {
      context.print(
        json: [
          "baselines": .array(
            rows.map { row in
              [
                "name": .string(row.baseline.name), "round": .init(Int(row.baseline.round)),
                "variant": .string(row.variant),
                "setAt": .string(MomentText.exact(row.baseline.setAt)),
              ]
            }
          )
        ]
      )
      return .done
    }
    if rows.isEmpty {
      context.print("The lab has no baseline; tabscribe lab baseline set makes one.")
      return .done
    }
    var table = TextTable([
      .words("baseline"), .numbers("round"), .words("variant", mayShrink: true), .words("score"),
      .words("set"),
    ])
    for row in rows {
      table.add([
        row.baseline.name, "\(row.baseline.round)", row.variant, row.score,
        MomentText.minute(row.baseline.setAt),
      ])
    }
    context.print(table)
    return .done
  }

  private static func delete(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lab = try LabOperand(arguments[LabOperand.operand], context, forChanges: true)
    guard try lab.store.deleteBaseline(arguments[name], of: lab.name) else {
      throw CommandError.usage(
        "The lab has no baseline \(SafeText.quoted(arguments[name])).",
        remedy: "tabscribe lab baseline list names them."
      )
    }
    if context.isJSON {
      context.print(json: ["deleted": .string(arguments[name])])
    } else {
      context.print("\(SafeText.line(arguments[name])) is forgotten.")
    }
    return .done
  }
}
