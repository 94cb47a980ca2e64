/// Which price list a request is billed by.
public enum BillingTier: String, Hashable, Sendable, CaseIterable {
  /// The list price.
  case standard
  /// Requests handed in together and answered within a day, at half the price.
  case batch
  /// Served when there is room, one to fifteen minutes, at the price of a batch.
  case flex
  /// Served first, at a higher price.
  case priority
}
