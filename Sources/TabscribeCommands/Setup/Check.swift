internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText

/// One thing that `doctor` looked at.
struct Check {
  /// How it stands.
  enum State: String {
    /// In order.
    case fine
    /// Not in order, but most work goes on without it.
    case note
    /// Work that needs it will fail.
    case missing
  }

  /// What was looked at.
  let name: String
  let state: State
  /// What was found.
  let finding: String
  /// What to do, where there is something.
  let remedy: String?
  /// The exit code that work would end with.
  let exitCode: ExitCode

  private init(
    _ name: String,
    _ state: State,
    _ finding: String,
    _ remedy: String?,
    _ code: ExitCode
  ) {
    self.name = name
    self.state = state
    self.finding = finding
    self.remedy = remedy
    exitCode = code
  }

  static func fine(_ name: String, _ finding: String) -> Check {
    Check(name, .fine, finding, nil, .done)
  }

  static func note(_ name: String, _ finding: String, remedy: String) -> Check {
    Check(name, .note, finding, remedy, .done)
  }

  static func missing(
    _ name: String,
    _ finding: String,
    remedy: String,
    _ code: ExitCode = .failed
  ) -> Check {
    Check(name, .missing, finding, remedy, code)
  }

  /// A check that ended with an error.
  static func missing(_ name: String, _ error: any Error) -> Check {
    let failure = ErrorExplanation.commandError(error)
    return missing(name, failure.message, remedy: failure.remedy, failure.exitCode)
  }

  var json: JSONValue {
    [
      "name": .string(name), "state": .string(state.rawValue), "finding": .string(finding),
      "remedy": remedy.map { .string($0) } ?? .null,
    ]
  }

  /// The check as lines: a sign with a word beside it, the finding, the remedy below.
  func lines(nameWidth: Int, width: Int, style: TextStyle) -> [String] {
    let sign =
      switch state {
      case .fine: style.green("✓ ok     ")
      case .note: style.yellow("• note   ")
      case .missing: style.red("✗ missing")
      }
    let indent = 13 + nameWidth
    let texts = [finding, remedy].compactMap(\.self).map(SafeText.line)
    let lines = texts.flatMap { TextWrapping.lines($0, width: max(24, width - indent)) }
    let name = DisplayWidth.padded(name, to: nameWidth, alignment: .left)
    return lines.enumerated().map { index, line in
      (index == 0 ? "\(sign)  \(name)  " : String(repeating: " ", count: indent)) + line
    }
  }
}
