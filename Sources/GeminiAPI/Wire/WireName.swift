/// A value from a list that the service may extend, kept as the wire spells it.
public protocol WireName: RawRepresentable, Hashable, Sendable, CustomStringConvertible
where RawValue == String {
  /// The value spelled so on the wire.
  init(rawValue: String)
}

extension WireName {
  /// The value as the wire spells it.
  public var description: String { rawValue }
}
