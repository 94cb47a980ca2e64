internal import GeminiAPI
public import RequestPlanning
internal import TranscriptModel

extension RequestSettings {
  /// Refuses settings that contradict themselves, before anything is read or sent.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidSettings`.
  public func validate() throws(TranscriptionError) {
    if let fps, !(fps > 0 && fps <= Self.greatestFPS) {
      throw TranscriptionError(
        .invalidSettings,
        "A frame rate of \(fps) frames a second cannot be asked for.",
        remedy: "Give the setting fps a number above 0 and at most 24."
      )
    }
    if audioOnly, layers != nil {
      throw TranscriptionError(
        .invalidSettings,
        "The settings audioOnly and layers both say what of a video is sent.",
        remedy: "Leave the setting layers out: audioOnly takes the sound out here, for every model."
      )
    }
    if asksSpeechModel, api == .interactions {
      throw TranscriptionError(
        .invalidSettings,
        "The setting native cannot be asked for with the setting api interactions.",
        remedy: "Leave the setting api out."
      )
    }
    if splitsChannels {
      let others = [
        passes == 2 ? "passes 2" : nil, fillsGaps ? "fillGaps" : nil,
        asksSpeechModel ? "native" : nil, layers != nil ? "layers" : nil,
      ]
      if let other = others.lazy.compactMap(\.self).first {
        throw TranscriptionError(
          .invalidSettings,
          "The settings channels and \(other) do not go together.",
          remedy: "Leave one of them out."
        )
      }
    }
    if let end, end <= start ?? .zero {
      throw TranscriptionError(
        .invalidSettings,
        "The clip ends at \(end.renderedExactly), which is not after its start at "
          + "\((start ?? .zero).renderedExactly).",
        remedy: "Give the setting end a later time than the setting start."
      )
    }
  }

  /// The clip in a source of known or unknown length; `nil` for all of the source.
  func clip(of duration: Timecode?) throws(TranscriptionError) -> TimeRange? {
    guard start != nil || end != nil else { return nil }
    let start = start ?? .zero
    if let duration, start >= duration { throw startIsPastTheEnd(start, of: duration) }
    guard let end = [end, duration].compactMap(\.self).min() else { return nil }
    return TimeRange(start: start, end: end)
  }

  /// What was said of the source's length and does not hold, a sentence each.
  ///
  /// - Parameters:
  ///   - probed: What the file itself says.
  ///   - duration: What counts.
  func lengthNotices(probed: Timecode?, duration: Timecode?) -> [String] {
    var notices: [String] = []
    if let end, let duration, end > duration {
      notices.append(
        "The setting end \(end.rendered) is behind the end of the source, which is "
          + "\(duration.rendered) long."
      )
    }
    // Containers and people round to seconds.
    if let stated = self.duration, let probed,
      abs(stated.milliseconds - probed.milliseconds) >= 1000
    {
      notices.append(
        "The setting duration has no effect on files that say themselves how long they are."
      )
    }
    return notices
  }

  /// The clips of a request; a single `nil` when it is about no stretch of known length.
  ///
  /// - Throws: ``TranscriptionError`` with the code `invalidSettings`.
  func clips(
    of shape: RequestShape?,
    estimator: TokenEstimator?
  ) throws(TranscriptionError) -> [TimeRange?] {
    guard let shape, let media = shape.media else { return [nil] }
    // A model that looks where it wants is not kept to a clip.
    if media.isAgentic { return [media.range] }
    do {
      return try ClipPlanner(sharding: sharding, overlap: overlap.milliseconds)
        .clips(of: shape, estimator: estimator)
    } catch {
      throw TranscriptionError(.invalidSettings, error.message, remedy: error.remedy)
    }
  }

  private func startIsPastTheEnd(_ start: Timecode, of duration: Timecode) -> TranscriptionError {
    TranscriptionError(
      .invalidSettings,
      "The clip starts at \(start.renderedExactly), but the source is only "
        + "\(duration.renderedExactly) long.",
      remedy: "Give the setting start an earlier time."
    )
  }
}

extension RequestSettings {
  /// The settings with what the prompt, the model and the service add to them.
  func completed(
    by request: GenerateContentRequest,
    model: String,
    for backend: GeminiConfiguration.Backend
  ) -> RequestSettings {
    var settings = self
    settings.model = model
    settings.mediaResolution = request.generationConfig?.mediaResolution
    settings.thinkingIsOrdered = thinking != .automatic
    settings.thinking = request.thinking
    settings.layers = request.layers
    settings.platform = backend.platform
    if case .agentPlatform(let project, let location) = backend {
      (settings.project, settings.location) = (project ?? "", location)
    }
    return settings
  }
}
