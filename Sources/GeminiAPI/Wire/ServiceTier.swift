/// Which price and patience a request is served with.
public struct ServiceTier: WireName, CaseIterable {
  /// The value as the wire spells it, in lower case.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The list price.
  public static let standard = Self(rawValue: "standard")
  /// Half the price, minutes of waiting.
  public static let flex = Self(rawValue: "flex")
  /// A higher price, served first.
  public static let priority = Self(rawValue: "priority")
  /// Requests handed in together and answered within a day, at half the price; what batches are
  /// billed by, and never sent.
  public static let batch = Self(rawValue: "batch")

  /// The tiers that prices are published for.
  public static let allCases: [Self] = [.standard, .batch, .flex, .priority]
}
