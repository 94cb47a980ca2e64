internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning

/// The options about planning, shared by the commands that plan.
enum PlanningOptions {
  static let noEstimate = Flag(
    "no-estimate",
    help: "go on where model, length or price is not known"
  )
  static let countTokens = Flag(
    "count-tokens",
    help: "let the service count the text; free, nothing else is sent"
  )
  /// Stands for the flag of `transcribe` by which everything is done anew.
  static let force = Flag("force", help: "price what was done before, too")
  static let whatIf = ValueOption(
    "what-if",
    .axes,
    help: "compare settings: fps, resolution, model, encoding, with commas"
  )
}

extension ValueReader where Value == [WhatIf.Axis] {
  /// Settings to vary, separated by commas.
  fileprivate static let axes = ValueReader(
    "AXES",
    completion: .suggestions(WhatIf.Axis.all.map(\.name))
  ) { text throws(ValueProblem) in
    let word = ValueReader<String>.choice("AXIS", of: WhatIf.Axis.all.map(\.name))
    return try word.list(text).flatMap { name in WhatIf.Axis.all.filter { $0.name == name } }
  }
}
