internal import CommandLineInterface
internal import OrderedJSON
internal import TranscriptModel

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
    let operands = try Self(arguments[several], context)
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
}
