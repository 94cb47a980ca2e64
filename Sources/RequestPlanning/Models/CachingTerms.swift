/// What a model offers for prompts that begin alike.
public struct CachingTerms: Hashable, Sendable {
  /// Whether a repeated prefix hits on its own.
  public let isImplicit: Bool
  /// Whether caches can be created.
  public let isExplicit: Bool
  /// The shortest prefix in tokens that hits on its own; missing where not published.
  public let implicitMinimum: [ModelPlatform: Int]
  /// The fewest tokens of a created cache; missing where not known.
  public let explicitMinimum: [ModelPlatform: Int]
}
