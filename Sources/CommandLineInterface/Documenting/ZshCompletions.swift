/// Writes the completion script for zsh, one function for each command.
struct ZshCompletions {
  let program: Program

  var script: String {
    """
    #compdef \(program.root.name)
    # Completions of \(program.root.name) \(program.version) for zsh; made by its own `completions`.

    \(program.paths.map(function).joined(separator: "\n"))
    if [[ $funcstack[1] == _\(program.root.name) ]]; then
      _\(program.root.name) "$@"
    else
      compdef _\(program.root.name) \(program.root.name)
    fi

    """
  }

  private func name(of path: [Command]) -> String {
    "_" + path.map(\.name).joined(separator: "_")
  }

  private func function(_ path: [Command]) -> String {
    guard let command = path.last else { return "" }
    var specifications = ["'(- *)'{-h,--help}'[explain the command]'"]
    if path.count == 1 { specifications.append("'(- *)--version[print the version]'") }
    specifications += program.options(of: path).map(specification)
    if command.subcommands.isEmpty {
      specifications += command.operands.map { specification($0.declaration) }
      return """
        \(name(of: path))() {
          _arguments -s -S \\
            \(specifications.joined(separator: " \\\n    "))
        }

        """
    }
    specifications += ["'1: :->command'", "'*:: :->rest'"]
    return """
      \(name(of: path))() {
        local curcontext="$curcontext" state line
        typeset -A opt_args
        _arguments -C -s \\
          \(specifications.joined(separator: " \\\n    "))
        case $state in
          command)
            local -a commands
            commands=(
      \(command.subcommands.map(description).joined(separator: "\n"))
            )
            _describe -t commands command commands
            ;;
          rest)
            case $line[1] in
      \(command.subcommands.map { branch(path + [$0]) }.joined(separator: "\n"))
            esac
            ;;
        esac
      }

      """
  }

  private func description(_ command: Command) -> String {
    let abstract = ShellText.escaped(command.abstract, ":")
    return "        " + ShellText.quoted("\(command.name):\(abstract)")
  }

  private func branch(_ path: [Command]) -> String {
    "        \(path.last?.name ?? "")) \(name(of: path)) ;;"
  }

  private func specification(_ option: OptionDeclaration) -> String {
    let help = "[\(ShellText.escaped(option.help, "[]\\"))]"
    let tail = option.value.map { ":" + action($0) } ?? ""
    let sign = option.value == nil ? "" : "="
    let others = option.isRepeatable ? "*" : "(\(option.spellings.joined(separator: " ")))"
    guard let short = option.short else {
      return ShellText.quoted(
        (option.isRepeatable ? "*" : "") + option.spelling + sign + help + tail
      )
    }
    let forms = "{-\(short)\(option.value == nil ? "" : "+"),\(option.spelling)\(sign)}"
    return ShellText.quoted(others) + forms + ShellText.quoted(help + tail)
  }

  private func specification(_ operand: OperandDeclaration) -> String {
    let start = operand.isRepeatable ? "*:" : operand.minimum == 0 ? "::" : ":"
    return ShellText.quoted(start + action(operand.value))
  }

  private func spelling(of words: [String]) -> String {
    ([program.root.name] + words).joined(separator: " ")
  }

  private func action(_ value: ValueDeclaration) -> String {
    let message = ShellText.escaped(value.placeholder, ":")
    return switch value.completion {
    case .none: "\(message): "
    case .words(let words), .suggestions(let words): "\(message):(\(words.joined(separator: " ")))"
    case .produced(let words, let call):
      "\(message):(\(words.joined(separator: " ")) $(\(spelling(of: call)) 2>/dev/null))"
    case .files: "\(message):_files"
    case .folders: "\(message):_files -/"
    }
  }
}
