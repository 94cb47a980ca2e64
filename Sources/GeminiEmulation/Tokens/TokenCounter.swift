/// Counts tokens by the documented rules.
///
/// Video: one frame for each started interval of the clip, times the model's tokens per frame; sound:
/// the model's rate for each second; text: by ``TextTokens``. The schema of an answer counts for nothing,
/// as in recorded answers.
struct TokenCounter: Sendable {
  let model: EmulatedModel
  /// The request-wide resolution's name on the wire, or `nil`.
  let resolution: String?

  /// Tokens of a part.
  func count(_ part: GenerationRequest.Part) -> ModalityTokens {
    switch part {
    case .text(let text), .other(let text): ModalityTokens(text: TextTokens.count(text))
    case .media(let use): count(use)
    }
  }

  /// Tokens of a piece of media.
  func count(_ use: MediaUse) -> ModalityTokens {
    var tokens = ModalityTokens()
    if use.source.isStill {
      if use.source.mimeType.hasPrefix("image/") { tokens.image = imageTokens(use) }
      if use.source.mimeType == "application/pdf" { tokens.document = imageTokens(use) }
      return tokens
    }
    let seconds = Double(use.clip.count) / 1000
    // The frames of an agentic look count as tool use instead.
    if use.showsFrames, !use.isAgentic {
      tokens.video = Int((seconds * use.fps).rounded(.up)) * frameTokens(use)
    }
    if use.playsSound {
      tokens.audio = Int((seconds * Double(model.audioTokensPerSecond)).rounded(.up))
    }
    return tokens
  }

  /// Tokens of one frame.
  private func frameTokens(_ use: MediaUse) -> Int {
    switch use.resolution ?? resolution {
    case "MEDIA_RESOLUTION_LOW": model.frames.low
    case "MEDIA_RESOLUTION_MEDIUM": model.frames.medium
    case "MEDIA_RESOLUTION_HIGH", "MEDIA_RESOLUTION_ULTRA_HIGH": model.frames.high
    default: model.frames.standard
    }
  }

  /// Tokens of an image: published for 3.x by resolution, one tile for 2.x.
  private func imageTokens(_ use: MediaUse) -> Int {
    guard model.takesPartResolution else { return 258 }
    switch use.resolution ?? resolution {
    case "MEDIA_RESOLUTION_LOW": return 280
    case "MEDIA_RESOLUTION_MEDIUM": return 560
    case "MEDIA_RESOLUTION_ULTRA_HIGH": return 2240
    default: return 1120
    }
  }
}
