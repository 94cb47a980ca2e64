/// The help of one command, made to fit a screen: example first, options by purpose.
struct HelpPage {
  let program: Program
  let path: [Command]
  let width: Int
  let style: TextStyle

  private var command: Command { path[path.count - 1] }
  private var spelling: String { program.spelling(of: path) }

  var text: String {
    var blocks = [examples, introduction]
    if !command.discussion.isEmpty { blocks.append(wrapped(command.discussion)) }
    if !command.subcommands.isEmpty { blocks.append(commands) }
    blocks += options
    blocks.append(everywhere)
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
      .joined(separator: "\n\n") + "\n"
  }

  private var examples: [String] {
    definitions(command.examples.map { ("$ " + $0.line, $0.purpose) }, limit: 44, indent: 0)
  }

  private var introduction: [String] {
    var usage = "Usage: \(spelling)"
    if !command.subcommands.isEmpty { usage += " COMMAND" }
    if !command.options.isEmpty { usage += " [OPTION…]" }
    for operand in command.operands { usage += " " + operand.declaration.usage }
    return wrapped(command.abstract + ".") + [usage]
      + definitions(operands, limit: 32, indent: 2, column: column)
  }

  private var operands: [(String, String)] {
    command.operands.map { ($0.declaration.usage, $0.declaration.helpText) }
  }

  private var commands: [String] {
    let names = command.subcommands.map { ($0.name, $0.abstract) }
    return [style.bold("Commands:")] + definitions(names, limit: 20, indent: 2)
  }

  private var options: [[String]] {
    groups.map { title, terms in
      [style.bold(title + ":")] + definitions(terms, limit: 32, indent: 2, column: column)
    }
  }

  private var groups: [(title: String, terms: [(String, String)])] {
    command.optionGroups.map { group in
      (group.title, group.options.map { ($0.term, $0.helpText) })
    }
  }

  /// Operands and option groups share one column, so that the eye has one edge to follow.
  private var column: Int {
    let terms = operands + groups.flatMap(\.terms)
    return terms.map { DisplayWidth.of($0.0) }.filter { $0 <= 32 }.max() ?? 0
  }

  private var everywhere: [String] {
    let flags = program.commonOptions.flatMap(\.spellings).joined(separator: ", ")
    let more = command.subcommands.isEmpty ? "" : "; \(spelling) COMMAND --help explains a command"
    return wrapped("Everywhere: -h, --help, \(flags)\(more)")
  }

  private func wrapped(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
      paragraph.isEmpty ? [""] : TextWrapping.lines(String(paragraph), width: width)
    }
  }

  /// Terms with their explanations beside them, or below where a term is longer than the limit.
  private func definitions(
    _ terms: [(term: String, help: String)],
    limit: Int,
    indent: Int,
    column: Int? = nil
  ) -> [String] {
    let fitting = terms.map { DisplayWidth.of($0.term) }.filter { $0 <= limit }
    let column = column ?? fitting.max() ?? 0
    let margin = String(repeating: " ", count: indent)
    let gap = String(repeating: " ", count: indent + column + 2)
    return terms.flatMap { term, help -> [String] in
      var lines = TextWrapping.lines(help, width: max(24, width - gap.count))
      var first = margin + term
      if DisplayWidth.of(term) <= column, !lines.isEmpty {
        first = margin + DisplayWidth.padded(term, to: column + 2, alignment: .left)
        first += lines.removeFirst()
      }
      return [first] + lines.map { gap + $0 }
    }
  }
}

extension OptionDeclaration {
  /// The option as listed, with the long forms of all options in one column: `-m, --model MODEL`.
  var term: String {
    let names = (short.map { "-\($0), " } ?? "    ") + spelling
    return value.map { "\(names) \($0.placeholder)" } ?? names
  }

  /// The help with the words allowed and a note on repetition.
  var helpText: String {
    let words = value?.wordList.map { ": " + $0 } ?? ""
    return help + words + (isRepeatable ? " (repeatable)" : "")
  }
}

extension OperandDeclaration {
  /// The help with the words allowed.
  var helpText: String { help + (value.wordList.map { ": " + $0 } ?? "") }
}

extension ValueDeclaration {
  /// More words than these would hide the rest of a help page; `help TOPIC` lists them.
  private static let mostWords = 12

  /// The words allowed, separated by commas; `nil` when there are too many to read.
  var wordList: String? {
    guard case .words(let words) = completion, words.count <= Self.mostWords else { return nil }
    return words.joined(separator: ", ")
  }
}
