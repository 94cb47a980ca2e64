internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import MediaProbing
internal import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import RequestPlanning
internal import RunStore
internal import TabularExtraction
internal import Transcribing
internal import TranscriptionRuns

/// Puts the errors of the libraries into the user's words; the one place that does.
enum ErrorExplanation {
  /// The message, remedy and exit code of any error.
  static func commandError(_ error: any Error) -> CommandError {
    if let error = error as? CommandError { return error }
    let error = explained(error)
    return CommandError(
      SettingWords.flags(in: error.message),
      remedy: SettingWords.flags(in: error.remedy),
      exitCode: error.exitCode,
      details: error.details
    )
  }

  private static func explained(_ error: any Error) -> CommandError {
    switch error {
    case let error as GeminiError: commandError(error)
    case let error as Refusal: commandError(error)
    case let error as RefusedSource: commandError(error)
    case let error as ListMistake: commandError(error)
    case let error as TransportError: commandError(GeminiError(error))
    case let error as TableSchemaError:
      .usage(sentence("\(error)"), remedy: "Mend the schema, or choose another.")
    case let error as JSONSyntaxError:
      CommandError(
        "This is not JSON: \(error.description).",
        remedy: "Mend the file at that place."
      )
    case let error as MediaProbeError: commandError(error)
    case let error as TranscriptionError: commandError(error)
    case let error as PromptError: commandError(error)
    case let error as PlanError:
      CommandError(sentence(error.message), remedy: error.remedy, exitCode: exitCode(of: error))
    case let error as RunStoreError: commandError(error)
    case let error as SystemFailure:
      CommandError(
        "Could not \(error.verb) \(SafeText.quoted(error.path)): \(error.reason).",
        remedy: "Check the path and its permissions."
      )
    default:
      CommandError(
        sentence(String(describing: error)),
        remedy: "This error has no explanation yet; tabscribe doctor checks the setup."
      )
    }
  }

  private static func commandError(_ error: Refusal) -> CommandError {
    let code: ExitCode =
      switch error.kind {
      case .usage: .usage
      case .failed: .failed
      case .limit: .limit
      }
    return CommandError(
      error.message,
      remedy: error.remedy,
      exitCode: code,
      details: error.details
    )
  }

  /// A message names the file as the user did, not by where it lies on the disk.
  private static func commandError(_ refused: RefusedSource) -> CommandError {
    let error = commandError(refused.error)
    return refused.path.map { error.naming(refused.source, insteadOf: $0) } ?? error
  }

  /// A mistake that a list makes says where.
  private static func commandError(_ mistake: ListMistake) -> CommandError {
    let error = commandError(mistake.error)
    let place = Settings.Origin.list(path: mistake.entry.list, line: mistake.entry.line).description
    guard !error.message.contains(place) else { return error }
    return CommandError(
      "What stands \(place): \(error.message)",
      remedy: error.remedy,
      exitCode: error.exitCode,
      details: error.details
    )
  }

  private static func commandError(_ error: TranscriptionError) -> CommandError {
    let code: ExitCode = error.code == .invalidSettings ? .usage : .failed
    return CommandError(error.message, remedy: error.remedy, exitCode: code)
  }

  /// A price that is missing is a fault of the data, not of the command line.
  private static func exitCode(of error: PlanError) -> ExitCode {
    if case .unknownPrice = error.code { .failed } else { .usage }
  }

  private static func commandError(_ error: RunStoreError) -> CommandError {
    let code: ExitCode =
      switch error.code {
      case .unknownRun, .ambiguousRun, .invalidQuery: .usage
      default: .failed
      }
    return CommandError(
      SafeText.line(error.message),
      remedy: SafeText.line(error.remedy),
      exitCode: code
    )
  }

  private static func commandError(_ error: MediaProbeError) -> CommandError {
    let remedy =
      switch error.reason {
      case .proberMissing: "Install FFmpeg, or give the length with --duration."
      case .notMedia: "Check that this is the file you mean."
      case .proberFailed: "Try ffprobe on the file, or give the length with --duration."
      }
    return CommandError(
      sentence(error.description),
      remedy: remedy,
      details: ["path": .string(error.path)]
    )
  }

  private static func commandError(_ error: PromptError) -> CommandError {
    var details: JSONObject = ["kind": .string(error.code.rawValue)]
    if let location = error.location {
      details["file"] = .string(location.file)
      details["line"] = JSONValue(location.line)
      details["column"] = JSONValue(location.column)
      details["excerpt"] = .string(location.lineText)
    }
    return CommandError(
      sentence(error.description),
      remedy: error.hint.map(sentence) ?? "Mend the prompt at that place.",
      exitCode: .usage,
      details: details
    )
  }

  private static func commandError(_ error: GeminiError) -> CommandError {
    let (code, remedy) = outcome(of: error)
    var details: JSONObject = ["kind": .string(error.code.description)]
    details["httpStatus"] = error.httpStatus.map { JSONValue($0) }
    details["status"] = error.status.map { .string($0) }
    details["reason"] = error.reason.map { .string($0) }
    details["request"] = error.request.map { .string($0) }
    return CommandError(
      sentence(error.description),
      remedy: error.remedy.map(sentence) ?? remedy,
      exitCode: code,
      details: details
    )
  }

  /// The exit code, and what to do where the error itself does not say.
  private static func outcome(of error: GeminiError) -> (ExitCode, String) {
    switch error.code {
    case .missingCredentials, .invalidCredentials:
      (.credentials, "Check GEMINI_API_KEY; https://aistudio.google.com/apikey makes a key.")
    case .fileFailed: (.failed, "Check that the file plays, or convert it to MP4.")
    case .permissionDenied:
      (.credentials, "Check that the key or account may use this model and file.")
    case .invalidConfiguration, .unsupportedSource:
      (.usage, "Mend it and run the command again.")
    case .costLimit: (.limit, "Raise --cost-limit and take the run up with tabscribe runs resume.")
    case .unreadableFile: (.failed, "Check the path and its permissions.")
    case .quotaExceeded where error.isDailyQuota:
      (.unavailable, "The day's quota is used up: try again tomorrow, or use another model.")
    case .quotaExceeded: (.unavailable, "Wait a minute and run the command again.")
    case .unavailable, .connection, .timedOut, .transport, .cancelledByService:
      (.unavailable, "Check the network and try again; tabscribe doctor --online tells more.")
    case .notFound: (.failed, "Check the name of the model or file.")
    case .notRecorded: (.failed, "Record the request first, or replay the same settings.")
    default: (.failed, "Run the command again; if it stays, try another model.")
    }
  }

  /// The text as a sentence of its own.
  static func sentence(_ text: String) -> String {
    let text = SafeText.line(text)
    guard let first = text.first, let last = text.last else { return "It failed without a word." }
    // A path or an option that comes first keeps its case.
    let word = text.prefix { $0 != " " }
    let isPlain = word.allSatisfy { $0.isLowercase || $0 == "," }
    let start = isPlain ? first.uppercased() + text.dropFirst() : text
    return ".!?".contains(last) ? start : start + "."
  }
}
