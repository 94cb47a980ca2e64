/// What became of the runs of another store.
public struct MergeReport: Hashable, Sendable {
  /// The ids of the runs that were taken in.
  public internal(set) var taken: [String] = []
  /// How many transcripts and other results they have.
  public internal(set) var results = 0
  /// How many rounds of labs were taken in.
  public internal(set) var labRounds = 0
  /// How many runs were here already.
  public internal(set) var known = 0
  /// Those of them that stand otherwise in the other store; they are left as they are here.
  public internal(set) var differing: [String] = []
  /// The runs that a process works on there; they are left out.
  public internal(set) var underWay: [String] = []
}
