/// Writes manual pages with the `man` macros of roff: one of the whole program, and one of each command.
struct ManualPage {
  let program: Program
  /// The command of the page, with those above it; the program alone for the page of everything.
  let path: [Command]

  private var name: String { program.root.name }
  private var command: Command { path[path.count - 1] }
  /// The name of the page, such as `tabscribe-runs`.
  var title: String { path.map(\.name).joined(separator: "-") }

  var text: String {
    (path.count == 1 ? wholeProgram : singleCommand).joined(separator: "\n") + "\n"
  }

  private var wholeProgram: [String] {
    var lines = head
    lines += [
      ".SH SYNOPSIS",
      ".B \(name)",
      ".I COMMAND",
      "[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]",
      ".SH DESCRIPTION",
    ]
    lines += paragraphs(command.discussion)
    lines += [".SH EXAMPLES"] + command.examples.flatMap(example)
    lines += [".SH COMMANDS"] + actions.flatMap(section)
    lines += everywhere
    for section in program.appendix {
      lines.append(".SH \(Self.escaped(section.title.uppercased()))")
      lines += section.entries.flatMap { item(term: Self.bold($0.term), help: $0.meaning) }
    }
    return lines
  }

  private var singleCommand: [String] {
    var lines = head
    lines += [".SH DESCRIPTION"] + paragraphs(command.abstract + ".\n" + command.discussion)
    if command.action == nil { lines += [".SH EXAMPLES"] + command.examples.flatMap(example) }
    lines += [".SH COMMANDS"] + actions.flatMap(section)
    return lines + everywhere + [".SH SEE ALSO", ".BR \(Self.escaped(name)) (1)"]
  }

  private var head: [String] {
    [
      ".TH \(Self.escaped(title.uppercased())) 1 \"\" \"\(name) \(program.version)\" \"User Commands\"",
      ".SH NAME",
      "\(Self.escaped(title)) \\- \(Self.escaped(command.abstract))",
    ]
  }

  private var everywhere: [String] {
    [".SH OPTIONS OF EVERY COMMAND"] + program.commonOptions.flatMap(option)
  }

  /// The commands of the page that do something.
  private var actions: [[Command]] {
    let names = path.map(\.name)
    return program.paths.filter { below in
      below.last?.action != nil && below.map(\.name).starts(with: names)
    }
  }

  private func section(_ path: [Command]) -> [String] {
    guard let command = path.last else { return [] }
    let operands = command.operands.map { " " + $0.declaration.usage }.joined()
    var lines = [
      ".SS \(Self.escaped(program.spelling(of: path).dropFirst(name.count + 1) + operands))"
    ]
    lines.append(Self.escaped(command.abstract + "."))
    lines += paragraphs(command.discussion)
    lines += command.operands.flatMap { operand in
      item(term: Self.italic(operand.declaration.usage), help: operand.declaration.helpText)
    }
    lines += command.options.flatMap(option)
    return lines + command.examples.flatMap(example)
  }

  private func paragraphs(_ text: String) -> [String] {
    text.split(separator: "\n").flatMap { [".PP", Self.escaped(String($0))] }
  }

  private func example(_ example: Command.Example) -> [String] {
    item(term: Self.bold(example.line), help: example.purpose)
  }

  private func option(_ option: OptionDeclaration) -> [String] {
    let names = option.spellings.map(Self.bold).joined(separator: ", ")
    let value = option.value.map { " " + Self.italic($0.placeholder) } ?? ""
    return item(term: names + value, help: option.helpText)
  }

  private func item(term: String, help: String) -> [String] {
    [".TP", term, Self.escaped(help)]
  }

  private static func bold(_ text: String) -> String { "\\fB\(escaped(text))\\fR" }
  private static func italic(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  /// Text that roff prints as it stands.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "…": result += "..."
      case "–": result += "\\(en"
      case "'": result += "\\(aq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case "`": result += "\\(ga"
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") ? "\\&" + result : result
  }
}

extension Program {
  /// The manual page of the program with all its commands, as roff source.
  package var manualPage: String { ManualPage(program: self, path: [root]).text }

  /// The page of everything, and one of each command, by the name of its file.
  package var manualPages: [(file: String, text: String)] {
    let pages = [[root]] + root.subcommands.map { [root, $0] }
    return pages.map { path in
      let page = ManualPage(program: self, path: path)
      return ("\(page.title).1", page.text)
    }
  }
}
