public import GeminiAPI

/// What a request asks of a model, beside its words.
public struct ModelDemands: Hashable, Sendable {
  /// How much thinking.
  public var thinking = ThinkingSetting.automatic
  /// Which of `temperature`, `topP` and `topK` are set, by these names.
  public var sampling: [String] = []
  /// How much detail is seen in each frame; `nil` leaves it to the model.
  public var resolution: MediaResolution?
  /// Whether the model is to choose the frames it looks at.
  public var isAgentic = false
  /// Whether pictures are sent.
  public var showsPictures = false
  /// The most tokens of the reply, thinking included; `nil` leaves it to the model.
  public var maxOutputTokens: Int?
  /// The interface through which it is asked.
  public var api = GenerationAPI.generateContent
  /// Where the model is reached.
  public var platform = ModelPlatform.aiStudio
  /// The location on the Agent Platform; empty where there is none.
  public var location = ""

  /// Nothing special.
  public init() {}
}

/// What stands against asking something of a model.
public struct ModelObjection: Hashable, Sendable {
  /// What it is about.
  public enum Subject: Hashable, Sendable {
    /// The thinking level or budget.
    case thinking
    /// `temperature`, `topP` or `topK`.
    case sampling(String)
    /// The detail of frames.
    case resolution
    /// Frames of the model's own choice.
    case agentic
    /// Pictures at all.
    case pictures
    /// The length of the reply.
    case output
    /// The location.
    case location
    /// The interface.
    case interface
  }

  /// What it is about.
  public let subject: Subject
  /// Whether the service refuses it; otherwise it has no effect, or none that anybody wants.
  public let isRefused: Bool
  /// Why, as a clause: `the model takes low, medium, high`.
  public let reason: String
}

extension ModelCard {
  /// What stands against a request, by what is known of the model: asked before anything is sent, by
  /// everything that plans, sends or checks requests.
  public func objections(to demands: ModelDemands) -> [ModelObjection] {
    let one = [
      thinking(demands.thinking), resolution(demands), agentic(demands), pictures(demands),
      output(demands), location(demands), interface(demands),
    ]
    return one.compactMap(\.self) + demands.sampling.compactMap { sampling($0, demands.api) }
  }

  private func thinking(_ setting: ThinkingSetting) -> ModelObjection? {
    let reason: String? =
      switch setting {
      case .automatic: nil
      case .level(let level): thinking.objection(toLevel: level.name)
      case .budget(let tokens): thinking.objection(toBudget: tokens)
      }
    return reason.map { ModelObjection(subject: .thinking, isRefused: true, reason: $0) }
  }

  private func sampling(_ name: String, _ api: GenerationAPI) -> ModelObjection? {
    if name == "topK", api == .interactions {
      return ModelObjection(
        subject: .sampling(name),
        isRefused: true,
        reason: "the Interactions API has no topK"
      )
    }
    return switch sampling {
    case .accepted, .unknown: nil
    case .refused:
      ModelObjection(
        subject: .sampling(name),
        isRefused: true,
        reason: "the model refuses \(name)"
      )
    case .ignored:
      ModelObjection(
        subject: .sampling(name),
        isRefused: false,
        reason: "the model ignores \(name)"
      )
    case .discouraged:
      ModelObjection(
        subject: .sampling(name),
        isRefused: false,
        reason: "its makers advise against another \(name) than the model's own"
      )
    }
  }

  private func resolution(_ demands: ModelDemands) -> ModelObjection? {
    guard let asked = demands.resolution, asked != .unspecified, demands.showsPictures,
      let rates = media?.tokensPerFrame, !rates.isEmpty, rates[asked] == nil
    else { return nil }
    let levels = MediaResolution.allCases.filter { $0 != .unspecified && rates[$0] != nil }
    return ModelObjection(
      subject: .resolution,
      isRefused: true,
      reason: "the model sees video at " + levels.map(\.name).joined(separator: ", ")
    )
  }

  private func agentic(_ demands: ModelDemands) -> ModelObjection? {
    guard demands.isAgentic, demands.showsPictures, !offersAgenticVideo else { return nil }
    return ModelObjection(
      subject: .agentic,
      isRefused: true,
      reason: "the model looks at frames at a fixed rate only"
    )
  }

  private func pictures(_ demands: ModelDemands) -> ModelObjection? {
    guard demands.showsPictures, let media, media.tokensPerFrame.isEmpty else { return nil }
    return ModelObjection(
      subject: .pictures,
      isRefused: true,
      reason: "the model takes sound alone, and no video"
    )
  }

  private func output(_ demands: ModelDemands) -> ModelObjection? {
    guard let asked = demands.maxOutputTokens, let limits else { return nil }
    let most = limits.longOutputTokens ?? limits.outputTokens(on: demands.platform)
    guard asked > most else { return nil }
    return ModelObjection(
      subject: .output,
      isRefused: true,
      reason: "the model writes at most \(most) tokens"
    )
  }

  /// A budget is how models of the generation 2.5 are kept from thinking at length.
  ///
  /// - Source: google-genai 3.6.1, whose interactions know thinking levels alone.
  private func interface(_ demands: ModelDemands) -> ModelObjection? {
    guard demands.api == .interactions, case .budget = demands.thinking else { return nil }
    return ModelObjection(
      subject: .interface,
      isRefused: true,
      reason: "how much it thinks is set by a budget, which the Interactions API does not take"
    )
  }

  private func location(_ demands: ModelDemands) -> ModelObjection? {
    guard demands.platform == .agentPlatform, !demands.location.isEmpty, !locations.isEmpty,
      !locations.contains(demands.location)
    else { return nil }
    return ModelObjection(
      subject: .location,
      isRefused: true,
      reason: "the model is served in \(locations.joined(separator: ", ")) only"
    )
  }
}
