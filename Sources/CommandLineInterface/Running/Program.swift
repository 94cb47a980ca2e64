internal import PlainText
package import Redacting

/// A program: its table of commands, its version, and how it explains errors.
package struct Program: Sendable {
  /// The command at the top; its name is the program's.
  package let root: Command
  /// The version as printed by `--version`.
  package let version: String
  /// Further sections of the manual page.
  package let appendix: [AppendixSection]
  /// What `help` explains beside the commands.
  package let topics: [HelpTopic]
  /// Options that every command takes beside the flags of all programs.
  private let everywhere: [any CommandOption]
  private let prepare: @Sendable (ParsedArguments, CommandContext) throws -> CommandContext
  private let warnings: @Sendable (CommandContext) -> [String]
  private let explain: @Sendable (any Error) -> CommandError

  /// A list of terms that belongs to no single command, such as the environment variables.
  package struct AppendixSection: Sendable {
    /// The heading.
    package let title: String
    /// The terms and what they mean.
    package let entries: [(term: String, meaning: String)]

    /// A section.
    package init(_ title: String, _ entries: [(term: String, meaning: String)]) {
      self.title = title
      self.entries = entries
    }
  }

  /// A program.
  ///
  /// - Parameters:
  ///   - root: The group of all commands.
  ///   - version: The version without the program's name.
  ///   - appendix: Further sections of the manual page.
  ///   - topics: What `help` explains beside the commands.
  ///   - everywhere: Options that every command takes.
  ///   - prepare: Makes the context that the command gets, by its arguments.
  ///   - warnings: What is to be said of the surroundings before any command runs.
  ///   - explain: Puts any error but a `CommandError` into the user's words; called once, at the
  ///     very end.
  package init(
    _ root: Command,
    version: String,
    appendix: [AppendixSection] = [],
    topics: [HelpTopic] = [],
    everywhere: [any CommandOption] = [],
    prepare: @escaping @Sendable (ParsedArguments, CommandContext) throws -> CommandContext = {
      $1
    },
    warnings: @escaping @Sendable (CommandContext) -> [String] = { _ in [] },
    explain: @escaping @Sendable (any Error) -> CommandError
  ) {
    self.root = root
    self.version = version
    self.appendix = appendix
    self.topics = topics
    (self.everywhere, self.prepare) = (everywhere, prepare)
    self.warnings = warnings
    self.explain = explain
  }

  /// The command that a list of names leads to from the root, with those above it.
  package func path(to names: [String]) throws(CommandError) -> [Command] {
    var path = [root]
    for name in names {
      guard let next = path.last?.subcommands.first(where: { $0.name == name }) else {
        let near = Suggestion.nearest(
          to: name,
          among: path.last?.subcommands.map(\.name) ?? []
        )
        throw .usage(
          "\(spelling(of: path)) has no command \(SafeText.quoted(name)).",
          remedy: near.map { "Did you mean \($0)?" } ?? "See \(spelling(of: path)) --help."
        )
      }
      path.append(next)
    }
    return path
  }

  /// The help page of the command that a list of names leads to.
  ///
  /// - Parameters:
  ///   - names: The names below the root; none for the program's own page.
  ///   - width: The columns to fill, at most 100 of them.
  package func help(
    for names: [String] = [],
    width: Int = 80,
    style: TextStyle = .plain
  ) throws(CommandError) -> String {
    HelpPage(program: self, path: try path(to: names), width: min(width, 100), style: style).text
  }

  /// Runs one command line and reports what went wrong.
  package func run(_ arguments: [String], in context: CommandContext) async -> ExitCode {
    var context = context.configured(
      json: GlobalFlags.asksForJSON(arguments),
      quiet: false,
      progress: true
    )
    do {
      var parser = ArgumentParser(self, arguments)
      switch try parser.parse() {
      case .version:
        context.print("\(root.name) \(version)")
        return .done
      case .help(let path):
        let width = min(context.terminal.width, 100)
        let page = HelpPage(program: self, path: path, width: width, style: context.style)
        context.standardOutput.write(page.text)
        return .done
      case .run(let parsed):
        context = context.configured(
          json: parsed[GlobalFlags.json],
          quiet: parsed[GlobalFlags.quiet],
          progress: !parsed[GlobalFlags.noProgress]
        )
        try Self.checkWords(parsed.words, context.secrets)
        context = try prepare(parsed, context)
        for warning in warnings(context) { context.status.warning(warning) }
        return try await parsed.path.last?.action?(parsed, context) ?? .done
      }
    } catch {
      return report(error, in: context)
    }
  }

  /// Keys are no part of a command line, which others on the machine can see and which is kept.
  ///
  /// An address may have to carry one; it is kept without.
  ///
  /// - Throws: `CommandError`, exit code 2, for a command line that holds one.
  package static func checkWords(
    _ words: [String],
    _ secrets: KnownSecrets
  ) throws(CommandError) {
    let isTold = words.contains { word in
      // An address may stand behind a name, as in --param link=https://….
      let value = word.split(separator: "=", maxSplits: 1).last ?? ""
      return !Redaction.isAddress(word) && !Redaction.isAddress(value)
        && (Redaction.holdsCredentials(word) || secrets.redacting(word) != word)
    }
    guard isTold else { return }
    throw .usage(
      "The command line holds a key or token, which others on this machine can see.",
      remedy: "Take it out; keys belong into the environment or a file that only you can read."
    )
  }

  /// Reads a command line that asks for a command, without running it.
  ///
  /// - Throws: `CommandError`, exit code 2, also for one that asks for help or the version.
  package func parse(_ arguments: [String]) throws(CommandError) -> ParsedArguments {
    var parser = ArgumentParser(self, arguments)
    guard case .run(let parsed) = try parser.parse() else {
      throw .usage("This command line runs no command.", remedy: "Name a command.")
    }
    return parsed
  }

  private func report(_ error: any Error, in context: CommandContext) -> ExitCode {
    context.status.clear()
    let failure = userFacing(error)
    if context.isJSON {
      context.print(json: failure.json)
    } else {
      let sign = failure.exitCode == .interrupted ? "" : context.status.style.red("error:") + " "
      let lines = [sign + SafeText.line(failure.message), SafeText.line(failure.remedy)]
      context.standardError.write(lines.joined(separator: "\n") + "\n")
    }
    return failure.exitCode
  }

  /// A cancelled task means an interrupt, whatever error it surfaced as.
  private func userFacing(_ error: any Error) -> CommandError {
    if let failure = error as? CommandError { return failure }
    if error is CancellationError || Task.isCancelled { return .interrupted() }
    return explain(error)
  }

  /// The long names of all options that take a value, whichever command they belong to.
  package var optionNames: [String] {
    var names: [String] = []
    for option in paths.flatMap({ $0.last?.options ?? [] }) + commonOptions {
      if option.value != nil, !names.contains(option.name) { names.append(option.name) }
    }
    return names
  }

  /// The options that a command takes, with those of every command.
  func options(of path: [Command]) -> [OptionDeclaration] {
    (path.last?.options ?? []) + commonOptions
  }

  /// The options that every command takes.
  var commonOptions: [OptionDeclaration] {
    everywhere.map(\.declaration) + GlobalFlags.group.options
  }

  /// The words that select a command.
  func spelling(of path: [Command]) -> String {
    path.map(\.name).joined(separator: " ")
  }
}
