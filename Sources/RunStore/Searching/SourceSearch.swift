/// What a search found, by sources.
public struct SourceSearch: Sendable {
  /// The rows of a source that fit.
  public struct Group: Sendable {
    /// The best of them, or the first; at least one.
    public let hits: [SearchHit]
    /// How many there are.
    public let count: Int
  }

  /// The sources asked for.
  public let groups: [Group]
  /// How many sources have rows that fit.
  public let sourceCount: Int
  /// How many rows fit.
  public let hitCount: Int
  /// Whether these are all; otherwise the newest rows were looked at only.
  public let areAll: Bool
  /// What the search can be narrowed by, with the rows that each would leave.
  public let facets: Facets

  /// Properties of transcripts: the values that rows which fit have, the most frequent first.
  public struct Facets: Sendable {
    /// The languages.
    public let languages: [Catalogue.Choice]
    /// The models.
    public let models: [Catalogue.Choice]
    /// The prompts.
    public let prompts: [Catalogue.Choice]
    /// The folders of files.
    public let folders: [Catalogue.Choice]
  }
}

/// What the transcripts of a store can be searched by.
public struct SearchChoices: Sendable {
  /// The models.
  public let models: [String]
  /// The names of the prompts.
  public let prompts: [String]
  /// The languages, as tags.
  public let languages: [String]
}
