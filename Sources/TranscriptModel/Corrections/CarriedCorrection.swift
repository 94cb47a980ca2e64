public import OrderedJSON

/// What became of a correction when it was carried to another transcript of the same recording.
public struct CarriedCorrection: Hashable, Sendable {
  /// How it fared there.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// It applies to the same row as before.
    case kept
    /// It applies to a row of another number, time or wording.
    case moved
    /// What it corrected reads otherwise there, or is not there: a person has to look.
    case conflict
    /// The transcript says already what the correction says.
    case obsolete
  }

  /// The id of the run that it was carried from.
  public var from: String
  /// How it fared.
  public var outcome: Outcome
  /// The row it was made on there, `TranscriptSegment.row`; `nil` for one about a speaker.
  public var row: Int?

  init(from: String, outcome: Outcome, row: Int?) {
    self.from = from
    self.outcome = outcome
    self.row = row
  }

  /// Reads the member `carried` of a correction; `nil` for one that was made where it stands.
  public init?(_ correction: JSONValue) {
    guard let json = correction["carried"], let from = json["from"]?.string,
      let outcome = json["as"]?.string.flatMap(Outcome.init)
    else { return nil }
    self.init(from: from, outcome: outcome, row: json["row"]?.int)
  }

  /// The member `carried`.
  var json: JSONValue {
    var object: JSONObject = ["from": .string(from), "as": .string(outcome.rawValue)]
    object["row"] = row.map { .init($0) }
    return .object(object)
  }

  /// Refuses a correction that was found to have no place; `false` for one that is not needed.
  static func isApplied(
    _ json: JSONValue,
    _ correction: Correction,
    index: Int
  ) throws(CorrectionProblem) -> Bool {
    switch CarriedCorrection(json)?.outcome {
    case .obsolete: return false
    case .conflict:
      throw CorrectionProblem(
        index: index,
        id: correction.id,
        .conflict,
        "What it corrected reads otherwise here, or is not here."
      )
    case .kept, .moved, nil: return true
    }
  }
}
