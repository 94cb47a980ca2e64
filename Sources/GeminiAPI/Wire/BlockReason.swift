/// Why a prompt was not answered at all.
public struct BlockReason: WireName {
  /// The value as the wire spells it.
  public let rawValue: String

  /// The value spelled so on the wire.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The prompt was judged harmful.
  public static let safety = Self(rawValue: "SAFETY")
  /// The reason is not said.
  public static let other = Self(rawValue: "OTHER")
  /// The prompt holds a forbidden term.
  public static let blocklist = Self(rawValue: "BLOCKLIST")
  /// The prompt holds forbidden content.
  public static let prohibitedContent = Self(rawValue: "PROHIBITED_CONTENT")
}
