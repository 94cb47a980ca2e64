internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import TabularExtraction
internal import Transcribing
internal import TranscriptModel

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
  static let model = ValueOption(
    "model",
    short: "m",
    .text("ID"),
    help: "model instead of the prompt's"
  )
  static let encoding = ValueOption(
    "encoding",
    ValueReader<ReplyEncoding>.choice("FORM"),
    help: "what tables are asked for in"
  )
  static let thinkingLevel = ValueOption(
    "thinking-level",
    .choice("LEVEL", of: ["minimal", "low", "medium", "high"]),
    help: "thinking"
  )
  static let start = ValueOption("start", .time, help: "begin there, such as 30:00")
  static let end = ValueOption("end", .time, help: "end there")
  static let duration = ValueOption(
    "duration",
    .time,
    help: "length of the source, when it cannot be probed"
  )
  static let fps = ValueOption(
    "fps",
    .decimal("N", in: 0...Double.greatestFiniteMagnitude),
    help: "frames looked at each second, at most 24"
  )
  static let mediaResolution = ValueOption(
    "media-resolution",
    .choice("LEVEL", of: ["low", "medium", "high"]),
    help: "frame detail"
  )
  static let timebase = ValueOption(
    "timebase",
    ValueReader<Timebase>.choice("BASE"),
    help: "times in clips count from"
  )
  static let sharding = ValueOption(
    "shard",
    .sharding,
    help: "length of clips, by default as limits ask"
  )
  static let overlap = ValueOption(
    "overlap",
    .time,
    help: "what clips share, by default 30 s"
  )
  static let passes = ValueOption(
    "passes",
    .integer("N", in: 1...2),
    help: "2: words first, then whose they are"
  )
  static let fillGaps = Flag("fill-gaps", help: "ask again about stretches without rows")
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

  static let api = ValueOption(
    "api",
    .choice("NAME", of: GenerationAPI.allCases.map(\.rawValue)),
    help: "interface"
  )
  static let serviceTier = ValueOption(
    "service-tier",
    .choice("TIER", of: ["standard", "flex", "priority"]),
    help: "price and patience"
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

  /// The options of the group "Sending" that all commands which send have.
  static let sending: [any CommandOption] = [record, replay]

  private static let forPrompt: [any CommandOption] = [
    prompts, parameters, contextFile, model, encoding, thinkingLevel,
  ]
  private static let forVideo: [any CommandOption] = [
    start, end, duration, fps, mediaResolution, timebase,
  ]
  private static let forClips: [any CommandOption] = [sharding, overlap, passes, fillGaps]
  private static let forService: [any CommandOption] = [
    backend, project, location, api, serviceTier, costLimit,
  ]

  /// The groups in order.
  static let groups: [OptionGroup] = [
    OptionGroup("Prompt and model", forPrompt),
    OptionGroup("Video", forVideo + forClips),
    OptionGroup("Service", forService),
  ]

  /// The groups of commands that ask about each source with one request for each prompt.
  static let groupsOfOneRequest: [OptionGroup] = [
    OptionGroup("Prompt and model", forPrompt),
    OptionGroup("Video", forVideo),
    OptionGroup("Service", forService),
  ]

  /// The options that a list of sources may give for each of them, by long name.
  static let listable: [String] = (forPrompt + forVideo + forClips).map(\.declaration)
    .filter { $0.value != nil }.map(\.name)

  /// The settings that the arguments, the environment and the configuration ask for.
  static func transcriptionSettings(
    _ settings: Settings,
    _ context: CommandContext
  ) throws -> TranscriptionSettings {
    var result = TranscriptionSettings()
    for parameter in try settings.values(of: parameters) {
      result.parameters[parameter.name] = .string(parameter.value)
    }
    if let path = try settings.value(of: contextFile) {
      result.parameters["context"] = .string(try text(of: path, context))
    }
    result.model = try settings.value(of: model)
    result.encoding = try settings.value(of: encoding) ?? result.encoding
    result.thinkingLevel = try settings.value(of: thinkingLevel)
    result.start = try settings.value(of: start)
    result.end = try settings.value(of: end)
    result.duration = try settings.value(of: duration)
    result.fps = try settings.value(of: fps)
    result.mediaResolution = try settings.value(of: mediaResolution)
    result.serviceTier = try settings.value(of: serviceTier)
    result.timebase = try settings.value(of: timebase) ?? result.timebase
    if settings.declares(sharding) {
      result.sharding = try settings.value(of: sharding) ?? result.sharding
      result.overlap = try settings.value(of: overlap)?.milliseconds ?? result.overlap
    }
    try result.validate()
    return result
  }

  /// The most bytes of a context file: far more would crowd out the video.
  private static let contextLimit = 1 << 20

  private static func text(of path: String, _ context: CommandContext) throws -> String {
    let bytes: [UInt8]
    do throws(SystemFailure) {
      bytes = try HostFiles.read(context.absolutePath(path), limit: contextLimit)
    } catch {
      throw CommandError(
        "The context file \(SafeText.quoted(path)) cannot be read: \(error.reason).",
        remedy: "Give --context the path of a text file of at most 1 MiB."
      )
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CommandError(
        "The context file \(SafeText.quoted(path)) is not UTF-8 text.",
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
