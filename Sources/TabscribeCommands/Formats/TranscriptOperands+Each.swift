internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// What commands that say something of each of several transcripts share.
extension TranscriptOperands {
  /// The transcripts that they take.
  static let several = RepeatedOperand(TranscriptOperand.reader, help: help)

  /// Says something of each transcript that a command line names, and what has none.
  ///
  /// - Parameter body: Gets a transcript and whether there are others, prints what people are to read
  ///   unless JSON is asked for, and returns what is said for machines.
  static func each(
    _ arguments: ParsedArguments,
    _ context: CommandContext,
    _ body: (_ operand: TranscriptOperand, _ isOneOfSeveral: Bool) throws -> JSONObject
  ) throws -> ExitCode {
    let operands = try Self(arguments[several], context.workplace)
    let results = try operands.found.map { operand in
      let said = try body(operand, operands.found.count > 1)
      return JSONValue.object(
        JSONObject(
          [("transcript", .string(operand.spelling))] + said.members.map { ($0.key, $0.value) }
        )
      )
    }
    if context.isJSON { context.print(json: ["results": .array(results)]) }
    return operands.tellMissing(context)
  }

  static let help = "a transcript file (STEM.json), or a run: its id, its beginning, last; RUN.N"

  /// Says which items have no result; the exit code that follows from it.
  func tellMissing(_ context: CommandContext) -> ExitCode {
    for item in missing {
      let source = SafeText.quoted(item.item.source.uri)
      context.status.warning(
        "\(item.reference), \(source), has no result: \(item.status.rawValue)."
      )
    }
    return missing.isEmpty ? .done : .incomplete
  }
}

extension TranscriptOperand {
  static let reader = ValueReader<String>.text(
    "TRANSCRIPT",
    completion: .files
  )
}
