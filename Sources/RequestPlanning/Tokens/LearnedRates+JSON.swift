internal import GeminiAPI
public import OrderedJSON

extension LearnedRates {
  /// The most rates of a kind that are kept; nobody uses so many models and prompts.
  private static let mostKeys = 500

  /// The rates as a document, the same for the same rates.
  public var json: JSONValue {
    [
      "schemaVersion": 1,
      "tokensPerFrame": Self.list(frames) { key in
        [
          "model": .string(key.model), "backend": .string(key.platform.rawValue),
          "resolution": .string(key.resolution.name),
        ]
      },
      "outputTokensPerSecond": Self.list(output) { key in
        [
          "model": .string(key.model),
          "shape": .string(String(UInt(bitPattern: key.shape), radix: 16)),
        ]
      },
      "thinkingTokens": Self.list(thinking) { key in
        ["model": .string(key.model), "setting": .string(key.setting.spelling)]
      },
      "expectedTokensPerSecond": Self.list(pace) { ["model": .string($0)] },
    ]
  }

  /// Reads such a document; what cannot be read is left out, since it can be learnt again.
  public init(json: JSONValue) {
    self.init()
    frames = Self.rates(json["tokensPerFrame"]) { entry, model in
      guard let platform = entry["backend"]?.string.flatMap(ModelPlatform.init(rawValue:)),
        let level = entry["resolution"]?.string.flatMap(MediaResolution.init(name:))
      else { return nil }
      return FrameKey(model: model, platform: platform, resolution: level)
    }
    output = Self.rates(json["outputTokensPerSecond"]) { entry, model in
      entry["shape"]?.string.flatMap { UInt($0, radix: 16) }
        .map { OutputKey(model: model, shape: Int(bitPattern: $0)) }
    }
    thinking = Self.rates(json["thinkingTokens"]) { entry, model in
      entry["setting"]?.string.flatMap(ThinkingSetting.init(spelling:))
        .map { ThinkingKey(model: model, setting: $0) }
    }
    pace = Self.rates(json["expectedTokensPerSecond"]) { _, model in model }
  }

  private static func list<Key>(
    _ rates: [Key: LearnedSamples],
    _ members: (Key) -> JSONObject
  ) -> JSONValue {
    let entries = rates.map { key, samples -> JSONObject in
      var entry = members(key)
      entry["rates"] = .array(samples.recent.map { JSONValue($0) })
      return entry
    }
    let ordered = entries.map { (text: JSONValue.object($0).rendered(), entry: $0) }
      .sorted { $0.text < $1.text }
    return .array(ordered.map { .object($0.entry) })
  }

  private static func rates<Key: Hashable>(
    _ list: JSONValue?,
    _ key: (JSONValue, String) -> Key?
  ) -> [Key: LearnedSamples] {
    var rates: [Key: LearnedSamples] = [:]
    for entry in (list?.array ?? []).prefix(mostKeys) {
      guard let model = entry["model"]?.string, let key = key(entry, model) else { continue }
      let samples = LearnedSamples((entry["rates"]?.array ?? []).compactMap(\.double))
      if samples.count > 0 { rates[key] = samples }
    }
    return rates
  }
}

extension ThinkingSetting {
  /// The setting as one word: `automatic`, `level:low`, `budget:0`.
  fileprivate var spelling: String {
    switch self {
    case .automatic: "automatic"
    case .level(let level): "level:\(level.name)"
    case .budget(let tokens): "budget:\(tokens)"
    }
  }

  fileprivate init?(spelling: String) {
    let parts = spelling.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.last) {
    case ("automatic", "automatic"): self = .automatic
    case ("level", let level?) where parts.count == 2: self = .level(.init(name: level))
    case ("budget", let text?):
      guard let tokens = Int(text) else { return nil }
      self = .budget(tokens)
    default: return nil
    }
  }
}
