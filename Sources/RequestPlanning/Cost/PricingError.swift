public import GeminiAPI

/// Why a price cannot be told.
public struct PricingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is missing.
  public enum Code: Hashable, Sendable {
    /// The price data know no price of the model.
    case noPrices
    /// The model's first price starts later than the day asked for.
    case notYet(first: CalendarDay)
    /// The model's last price ended before the day asked for.
    case ended(last: CalendarDay)
    /// The model is not offered in the tier.
    case tierNotOffered(ServiceTier)
    /// The price of cache storage is not known.
    case noStoragePrice
  }

  /// What is missing.
  public let code: Code
  /// The model.
  public let model: String
  /// The platform.
  public let platform: ModelPlatform
  /// The day asked for.
  public let day: CalendarDay

  /// What is missing, and what to do.
  public var description: String {
    let place = "\(model) on \(platform.title)"
    switch code {
    case .noPrices:
      return "No price is known for \(place); add one in a models file."
    case .notYet(let first):
      return "The prices of \(place) start on \(first), and today is \(day); check the clock."
    case .ended(let last):
      return "The prices of \(place) ended on \(last), and today is \(day); add newer ones in a "
        + "models file."
    case .tierNotOffered(let tier):
      return "\(place) has no \(tier.rawValue) price on \(day)."
    case .noStoragePrice:
      return "The price of keeping a cache for \(place) is not known."
    }
  }
}
