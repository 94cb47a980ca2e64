internal import OrderedJSON

/// A generation, read and checked.
struct GenerationRequest: Sendable {
  /// One part of the prompt.
  enum Part: Sendable {
    case text(String)
    case media(MediaUse)
    /// A part the emulator carries along without understanding it.
    case other(String)
  }

  /// The encoding the answer is asked for in.
  enum Encoding: Sendable {
    case json(ReplyShape)
    case choice([String])
    case tsv([TSVReply.Block])
    case text
  }

  let model: EmulatedModel
  /// The name the request was sent to, which may be an alias.
  let modelName: String
  let backend: Backend
  let version: String
  /// The body with every name in camelCase.
  let body: JSONObject
  let system: String?
  let parts: [Part]
  let encoding: Encoding
  let maxOutputTokens: Int
  let thoughtTokens: Int
  let includesThoughts: Bool
  let resolution: String?
  let serviceTier: String?
  /// Identifies the prompt: the same model and the same body.
  let digest: String
  /// The explicit cache in use.
  let cache: ExplicitCache?
  let continuationToken: String?
  /// Whether the answer goes out as it is written.
  var isStreamed = true

  /// Tokens of one decode.
  var decodeLimit: Int {
    isStreamed ? model.outputLimit : model.unstreamedLimit ?? model.outputLimit
  }

  /// The first piece of timed media, which the answer is about.
  var subject: MediaUse? {
    for case .media(let use) in parts where !use.source.isStill { return use }
    return nil
  }

  /// All text of the prompt.
  var promptText: String {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  var counter: TokenCounter { TokenCounter(model: model, resolution: resolution) }

  /// Tokens of a part.
  func tokens(of part: Part) -> ModalityTokens {
    counter.count(part)
  }

  /// Tokens of the prompt without an explicit cache's.
  var ownTokens: ModalityTokens {
    var sum = ModalityTokens(text: system.map(TextTokens.count) ?? 0)
    for part in parts { sum += tokens(of: part) }
    return sum
  }

  /// Bytes of the answer that earlier decodes wrote.
  var writtenBytes: Int { written?.bytes ?? 0 }

  private var written: ContinuationToken? { continuationToken.flatMap(ContinuationToken.init(_:)) }

  /// Tokens of the answer that count towards its limit and are read again, where there is a limit over
  /// several decodes.
  var writtenTokens: Int { model.longOutputLimit == nil ? 0 : written?.tokens ?? 0 }

  /// Tokens that this decode reads.
  var readTokens: ModalityTokens {
    var sum = promptTokens
    sum.text += writtenTokens
    return sum
  }

  /// Tokens of the whole prompt.
  var promptTokens: ModalityTokens {
    var sum = ownTokens
    if let cache { sum += cache.tokens }
    return sum
  }
}

/// Contents kept at the service for later requests.
struct ExplicitCache: Sendable {
  let id: String
  let modelName: String
  let displayName: String
  let created: Double
  var updated: Double
  var expires: Double
  let system: String?
  let parts: [GenerationRequest.Part]
  let tokens: ModalityTokens
  /// The first piece of timed media in it.
  var subject: MediaUse? {
    for case .media(let use) in parts where !use.source.isStill { return use }
    return nil
  }

  /// The path before `cachedContents/`, on the Agent Platform.
  let scope: String?
  /// Where the model stands, as the request spelled it.
  let modelPath: String
}
