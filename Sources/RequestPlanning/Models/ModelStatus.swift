/// Where a model stands between announcement and shutdown.
public struct ModelStatus: Hashable, Sendable {
  /// A stage of a model's life.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Meant for production.
    case stable
    /// Answers, without a promise for how long.
    case available
    /// May change or go at short notice.
    case preview
    /// Answers for some users only.
    case limitedRelease
    /// Still answers; its end is announced.
    case deprecated
    /// Answers no more.
    case shutDown
    /// Nothing but the name is known.
    case unknown
  }

  /// The stage.
  public let state: State
  /// The first day.
  public let released: CalendarDay?
  /// The last day, everywhere.
  public let shutdown: CalendarDay?
  /// The day before which it is promised to stay.
  public let earliestShutdown: CalendarDay?
  /// The last day on AI Studio, where that is listed apart.
  public let aiStudioShutdown: CalendarDay?
  /// The last day on the Agent Platform, where that is listed apart.
  public let agentPlatformShutdown: CalendarDay?
  /// The day before which the Agent Platform promises to keep it.
  public let agentPlatformEarliestShutdown: CalendarDay?
  /// The model that answers afterwards, or that the service names in its place.
  public let successor: String?
  /// What else is known, in one sentence without a full stop.
  public let note: String?

  /// The last day on a platform, or `nil` when none is announced.
  public func shutdown(on platform: ModelPlatform) -> CalendarDay? {
    shutdown ?? (platform == .agentPlatform ? agentPlatformShutdown : aiStudioShutdown)
  }
}
