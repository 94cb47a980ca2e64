/// What the emulator knows of a model.
struct EmulatedModel: Sendable {
  /// How a model's thinking is controlled.
  enum Thinking: Sendable {
    case none
    /// Tokens in a range; -1 leaves it to the model, 0 switches it off where the flag says so.
    case budget(ClosedRange<Int>, canDisable: Bool, standard: Int)
    /// Levels by name.
    case level([String], standard: String)
  }

  /// Tokens of one video frame by resolution.
  struct FrameTokens: Sendable {
    let standard: Int
    let low: Int
    let medium: Int
    let high: Int
  }

  /// Fewest tokens that can be cached; `nil` where the cache is not offered.
  struct CacheFloors: Sendable {
    let implicit: Int?
    let explicitStudio: Int?
    let explicitPlatform: Int?
  }

  /// Speeds of the latency model, in tokens per second.
  struct Pace: Sendable {
    let prefill: Double
    let output: Double
  }

  let id: String
  let displayName: String
  /// Tokens of one decode.
  var outputLimit = 65_536
  /// Tokens over several decodes, for models that go on where more than one is asked for.
  var longOutputLimit: Int?
  /// Tokens of an answer that is not streamed, where it differs.
  var unstreamedLimit: Int?
  var inputLimit = 1_048_576
  let thinking: Thinking
  let frames: FrameTokens
  let audioTokensPerSecond: Int
  let floors: CacheFloors
  var takesPartResolution = true
  var takesAgenticVideo = false
  var takesModelLast = true
  /// Whether it does nothing but write down speech, with the times of words where they are asked for.
  var isSpeechModel = false
  let pace: Pace

  /// Whether times past the hour have an hour of their own; newer models count minutes on.
  var showsHours: Bool { id.hasPrefix("gemini-2") }
}

extension EmulatedModel {
  /// The models this emulator serves.
  static let catalogue: [String: EmulatedModel] = Dictionary(
    uniqueKeysWithValues: all.map { ($0.id, $0) }
  )

  /// Names that stand for another model; they answer on `v1beta` only.
  static let aliases = [
    "gemini-flash-latest": "gemini-3.8-flash",
    "gemini-flash-lite-latest": "gemini-3.5-flash-lite",
    "gemini-pro-latest": "gemini-3.1-pro-preview",
  ]

  /// Finds a model by its id or, on the beta version, by an alias.
  static func named(_ name: String, version: String) -> EmulatedModel? {
    if let model = catalogue[name] { return model }
    guard version != "v1" else { return nil }
    return aliases[name].flatMap { catalogue[$0] }
  }
}
