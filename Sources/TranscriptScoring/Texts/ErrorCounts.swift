/// How a hypothesis differs from its reference, counted in words or characters.
public struct ErrorCounts: Hashable, Sendable {
  /// Symbols that are the same in both.
  public var hits: Int
  /// Symbols that are another in the hypothesis.
  public var substitutions: Int
  /// Symbols that the hypothesis lacks.
  public var deletions: Int
  /// Symbols that the reference lacks.
  public var insertions: Int

  /// Counts; none of anything unless told.
  public init(hits: Int = 0, substitutions: Int = 0, deletions: Int = 0, insertions: Int = 0) {
    self.hits = hits
    self.substitutions = substitutions
    self.deletions = deletions
    self.insertions = insertions
  }

  /// The counts of an alignment.
  public init(_ steps: some Sequence<EditStep>) {
    self.init()
    for step in steps {
      switch step {
      case .hit: hits += 1
      case .substitution: substitutions += 1
      case .deletion: deletions += 1
      case .insertion: insertions += 1
      }
    }
  }

  /// The least number of edits from one to the other.
  public var errors: Int { substitutions + deletions + insertions }
  /// The symbols of the reference.
  public var referenceCount: Int { hits + substitutions + deletions }
  /// The symbols of the hypothesis.
  public var hypothesisCount: Int { hits + substitutions + insertions }

  /// Errors per symbol of the reference, 0 for none; above 1 when much is inserted.
  ///
  /// Without a reference 0 for an empty hypothesis, else the number of insertions, as jiwer has it.
  public var rate: Double {
    referenceCount == 0 ? Double(insertions) : Double(errors) / Double(referenceCount)
  }

  /// The match error rate (Morris 2004): errors per step of the alignment, `0...1`.
  public var matchErrorRate: Double {
    let steps = hits + errors
    return steps == 0 ? 0 : Double(errors) / Double(steps)
  }

  /// The word information preserved (Morris 2004), `0...1`.
  public var informationPreserved: Double {
    if referenceCount == 0 && hypothesisCount == 0 { return 1 }
    guard referenceCount > 0, hypothesisCount > 0 else { return 0 }
    return Double(hits) / Double(referenceCount) * (Double(hits) / Double(hypothesisCount))
  }

  /// The word information lost (Morris 2004), `0...1`.
  public var informationLost: Double { 1 - informationPreserved }

  /// The counts of both.
  public static func + (one: ErrorCounts, other: ErrorCounts) -> ErrorCounts {
    ErrorCounts(
      hits: one.hits + other.hits,
      substitutions: one.substitutions + other.substitutions,
      deletions: one.deletions + other.deletions,
      insertions: one.insertions + other.insertions
    )
  }
}
