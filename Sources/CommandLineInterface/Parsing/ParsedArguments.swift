/// The arguments of one command, read and checked.
///
/// Ask with the same option or operand value that the command declares; asking for one that the
/// command does not declare is a mistake in the program and stops it.
package struct ParsedArguments: Sendable {
  /// The program the command line was written for.
  package let program: Program
  /// The command and those above it, outermost first.
  package let path: [Command]
  /// The words of the command line, as they were given.
  package internal(set) var words: [String] = []
  var options: [String: [any Sendable]] = [:]
  /// The options as they were given, without what stands for others.
  var optionWords: [(name: String, word: String)] = []
  var operands: [String: [any Sendable]] = [:]

  init(program: Program, path: [Command]) {
    self.program = program
    self.path = path
  }

  /// The options that were given and that another command takes, as words of its command line.
  ///
  /// - Parameter others: Options that are left out.
  package func words(for command: Command, without others: [any CommandOption]) -> [String] {
    let left = others.map(\.declaration.name)
    return optionWords.filter { option in
      command.options.contains { $0.name == option.name } && !left.contains(option.name)
    }.map(\.word)
  }

  /// Whether the flag was given.
  package subscript(_ flag: Flag) -> Bool { !values(flag.declaration).isEmpty }

  /// Whether the command has an option.
  package func declares(_ option: any CommandOption) -> Bool {
    program.options(of: path).contains { $0.name == option.declaration.name }
  }

  /// Whether an option of the command was given, whatever its kind.
  package func isGiven(_ option: any CommandOption) -> Bool { !values(option.declaration).isEmpty }

  /// The value of the last use, or `nil`.
  package subscript<Value>(_ option: ValueOption<Value>) -> Value? {
    values(option.declaration).last as? Value
  }

  /// The values in the order given.
  package subscript<Value>(_ option: RepeatedOption<Value>) -> [Value] {
    values(option.declaration).compactMap { $0 as? Value }
  }

  /// The value; the parser has made sure that there is one.
  package subscript<Value>(_ operand: RequiredOperand<Value>) -> Value {
    guard let value = values(operand.declaration).first as? Value else {
      preconditionFailure("the command does not declare the operand \(operand.declaration.name)")
    }
    return value
  }

  /// The value, or `nil`.
  package subscript<Value>(_ operand: OptionalOperand<Value>) -> Value? {
    values(operand.declaration).first as? Value
  }

  /// The values in the order given.
  package subscript<Value>(_ operand: RepeatedOperand<Value>) -> [Value] {
    values(operand.declaration).compactMap { $0 as? Value }
  }

  private func values(_ option: OptionDeclaration) -> [any Sendable] {
    precondition(
      program.options(of: path).contains { $0.name == option.name },
      "the command does not declare \(option.spelling)"
    )
    return options[option.name] ?? []
  }

  private func values(_ operand: OperandDeclaration) -> [any Sendable] {
    precondition(
      path.last?.operands.contains { $0.declaration.name == operand.name } ?? false,
      "the command does not declare the operand \(operand.name)"
    )
    return operands[operand.name] ?? []
  }
}
