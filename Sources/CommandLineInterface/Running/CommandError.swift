package import OrderedJSON
internal import Redacting

/// A failure in the words of the user: what happened, and what to do about it.
package struct CommandError: Error, Hashable {
  /// What happened: one sentence that names the file, option or row it concerns.
  package let message: String
  /// What to do: one sentence.
  package let remedy: String
  /// How the program ends.
  package let exitCode: ExitCode
  /// Further facts for machines, such as a path or an HTTP status; not printed for people.
  package let details: JSONObject

  /// An error; both sentences end with a full stop.
  ///
  /// What looks like a secret is taken out of them.
  package init(
    _ message: String,
    remedy: String,
    exitCode: ExitCode = .failed,
    details: JSONObject = [:]
  ) {
    self.message = Redaction.text(message)
    self.remedy = Redaction.text(remedy)
    self.exitCode = exitCode
    self.details = Redaction.json(.object(details)).object ?? [:]
  }

  /// The same error with another name for what it is about.
  package func naming(_ name: String, insteadOf other: String) -> CommandError {
    CommandError(
      message.replacing(other, with: name),
      remedy: remedy.replacing(other, with: name),
      exitCode: exitCode,
      details: details
    )
  }

  /// The message without the name that it begins with, for where that stands in front of it anyway.
  package func message(about subject: String) -> String {
    message.hasPrefix("\(subject) ") ? String(message.dropFirst(subject.count + 1)) : message
  }

  /// The command line cannot be understood.
  package static func usage(_ message: String, remedy: String) -> CommandError {
    CommandError(message, remedy: remedy, exitCode: .usage)
  }

  /// The user stopped the run.
  package static func interrupted(
    remedy: String = "Run the same command again to start over."
  ) -> CommandError {
    CommandError("Interrupted.", remedy: remedy, exitCode: .interrupted)
  }

  /// The error as the one object printed with `--json`: `{"error": {…}}`.
  package var json: JSONValue {
    var body: JSONObject = [
      "code": .string(exitCode.word),
      "exitCode": JSONValue(Int(exitCode.rawValue)),
      "message": .string(message),
      "remedy": .string(remedy),
    ]
    for (key, value) in details.members where body[key] == nil { body[key] = value }
    return ["error": .object(body)]
  }
}
