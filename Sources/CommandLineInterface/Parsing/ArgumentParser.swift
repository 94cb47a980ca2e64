internal import PlainText

/// What a command line asks for.
enum Invocation {
  /// The help of the last command of the path.
  case help(path: [Command])
  /// The version.
  case version
  /// Running a command.
  case run(ParsedArguments)
}

/// Reads one command line against a program's table.
struct ArgumentParser {
  let program: Program
  private var path: [Command]
  private var rest: ArraySlice<String>
  private let words: [String]
  private var options: [String: [any Sendable]] = [:]
  private var optionWords: [(name: String, word: String)] = []
  private var operands: [String] = []

  init(_ program: Program, _ arguments: [String]) {
    self.program = program
    path = [program.root]
    words = arguments
    rest = arguments[...]
  }

  private var command: Command { path[path.count - 1] }

  mutating func parse() throws(CommandError) -> Invocation {
    while let argument = rest.popFirst() {
      if argument == "--" {
        operands += rest
        rest = []
      } else if argument == "--help" || argument == "-h" {
        return .help(path: path)
      } else if argument == "--version" {
        return .version
      } else if argument.hasPrefix("--") {
        try readLong(argument.dropFirst(2))
      } else if argument.hasPrefix("-"), argument != "-" {
        try readCluster(argument.dropFirst())
      } else if command.subcommands.isEmpty {
        operands.append(argument)
      } else {
        try descend(argument)
      }
    }
    return try finished()
  }

  private mutating func descend(_ name: String) throws(CommandError) {
    guard let found = command.subcommands.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: command.subcommands.map(\.name))
      throw usage("There is no command \(SafeText.quoted(name)).", near)
    }
    path.append(found)
  }

  private mutating func readLong(_ text: Substring) throws(CommandError) {
    let sign = text.firstIndex(of: "=")
    let name = String(text[..<(sign ?? text.endIndex)])
    let known = program.options(of: path)
    guard let option = known.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(to: name, among: known.map(\.name) + ["help"])
      throw usage("There is no option \(SafeText.quoted("--" + name)).", near.map { "--" + $0 })
    }
    let attached = sign.map { String(text[text.index(after: $0)...]) }
    if option.value == nil, attached != nil {
      throw usage("\(option.spelling) takes no value.")
    }
    try store(option, spelling: option.spelling, attached: attached)
  }

  private mutating func readCluster(_ text: Substring) throws(CommandError) {
    var letters = text
    while let letter = letters.popFirst() {
      guard let option = program.options(of: path).first(where: { $0.short == letter }) else {
        let near = program.options(of: path).first { $0.name == text }?.spelling
        throw usage("There is no option \(SafeText.quoted("-\(letter)")).", near)
      }
      guard option.value != nil else {
        try store(option, spelling: "-\(letter)", attached: nil)
        continue
      }
      if letters.first == "=" { letters.removeFirst() }
      try store(option, spelling: "-\(letter)", attached: letters.isEmpty ? nil : String(letters))
      return
    }
  }

  private mutating func store(
    _ option: OptionDeclaration,
    spelling: String,
    attached: String?
  ) throws(CommandError) {
    guard let value = option.value else {
      options[option.name] = [true]
      optionWords.append((option.name, option.spelling))
      return
    }
    let text = if let attached { attached } else { try nextValue(for: value, spelling: spelling) }
    let read = try self.read(text, as: value, of: spelling)
    optionWords.append((option.name, "\(option.spelling)=\(text)"))
    options[option.name] = option.isRepeatable ? (options[option.name] ?? []) + [read] : [read]
  }

  /// The following argument, unless it is itself an option: a forgotten value must not eat it.
  private mutating func nextValue(
    for value: ValueDeclaration,
    spelling: String
  ) throws(CommandError) -> String {
    guard let next = rest.first else {
      throw usage("\(spelling) needs a value: \(spelling) \(value.placeholder).")
    }
    if next == "--" || isOption(next) {
      throw usage(
        "\(spelling) needs a value: \(spelling) \(value.placeholder); "
          + "\(SafeText.quoted(next)) after it is an option."
      )
    }
    rest.removeFirst()
    return next
  }

  private func isOption(_ text: String) -> Bool {
    if text == "--help" || text == "-h" { return true }
    let name = text.prefix { $0 != "=" }
    return program.options(of: path).contains { option in
      name == option.spelling || option.short.map { name == "-\($0)" } ?? false
    }
  }

  private func read(
    _ text: String,
    as value: ValueDeclaration,
    of name: String
  ) throws(CommandError) -> any Sendable {
    do throws(ValueProblem) {
      return try value.read(text)
    } catch {
      throw usage(
        "\(name): found \(SafeText.quoted(error.found ?? text)), expected \(error.expected).",
        error.suggestion
      )
    }
  }

  private func finished() throws(CommandError) -> Invocation {
    guard command.action != nil else {
      if path.count == 1 { return .help(path: path) }
      let names = command.subcommands.map(\.name).joined(separator: ", ")
      throw usage("\(program.spelling(of: path)) needs a command: \(names).")
    }
    var parsed = ParsedArguments(program: program, path: path)
    parsed.words = words
    parsed.options = options
    parsed.optionWords = optionWords
    parsed.operands = try assignedOperands()
    return .run(parsed)
  }

  private func assignedOperands() throws(CommandError) -> [String: [any Sendable]] {
    var assigned: [String: [any Sendable]] = [:]
    var left = operands[...]
    for operand in command.operands.map(\.declaration) {
      let taken = operand.isRepeatable ? left : left.prefix(1)
      left = left.dropFirst(taken.count)
      guard taken.count >= operand.minimum else {
        throw usage("\(operand.name) is missing: \(operand.help).")
      }
      var values: [any Sendable] = []
      for text in taken { values.append(try read(text, as: operand.value, of: operand.name)) }
      assigned[operand.name] = values
    }
    guard let surplus = left.first else { return assigned }
    throw usage("\(SafeText.quoted(surplus)) is one argument too many.")
  }

  private func usage(_ message: String, _ suggestion: String? = nil) -> CommandError {
    let help = "see \(program.spelling(of: path)) --help"
    return .usage(
      message,
      remedy: suggestion.map { "Did you mean \($0)? Or \(help)." } ?? "For what it takes, \(help)."
    )
  }
}
