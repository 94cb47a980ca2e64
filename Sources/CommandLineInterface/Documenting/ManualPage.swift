/// Writes the manual page with the `man` macros of roff.
struct ManualPage {
  let program: Program

  private var name: String { program.root.name }

  var text: String {
    var lines = [
      ".TH \(name.uppercased()) 1 \"\" \"\(name) \(program.version)\" \"User Commands\"",
      ".SH NAME",
      "\(name) \\- \(Self.escaped(program.root.abstract))",
      ".SH SYNOPSIS",
      ".B \(name)",
      ".I COMMAND",
      "[\\fIOPTION\\fR...] [\\fIARGUMENT\\fR...]",
      ".SH DESCRIPTION",
    ]
    lines += paragraphs(program.root.discussion)
    lines += [".SH EXAMPLES"] + program.root.examples.flatMap(example)
    lines += [".SH COMMANDS"] + program.paths.filter { $0.last?.action != nil }.flatMap(section)
    lines += [".SH OPTIONS OF EVERY COMMAND"] + GlobalFlags.group.options.flatMap(option)
    for section in program.appendix {
      lines.append(".SH \(Self.escaped(section.title.uppercased()))")
      lines += section.entries.flatMap { item(term: Self.bold($0.term), help: $0.meaning) }
    }
    return lines.joined(separator: "\n") + "\n"
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
  package var manualPage: String { ManualPage(program: self).text }
}
