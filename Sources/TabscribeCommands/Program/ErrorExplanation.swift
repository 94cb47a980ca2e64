internal import CommandLineInterface

/// Puts the errors of the libraries into the user's words; the one place that does.
enum ErrorExplanation {
  /// The message, remedy and exit code of any error.
  static func commandError(_ error: any Error) -> CommandError {
    CommandError(
      SafeText.line(String(describing: error)),
      remedy: "Check the arguments and try again; with --json the error has more fields."
    )
  }
}
