/// Writes the completion script for Bash.
///
/// It needs no helper of the bash-completion package and no feature newer than Bash 3.2.
struct BashCompletions {
  let program: Program

  private var function: String { "_\(program.root.name)" }

  var script: String {
    """
    # Completions of \(program.root.name) \(program.version) for bash; made by its own `completions`.
    \(function)() {
      local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
      local path=\(program.root.name) names='' options='' values='' kind='' index
      # Readline breaks --option=value into three words.
      if [[ $current == '=' ]]; then
        current=''
      elif [[ $previous == '=' ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
      fi
      for ((index = 1; index < COMP_CWORD; index++)); do
        case "$path ${COMP_WORDS[index]}" in
    \(pathPattern)
        esac
      done
      case "$path" in
    \(program.paths.map(commandCase).joined(separator: "\n"))
      esac
      COMPREPLY=()
      if [[ $kind == words ]]; then
        COMPREPLY=($(compgen -W "$values" -- "$current"))
      elif [[ $kind == folders ]]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -d -- "$current"))
      elif [[ $kind == files ]]; then
        COMPREPLY=()
      elif [[ $kind == none ]]; then
        compopt +o default +o bashdefault 2>/dev/null
      elif [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "$options" -- "$current"))
      elif [[ -n $names ]]; then
        COMPREPLY=($(compgen -W "$names" -- "$current"))
      fi
    }
    complete -o bashdefault -o default -F \(function) \(program.root.name)

    """
  }

  private var pathPattern: String {
    program.paths.dropFirst().map { path in
      "      \(ShellText.quoted(program.spelling(of: path)))) path=\(ShellText.quoted(program.spelling(of: path))) ;;"
    }.joined(separator: "\n")
  }

  /// Sets the words to offer, and what the value of the option before the cursor may be.
  private func commandCase(_ path: [Command]) -> String {
    guard let command = path.last else { return "" }
    let options = program.options(of: path)
    var names = command.subcommands.map(\.name)
    var produced = ""
    switch command.operands.first?.declaration.value.completion {
    case .words(let words), .suggestions(let words): names = words
    case .produced(let words, let call): (names, produced) = (words, printed(call))
    default: break
    }
    var spellings = options.flatMap(\.spellings) + ["-h", "--help"]
    if path.count == 1 { spellings.append("--version") }
    let values = options.compactMap(valueCase).joined(separator: "\n")
    return """
          \(ShellText.quoted(program.spelling(of: path))))
            names=\(ShellText.quoted(names.joined(separator: " ")))\(produced)
            options=\(ShellText.quoted(spellings.joined(separator: " ")))
            case "$previous" in
      \(values)
            esac
            ;;
      """
  }

  /// What the program prints, behind a blank, as a part of a word of the shell.
  private func printed(_ call: [String]) -> String {
    let words = ([program.root.name] + call).joined(separator: " ")
    return "\" $(\(words) 2>/dev/null)\""
  }

  private func valueCase(_ option: OptionDeclaration) -> String? {
    guard let value = option.value else { return nil }
    let assignment =
      switch value.completion {
      case .none: "kind=none"
      case .words(let words), .suggestions(let words):
        "kind=words values=\(ShellText.quoted(words.joined(separator: " ")))"
      case .produced(let words, let call):
        "kind=words values=\(ShellText.quoted(words.joined(separator: " ")))\(printed(call))"
      case .files: "kind=files"
      case .folders: "kind=folders"
      }
    return "        \(option.spellings.joined(separator: "|"))) \(assignment) ;;"
  }
}
