public import GeminiAPI

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// How requests are planned.
public struct PlannerOptions: Sendable {
  /// The day whose prices hold.
  public var day: CalendarDay
  /// The tier by which requests are billed; `nil` goes by the settings of each.
  public var tier: ServiceTier?
  /// Whether requests whose model, length or price is not known are planned without an estimate.
  public var allowsUnknowns: Bool
  /// Whether and when caches of our own are created.
  public var explicitCaching: CachePolicy
  /// Whether the interface that will be used can name a cache.
  public var canNameCaches: Bool
  /// Whether answers are streamed; those of batches are not.
  public var isStreamed = true
  /// How long a cache of our own would be kept.
  public var cacheHours: Decimal

  /// Options for planning on a day.
  public init(
    day: CalendarDay,
    tier: ServiceTier? = nil,
    allowsUnknowns: Bool = false,
    explicitCaching: CachePolicy = .automatic,
    canNameCaches: Bool = true,
    cacheHours: Decimal = 1
  ) {
    self.day = day
    self.tier = tier
    self.allowsUnknowns = allowsUnknowns
    self.explicitCaching = explicitCaching
    self.canNameCaches = canNameCaches
    self.cacheHours = cacheHours
  }
}
