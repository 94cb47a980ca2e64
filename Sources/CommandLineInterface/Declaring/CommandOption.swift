/// An argument that begins with a dash: a flag, or an option with a value.
package protocol CommandOption: Sendable {
  /// How it is written and explained.
  var declaration: OptionDeclaration { get }
}

/// The untyped half of an option: how it is written, read and explained.
package struct OptionDeclaration: Sendable {
  /// The long name, without dashes.
  package let name: String
  /// The one-letter name.
  package let short: Character?
  /// The value it takes; `nil` for a flag.
  package let value: ValueDeclaration?
  /// Whether each further use adds a value; otherwise the last use counts.
  package let isRepeatable: Bool
  /// What it does, as a phrase without a full stop.
  package let help: String

  /// The long name as typed.
  var spelling: String { "--\(name)" }
}

/// The untyped half of a value: its placeholder, its completions and its check.
package struct ValueDeclaration: Sendable {
  /// What stands for the value in the help, in capitals.
  package let placeholder: String
  /// What a shell may offer.
  package let completion: ValueCompletion
  /// Reads the text as the value that the typed half expects.
  let read: @Sendable (String) throws(ValueProblem) -> any Sendable

  init(_ reader: ValueReader<some Sendable>) {
    placeholder = reader.placeholder
    completion = reader.completion
    read = { text throws(ValueProblem) in try reader.read(text) }
  }
}

/// What a shell may offer for a value.
package enum ValueCompletion: Hashable, Sendable {
  /// Nothing that can be known.
  case none
  /// One of these words, and no other.
  case words([String])
  /// These words, but others are right too.
  case suggestions([String])
  /// These words, and the lines that the program prints when it is called with the others.
  case produced([String], by: [String])
  /// Files and folders.
  case files
  /// Folders only.
  case folders
}

/// An option that is present or absent, such as `--force`.
package struct Flag: CommandOption {
  /// How it is written and explained.
  package let declaration: OptionDeclaration

  /// A flag; `help` is a phrase without a full stop.
  package init(_ name: String, short: Character? = nil, help: String) {
    declaration = OptionDeclaration(
      name: name,
      short: short,
      value: nil,
      isRepeatable: false,
      help: help
    )
  }
}

/// An option with one value, such as `--fps 2`; given again, the last counts.
package struct ValueOption<Value: Sendable>: CommandOption {
  /// How it is written and explained.
  package let declaration: OptionDeclaration
  /// How its text becomes a value.
  package let reader: ValueReader<Value>

  /// An option; `help` is a phrase without a full stop that names the default, if there is one.
  package init(
    _ name: String,
    short: Character? = nil,
    _ reader: ValueReader<Value>,
    help: String
  ) {
    self.reader = reader
    declaration = OptionDeclaration(
      name: name,
      short: short,
      value: ValueDeclaration(reader),
      isRepeatable: false,
      help: help
    )
  }
}

/// An option that may be given several times, each with a value, such as `--format html`.
package struct RepeatedOption<Value: Sendable>: CommandOption {
  /// How it is written and explained.
  package let declaration: OptionDeclaration
  /// How the text of each use becomes a value.
  package let reader: ValueReader<Value>

  /// An option; `help` is a phrase without a full stop.
  package init(
    _ name: String,
    short: Character? = nil,
    _ reader: ValueReader<Value>,
    help: String
  ) {
    self.reader = reader
    declaration = OptionDeclaration(
      name: name,
      short: short,
      value: ValueDeclaration(reader),
      isRepeatable: true,
      help: help
    )
  }
}
