/// An argument without a dash.
package protocol CommandOperand: Sendable {
  /// How it is named, read and explained.
  var declaration: OperandDeclaration { get }
}

/// The untyped half of an operand.
package struct OperandDeclaration: Sendable {
  /// The name and the reading of each value.
  package let value: ValueDeclaration
  /// How many values must be there at least.
  package let minimum: Int
  /// Whether it takes all the values that are left.
  package let isRepeatable: Bool
  /// What it is, as a phrase without a full stop.
  package let help: String

  /// The name in capitals.
  package var name: String { value.placeholder }

  /// The name as in a usage line: `SOURCE…`, `[FILE]`.
  var usage: String {
    let name = isRepeatable ? "\(name)…" : name
    return minimum == 0 ? "[\(name)]" : name
  }
}

/// An operand that must be given.
package struct RequiredOperand<Value: Sendable>: CommandOperand {
  /// How it is named, read and explained.
  package let declaration: OperandDeclaration

  /// An operand named by the reader's placeholder.
  package init(_ reader: ValueReader<Value>, help: String) {
    declaration = OperandDeclaration(
      value: ValueDeclaration(reader),
      minimum: 1,
      isRepeatable: false,
      help: help
    )
  }
}

/// An operand that may be left out.
package struct OptionalOperand<Value: Sendable>: CommandOperand {
  /// How it is named, read and explained.
  package let declaration: OperandDeclaration

  /// An operand named by the reader's placeholder.
  package init(_ reader: ValueReader<Value>, help: String) {
    declaration = OperandDeclaration(
      value: ValueDeclaration(reader),
      minimum: 0,
      isRepeatable: false,
      help: help
    )
  }
}

/// An operand that takes all values that are left.
package struct RepeatedOperand<Value: Sendable>: CommandOperand {
  /// How it is named, read and explained.
  package let declaration: OperandDeclaration

  /// An operand named by the reader's placeholder, given at least `minimum` times.
  package init(_ reader: ValueReader<Value>, minimum: Int = 1, help: String) {
    declaration = OperandDeclaration(
      value: ValueDeclaration(reader),
      minimum: minimum,
      isRepeatable: true,
      help: help
    )
  }
}
