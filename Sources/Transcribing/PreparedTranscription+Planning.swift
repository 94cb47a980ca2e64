internal import Digests
internal import GeminiAPI
internal import MediaProbing
internal import OrderedJSON
public import RequestPlanning
internal import TabularExtraction
internal import TranscriptModel

extension PreparedTranscription {
  /// A request for each clip, as far as planning goes: what it shares with others, and what it will
  /// take.
  public var planRequests: [PlanRequest] {
    let (prompt, settings) = (planPrompt, effective)
    return clips.map { clip in
      PlanRequest(source: planSource(clip), prompt: prompt, settings: settings)
    }
  }

  /// The request about all of it at once, as a batch has it.
  public var planRequest: PlanRequest {
    PlanRequest(source: planSource(nil), prompt: planPrompt, settings: effective)
  }

  private func planSource(_ clip: TimeRange?) -> PlanSource {
    PlanSource(
      name: source.uri,
      range: request.hasPlaceholder ? clip ?? stretch : TimeRange(start: .zero, end: .zero),
      length: duration,
      hasVideo: facts.map { $0.video != nil } ?? true,
      hasAudio: facts?.hasAudio ?? true
    )
  }

  private var planPrompt: PlanPrompt {
    let system = request.systemInstruction?.parts.compactMap(\.text).joined(separator: "\n") ?? ""
    let leading = request.textBeforePlaceholder
    return PlanPrompt(
      name: prompt.name,
      tables: prompt.schema.tables,
      textTokens: Forecast.textTokens(of: request),
      leadingTokens: TextTokenEstimator.tokens(in: system)
        + TextTokenEstimator.tokens(in: leading),
      systemIdentity: system,
      leadingIdentity: leading
    )
  }
}

extension GenerateContentRequest {
  /// The text that stands before the media; none when they come first, as they should.
  fileprivate var textBeforePlaceholder: String {
    var text = ""
    for part in contents.flatMap(\.parts) {
      if case .fileData(let data) = part.payload, data.fileUri == RequestBuilder.placeholder {
        return text
      }
      text += part.text ?? ""
    }
    return ""
  }
}
