/// Writes the completion script for fish.
struct FishCompletions {
  let program: Program

  private var name: String { program.root.name }

  var script: String {
    let lines = program.paths.flatMap(lines)
    return """
      # Completions of \(name) \(program.version) for fish; made by its own `completions`.
      function __\(name)_at
        set -l path \(name)
        for word in (commandline -opc)[2..-1]
          if contains -- "$path $word" \(knownPaths)
            set path "$path $word"
          end
        end
        test "$path" = "$argv"
      end
      complete -c \(name) -f
      \(lines.joined(separator: "\n"))

      """
  }

  private var knownPaths: String {
    program.paths.dropFirst().map { quoted(program.spelling(of: $0)) }.joined(separator: " ")
  }

  private func lines(_ path: [Command]) -> [String] {
    guard let command = path.last else { return [] }
    let start = "complete -c \(name) -n \(quoted("__\(name)_at \(program.spelling(of: path))"))"
    var lines = command.subcommands.map { "\(start) -a \($0.name) -d \(quoted($0.abstract))" }
    lines += program.options(of: path).map { start + arguments($0) }
    lines.append("\(start) -s h -l help -d 'explain the command'")
    if path.count == 1 { lines.append("\(start) -l version -d 'print the version'") }
    return lines
      + command.operands.compactMap { operand in
        let offer = offer(operand.declaration.value)
        return offer.isEmpty ? nil : start + offer
      }
  }

  private func arguments(_ option: OptionDeclaration) -> String {
    var text = option.short.map { " -s \($0)" } ?? ""
    text += " -l \(option.name)"
    if let value = option.value { text += " -r" + offer(value) }
    return text + " -d \(quoted(option.help))"
  }

  private func offer(_ value: ValueDeclaration) -> String {
    switch value.completion {
    case .none: ""
    case .words(let words), .suggestions(let words):
      " -f -a \(quoted(words.joined(separator: " ")))"
    case .produced(let words, let call):
      " -f -k -a "
        + quoted(
          "\(words.joined(separator: " ")) (\(([name] + call).joined(separator: " ")) 2>/dev/null)"
        )
    case .files: " -F"
    case .folders: " -f -a '(__fish_complete_directories)'"
    }
  }

  /// Within single quotes fish knows two escapes, of the backslash and of the quote.
  private func quoted(_ text: String) -> String {
    "'\(ShellText.escaped(text, "\\'"))'"
  }
}
