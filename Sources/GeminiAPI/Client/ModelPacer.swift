/// Tells others who use the same quota that it is used up, and hears it from them.
public protocol PaceNotes: Sendable {
  /// Holds requests to a model back for a while.
  func hold(_ model: String, for time: Duration)

  /// How long requests to a model are to hold back; `nil` when they need not.
  func hold(of model: String) -> Duration?
}

/// Holds requests to a model back while its quota is used up, so that not each one has to be told.
actor ModelPacer {
  private var resumeTimes: [String: Duration] = [:]

  /// The time before which no request for the model should go out.
  func resumeTime(of model: String) -> Duration? { resumeTimes[model] }

  /// Holds requests back until a time, unless a later one is set.
  func hold(_ model: String, until time: Duration) {
    resumeTimes[model] = max(time, resumeTimes[model] ?? time)
  }
}
