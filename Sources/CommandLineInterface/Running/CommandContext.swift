package import OrderedJSON
internal import PlainText
package import Redacting

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Everything of the outside that a command may use, so that tests can stand in for it.
package struct CommandContext: Sendable {
  /// Where data goes.
  package let standardOutput: any TextOutput
  /// Where everything else goes; commands write through `status`.
  package let standardError: any TextOutput
  /// The descriptor that commands which take lines read; -1 for none.
  package let standardInput: Int32
  /// The environment variables.
  package private(set) var environment: [String: String]
  /// The folder that relative paths start from, as an absolute path.
  package private(set) var workingFolder: String
  /// The path of this program, to be started again; `nil` where another program runs its commands.
  package let program: String?
  /// What must not be shown: the values of variables that are named like keys, and what is added.
  package let secrets: KnownSecrets
  /// What is known of the terminal.
  package let terminal: TerminalProfile
  /// Tells the time.
  package let now: @Sendable () -> Date
  /// Whether `--json` was given: standard output holds exactly one JSON object.
  package internal(set) var isJSON = false
  /// Messages and progress on standard error.
  package internal(set) var status: StatusReporter

  /// A context; by default without a terminal.
  package init(
    standardOutput: any TextOutput,
    standardError: any TextOutput,
    standardInput: Int32 = -1,
    environment: [String: String],
    workingFolder: String,
    program: String? = nil,
    terminal: TerminalProfile = TerminalProfile(),
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    secrets = KnownSecrets(Self.secrets(in: environment))
    self.standardOutput = RedactedOutput(standardOutput, secrets, isMessage: false)
    self.standardError = RedactedOutput(standardError, secrets, isMessage: true)
    self.standardInput = standardInput
    self.environment = environment
    self.workingFolder = workingFolder
    self.program = program
    self.terminal = terminal
    self.now = now
    status = StatusReporter(self.standardError, style: .plain, mode: .lines)
  }

  /// The keys of an environment, and private keys that somebody put where they do not belong.
  private static func secrets(in environment: [String: String]) -> [Secret] {
    environment.filter { Redaction.isSecret(name: $0.key) || $0.value.contains("PRIVATE KEY") }
      .map { Secret($0.value) }
  }

  /// The same in another folder, an absolute path.
  package func working(in folder: String) -> CommandContext {
    var copy = self
    copy.workingFolder = folder
    return copy
  }

  /// The same with a variable set; `nil` takes it away.
  package func setting(_ variable: String, to value: String?) -> CommandContext {
    var copy = self
    copy.environment[variable] = value
    return copy
  }

  /// The same, for work within a command that speaks for itself: warnings alone are shown.
  package var quietened: CommandContext {
    var copy = self
    copy.status = StatusReporter(standardError, style: status.style, mode: .quiet)
    return copy
  }

  /// Styles for standard output; plain unless it is a terminal and colour is wanted.
  package var style: TextStyle { TextStyle(isEnabled: terminal.outputIsTerminal && wantsColour) }

  /// Writes a line to standard output.
  package func print(_ line: String) { standardOutput.write(SafeText.terminal(line) + "\n") }

  /// Writes a file's text to standard output: as it is for a program, made harmless for a terminal.
  package func print(contents text: String) {
    standardOutput.write(terminal.outputIsTerminal ? SafeText.terminal(text) : text)
  }

  /// Writes a table to standard output, cut to the terminal's width if there is a terminal.
  package func print(_ table: TextTable) {
    let width = terminal.outputIsTerminal ? terminal.width : nil
    let lines = table.lines(width: width, style: style)
    standardOutput.write(lines.map { SafeText.terminal($0) + "\n" }.joined())
  }

  /// Writes a JSON document and a line break to standard output.
  ///
  /// What a terminal would obey is escaped, which changes no value.
  package func print(json: JSONValue) {
    standardOutput.write(SafeText.json(json.rendered(.pretty)) + "\n")
  }

  /// The convention of no-color.org: any value that is not empty turns colour off.
  private var wantsColour: Bool {
    (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  /// The context as the global flags ask for it.
  func configured(json: Bool, quiet: Bool, progress: Bool) -> CommandContext {
    let isLive = terminal.errorIsTerminal && environment["TERM"] != "dumb"
    var copy = self
    copy.isJSON = json
    copy.status = StatusReporter(
      standardError,
      style: TextStyle(isEnabled: terminal.errorIsTerminal && wantsColour),
      mode: quiet ? .quiet : !progress ? .messages : isLive ? .live(width: terminal.width) : .lines
    )
    return copy
  }
}
