internal import CommandLineInterface
internal import GeminiAPI
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The options shared by the commands that send, or say what they would send.
enum TranscriptionOptions {
  static let prompts = RepeatedOption(
    "prompt",
    short: "p",
    .text("NAME"),
    help: "prompt by name or path"
  )
  static let parameters = RepeatedOption(
    "param",
    .nameAndValue,
    help: "prompt variable, as in favor=recall"
  )
  static let contextFile = ValueOption(
    "context",
    .file(),
    help: "text file with what is known about the video"
  )
  static let backend = ValueOption(
    "backend",
    .choice("NAME", of: ["ai-studio", "agent-platform"]),
    help: "service"
  )
  static let project = ValueOption("project", .text("ID"), help: "Google Cloud project")
  static let location = ValueOption(
    "location",
    .text("PLACE"),
    help: "Google Cloud location; eu keeps data in the EU"
  )
  static let costLimit = ValueOption(
    "cost-limit",
    .dollars,
    help: "spend no more than that"
  )

  static let record = ValueOption(
    "record",
    .folder(),
    help: "keep every exchange in DIR, secrets removed"
  )
  static let replay = ValueOption(
    "replay",
    .folder(),
    help: "answer from a recording: no key, no network"
  )

  static let verbose = Flag(
    "verbose",
    help: "say what is sent and what comes back"
  )

  /// The options of the group "Sending" that all commands which send have.
  static let sending: [any CommandOption] = [record, replay, verbose]

  private static let forPrompt: [any CommandOption] =
    [prompts, parameters, contextFile] + SettingArgument.options(in: .prompt)
  private static let forVideo = SettingArgument.options(in: .video)
  private static let forClips = SettingArgument.options(in: .clips)
  static let forService: [any CommandOption] =
    [backend, project, location] + SettingArgument.options(in: .service) + [costLimit]

  /// The group on what is asked.
  static let requestGroups: [OptionGroup] = [
    OptionGroup("Prompt, model and video", forPrompt + forVideo + forClips)
  ]

  /// The groups in order.
  static let groups = requestGroups + [OptionGroup("Service", forService)]

  /// The options that a list of sources may give for each of them, by long name.
  static let listable = names(
    forPrompt + forVideo + forClips + [OutputOptions.name, OutputOptions.folder]
  )

  private static func names(_ options: [any CommandOption]) -> [String] {
    options.map(\.declaration).filter { $0.value != nil }.map(\.name)
  }

  /// The settings that the arguments, the environment and the configuration ask for.
  static func requestSettings(
    _ settings: Settings,
    _ context: CommandContext
  ) throws -> RequestSettings {
    var result = try SettingArgument.requestSettings(settings)
    for parameter in try settings.values(of: parameters) {
      result.parameters[parameter.name] = .string(parameter.value)
    }
    if let path = try settings.value(of: contextFile) {
      result.parameters["context"] = .string(try text(of: path, for: contextFile, context))
    }
    try result.validate()
    return result
  }

  /// The most bytes of a file that goes into a prompt: far more would crowd out the video.
  private static let textLimit = 1 << 20

  /// The text of a file that an option names, without credentials.
  static func text(
    of path: String,
    for option: ValueOption<String>,
    _ context: CommandContext
  ) throws -> String {
    let name = option.declaration.name
    let bytes: [UInt8]
    do throws(SystemFailure) {
      bytes = try HostFiles.read(context.absolutePath(path), limit: textLimit)
    } catch {
      throw CommandError(
        "The \(name) file \(SafeText.quoted(path)) cannot be read: \(error.reason).",
        remedy: "Give --\(name) the path of a text file of at most 1 MiB."
      )
    }
    let shown = context.workplace.withoutCredentials(bytes, in: path)
    guard let text = String(validating: shown, as: UTF8.self) else {
      throw CommandError(
        "The \(name) file \(SafeText.quoted(path)) is not UTF-8 text.",
        remedy: "Save it as UTF-8."
      )
    }
    return text
  }
}

extension ValueReader where Value == Decimal {
  /// An amount of money, `0...`.
  static let dollars = ValueReader("USD") { text throws(ValueProblem) in
    let isPlain = text.allSatisfy { $0.isASCII && $0.isNumber || $0 == "." }
    guard isPlain, let amount = Decimal(string: text) else {
      throw ValueProblem(expected: "an amount such as 0.50")
    }
    return amount
  }
}
