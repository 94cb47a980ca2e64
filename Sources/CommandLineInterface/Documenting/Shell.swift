/// A shell that completes what is typed.
package enum Shell: String, CaseIterable, Sendable {
  /// GNU Bash, 3.2 and newer.
  case bash
  /// The Z shell.
  case zsh
  /// The friendly interactive shell.
  case fish
}

extension Program {
  /// A script that makes a shell complete this program's commands, options and values.
  package func completionScript(for shell: Shell) -> String {
    switch shell {
    case .bash: BashCompletions(program: self).script
    case .zsh: ZshCompletions(program: self).script
    case .fish: FishCompletions(program: self).script
    }
  }

  /// Every command with those above it, the program itself first.
  var paths: [[Command]] { Self.paths(below: [root]) }

  private static func paths(below path: [Command]) -> [[Command]] {
    [path] + (path.last?.subcommands ?? []).flatMap { paths(below: path + [$0]) }
  }
}

/// Quoting for scripts.
enum ShellText {
  /// The text as one word between single quotes.
  static func quoted(_ text: String, quote: String = #"'\''"#) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: quote)
      + "'"
  }

  /// The text with a backslash before each of the characters.
  static func escaped(_ text: String, _ characters: String) -> String {
    text.reduce(into: "") { result, character in
      if characters.contains(character) { result += "\\" }
      result.append(character)
    }
  }
}

extension OptionDeclaration {
  /// The option as typed, short form first.
  var spellings: [String] { (short.map { ["-\($0)"] } ?? []) + [spelling] }
}
