internal import HostSystem
internal import OrderedJSON

extension Command {
  /// The command `help`: the help page of another command.
  package static let help: Command = {
    let names = RepeatedOperand(
      .text("COMMAND"),
      minimum: 0,
      help: "the command or list to explain; all commands when left out"
    )
    return Command(
      "help",
      abstract: "Explain a command",
      examples: [
        Example("tabscribe help transcribe", "everything about one command"),
        Example("tabscribe help findings", "all findings, and what to do about them"),
      ],
      operands: [names]
    ) { arguments, context in
      if let topic = arguments.program.topics.first(where: { [$0.name] == arguments[names] }) {
        context.print(topic)
        return .done
      }
      let page = try arguments.program.help(
        for: arguments[names],
        width: context.terminal.width,
        style: context.isJSON ? .plain : context.style
      )
      context.printDocument(page)
      return .done
    }
  }()

  /// The command `completions`: a script that teaches a shell this program's table.
  package static let completions: Command = {
    let shell = RequiredOperand(ValueReader<Shell>.choice("SHELL"), help: "the shell")
    return Command(
      "completions",
      abstract: "Print a completion script for a shell",
      examples: [
        Example("source <(tabscribe completions bash)", "for this shell session"),
        Example("tabscribe completions fish | source", "the same in fish"),
      ],
      discussion: """
        To keep them, write the script to ~/.local/share/bash-completion/completions/tabscribe, to \
        _tabscribe in a folder of zsh's $fpath, or to ~/.config/fish/completions/tabscribe.fish.
        """,
      operands: [shell]
    ) { arguments, context in
      context.printDocument(arguments.program.completionScript(for: arguments[shell]))
      return .done
    }
  }()

  /// The command `man`: the manual page.
  package static let manual: Command = {
    let folder = ValueOption(
      "output-dir",
      .folder(),
      help: "write files into DIR: the page, and one of each command"
    )
    return Command(
      "man",
      abstract: "Print the manual page",
      examples: [
        Example("tabscribe man | man -l -", "read it"),
        Example("tabscribe man --output-dir ~/.local/share/man/man1", "keep it, for man tabscribe"),
      ],
      options: [OptionGroup("Files", [folder])]
    ) { arguments, context in
      guard let folder = arguments[folder] else {
        context.printDocument(arguments.program.manualPage)
        return .done
      }
      let path = FilePath.joined(context.workingFolder, folder)
      try HostFiles.createFolder(path)
      let pages = arguments.program.manualPages
      for page in pages {
        try HostFiles.write(page.text.utf8, to: FilePath.joined(path, page.file), replacing: true)
      }
      if context.isJSON {
        context.print(json: ["files": .array(pages.map { .string($0.file) })])
      } else {
        for page in pages { context.print(page.file) }
      }
      return .done
    }
  }()
}

extension CommandContext {
  fileprivate func print(_ topic: HelpTopic) {
    guard !isJSON else { return print(json: topic.json) }
    standardOutput.write(topic.text(width: min(terminal.width, 100), style: style))
  }

  /// Writes a text as it is, or with `--json` as the one member of an object.
  fileprivate func printDocument(_ text: String) {
    if isJSON { print(json: ["text": .string(text)]) } else { standardOutput.write(text) }
  }
}
