/// What a request was made for; the set may grow.
public struct RequestKind: RawRepresentable, Hashable, Sendable {
  /// The kind as stored.
  public let rawValue: String
  /// A kind from its stored form.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// A part of the source, or all of it.
  public static let clip = RequestKind(rawValue: "clip")
  /// The rest of a reply that stopped too early.
  public static let continuation = RequestKind(rawValue: "continuation")
  /// A stretch that has no rows.
  public static let gap = RequestKind(rawValue: "gap")
  /// The speakers of a transcript that is there.
  public static let speakers = RequestKind(rawValue: "speakers")
  /// A stretch seen in more detail, for the names that are missing.
  public static let names = RequestKind(rawValue: "names")
}
