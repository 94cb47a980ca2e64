internal import GeminiAPI
internal import OrderedJSON
internal import TabularExtraction
internal import TranscriptModel

extension RequestSettings {
  /// All settings that can be named, in the order of the help.
  ///
  /// A new setting is a property of ``RequestSettings`` and a row here; options, `config.json`,
  /// lists of sources, identity, records and results follow.
  public static let fields: [SettingField] = [
    parametersField,
    SettingField(
      "model",
      \.model,
      .text("ID"),
      partOf: .identity,
      option: .init("model", short: "m", .prompt, help: "model instead of the prompt's")
    ),
    SettingField(
      "encoding",
      \.encoding,
      .choice("FORM"),
      usually: .json,
      partOf: .identity,
      option: .init("encoding", .prompt, help: "what tables are asked for in")
    ),
    SettingField(
      "thinkingLevel",
      \.thinking,
      .thinking,
      usually: .automatic,
      partOf: .identity,
      option: .init("thinking-level", .prompt, help: "thinking")
    ),
    SettingField(
      "startMS",
      \.start,
      .time,
      usually: .zero,
      partOf: .identity,
      option: .init("start", .video, help: "begin there, such as 30:00")
    ),
    SettingField(
      "endMS",
      \.end,
      .time,
      partOf: .identity,
      option: .init("end", .video, help: "end there")
    ),
    SettingField(
      "durationMS",
      \.duration,
      .time,
      partOf: .identity,
      option: .init(
        "duration",
        .video,
        help: "length of the source, when it cannot be probed"
      )
    ),
    SettingField(
      "fps",
      \.fps,
      .number("N"),
      usually: usualFPS,
      partOf: [.identity, .parameters],
      option: .init("fps", .video, help: "frames looked at each second, at most 24")
    ),
    SettingField(
      "mediaResolution",
      \.mediaResolution,
      .choice("LEVEL", of: MediaResolution.sayable, named: \.name),
      usually: .unspecified,
      partOf: .identity,
      option: .init("media-resolution", .video, help: "frame detail")
    ),
    SettingField(
      "layers",
      \.layers,
      .choice("WHAT"),
      usually: .both,
      partOf: [.identity, .parameters],
      option: .init("layers", .video, help: "what of a video is sent")
    ),
    SettingField(
      "audioOnly",
      \.audioOnly,
      .flag,
      usually: false,
      partOf: [.identity, .parameters],
      option: .init("audio-only", .video, help: "send the sound of a file alone; needs FFmpeg")
    ),
    SettingField(
      "processing",
      \.processing,
      .choice("HOW", of: [.fixedRate, .agentic], named: \.name),
      usually: .fixedRate,
      partOf: [.identity, .parameters],
      option: .init("processing", .video, help: "who chooses frames")
    ),
    SettingField(
      "timebase",
      \.timebase,
      .choice("BASE"),
      usually: .auto,
      partOf: [.identity, .parameters],
      option: .init("timebase", .video, help: "times in clips count from")
    ),
    SettingField(
      "sharding",
      \.sharding,
      .sharding,
      usually: .automatic,
      partOf: [.identity, .parameters],
      option: .init("shard", .clips, help: "length of clips, by default as limits ask")
    ),
    SettingField(
      "overlapMS",
      \.overlap,
      .time,
      usually: Timecode(milliseconds: ClipPlanner.usualOverlap),
      partOf: [.identity, .parameters],
      option: .init("overlap", .clips, help: "what clips share, by default 30 s")
    ),
    SettingField(
      "passes",
      \.passes,
      .integer("N", in: 1...2),
      usually: 1,
      partOf: [.identity, .parameters],
      option: .init("passes", .clips, help: "2: words first, then whose they are")
    ),
    SettingField(
      "fillGaps",
      \.fillsGaps,
      .flag,
      usually: false,
      partOf: [.identity, .parameters],
      option: .init("fill-gaps", .clips, help: "ask again about stretches without rows")
    ),
    SettingField(
      "sharpen",
      \.sharpens,
      .flag,
      usually: false,
      partOf: [.identity, .parameters],
      option: .init("sharpen", .clips, help: "look in high detail for names not found")
    ),
    SettingField(
      "repetition",
      \.repetition,
      .integer("N", in: 1...1_000_000),
      usually: 1,
      partOf: [.identity, .parameters]
    ),
    // No batch carries these: it asks one model about whole recordings.
    SettingField(
      "channels",
      \.splitsChannels,
      .flag,
      usually: false,
      partOf: [.identity, .parameters],
      option: .init("channels", .sending, help: "each channel is a speaker; needs FFmpeg")
    ),
    SettingField(
      "native",
      \.asksSpeechModel,
      .flag,
      usually: false,
      partOf: [.identity, .parameters],
      option: .init("native", .sending, help: "times of words by the speech model")
    ),
    // Which way a request takes, and at what price, changes nothing in what is asked.
    SettingField(
      "api",
      \.api,
      .choice("NAME"),
      usually: .generateContent,
      partOf: [],
      option: .init("api", .service, help: "interface")
    ),
    SettingField(
      "serviceTier",
      \.serviceTier,
      .choice("TIER", of: [.standard, .flex, .priority], named: \.rawValue),
      usually: .standard,
      partOf: .parameters,
      option: .init("service-tier", .service, help: "price and patience")
    ),
    SettingField(
      "cache",
      \.cache,
      .choice("WHEN"),
      usually: .automatic,
      partOf: [],
      option: .init("cache", .sending, help: "create caches")
    ),
  ]

  /// The setting of a key.
  public static func field(_ key: String) -> SettingField? { fields.first { $0.key == key } }

  /// The prompt's variables, which options give one by one.
  private static let parametersField = SettingField(
    key: "parameters",
    option: nil,
    isIdentity: true,
    isParameter: false,
    json: { .object($0.parameters) },
    read: { json, settings in
      guard let members = json.object else { return false }
      settings.parameters = members
      return true
    },
    parse: { _, _ in false },
    isUsual: { $0.parameters.isEmpty }
  )
}

extension MediaProcessing {
  /// The value as people spell it: `agentic`.
  fileprivate var name: String { rawValue.lowercased() }
}

extension MediaResolution {
  /// The values that can be asked for in so many words.
  fileprivate static var sayable: [Self] {
    [.automatic] + allCases.filter { $0 != .unspecified }
  }
}

extension SettingOption {
  /// The part of an option that does not follow from the kind of its value.
  struct Declared {
    let name: String
    let short: Character?
    let group: Group
    let help: String

    init(_ name: String, short: Character? = nil, _ group: Group, help: String) {
      (self.name, self.short, self.group, self.help) = (name, short, group, help)
    }
  }

  init(_ declared: Declared, _ form: SettingForm<some Sendable>) {
    name = declared.name
    short = declared.short
    help = declared.help
    group = declared.group
    placeholder = form.placeholder
    words = form.words
    isChoice = form.isChoice
    expected = form.expected
  }
}
