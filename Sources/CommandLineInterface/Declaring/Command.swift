/// A command as a value: what it is called, what it takes, what it does.
///
/// Parsing, help, completions and the manual page are all made from this one table.
package struct Command: Sendable {
  /// What a command does once its arguments are read.
  package typealias Action =
    @Sendable (_ arguments: ParsedArguments, _ context: CommandContext) async throws -> ExitCode

  /// A command line worth showing, and what it is for.
  package struct Example: Hashable, Sendable {
    /// The command line as one would type it.
    package let line: String
    /// What it does, in a few words.
    package let purpose: String

    /// An example; the line begins with the program's name.
    package init(_ line: String, _ purpose: String) {
      self.line = line
      self.purpose = purpose
    }
  }

  /// The word that selects the command.
  package let name: String
  /// One sentence without a full stop, for lists of commands.
  package let abstract: String
  /// Examples, the most common one first; help opens with it.
  package let examples: [Example]
  /// What else one must know, in a few lines; may be empty.
  package let discussion: String
  /// The arguments without a dash, in order; only the last may repeat.
  package let operands: [any CommandOperand]
  /// The options, grouped by purpose.
  package let optionGroups: [OptionGroup]
  /// The commands below this one; not empty exactly when there is no action.
  package let subcommands: [Command]
  /// What it does; `nil` for a group of commands.
  package let action: Action?

  /// A command that does something.
  package init(
    _ name: String,
    abstract: String,
    examples: [Example],
    discussion: String = "",
    operands: [any CommandOperand] = [],
    options: [OptionGroup] = [],
    run: @escaping Action
  ) {
    self.name = name
    self.abstract = abstract
    self.examples = examples
    self.discussion = discussion
    self.operands = operands
    optionGroups = options
    subcommands = []
    action = run
  }

  /// A name for a group of commands.
  package init(
    _ name: String,
    abstract: String,
    examples: [Example],
    discussion: String = "",
    subcommands: [Command]
  ) {
    self.name = name
    self.abstract = abstract
    self.examples = examples
    self.discussion = discussion
    operands = []
    optionGroups = []
    self.subcommands = subcommands
    action = nil
  }

  /// The options of all groups.
  var options: [OptionDeclaration] { optionGroups.flatMap(\.options) }
}
