public import OrderedJSON

/// What became of corrections that were to be added to a document.
public struct CorrectionsAddition: Sendable {
  /// The ids that they have in the document now, in order.
  public internal(set) var added: [String] = []
  /// How many the document had already.
  public internal(set) var knownCount = 0
  /// Those that do not apply, by their position in the list given; they were not added.
  public internal(set) var problems: [CorrectionProblem] = []
  /// Those that were applied to a row of another number.
  public internal(set) var moves: [CorrectedTranscript.Move] = []
}

extension TranscriptDocument {
  /// Adds corrections behind those that are there, as far as they apply.
  ///
  /// One that is there already is passed over. One whose id is taken by another gets a new id, so
  /// that the work of two people on one report goes together.
  public mutating func add(_ new: [JSONValue]) -> CorrectionsAddition {
    var addition = CorrectionsAddition()
    var known: [String: JSONValue] = [:]
    for correction in corrections { known[correction["id"]?.string ?? ""] = correction }
    var candidates = corrections
    var sources: [Int] = []
    for (index, correction) in new.enumerated() {
      let id = correction["id"]?.string ?? ""
      if !id.isEmpty, known[id]?.unsigned == correction.unsigned {
        addition.knownCount += 1
        continue
      }
      let renamed = known[id] == nil ? correction : correction.with(id: Self.freeID(known))
      if let id = renamed["id"]?.string { known[id] = renamed }
      candidates.append(renamed)
      sources.append(index)
    }
    settle(candidates, sources, new, &addition)
    return addition
  }

  /// Whether a correction sets when rows are spoken.
  public var hasSetTimes: Bool { corrections.contains { $0["kind"]?.string == "times" } }

  /// Sets when rows are spoken, in place of what an earlier correction of the kind says; when it does not apply,
  /// nothing changes.
  public mutating func setTimes(_ times: Correction) -> CorrectionsAddition {
    let before = corrections
    corrections.removeAll { $0["kind"]?.string == "times" }
    let addition = add([times.json])
    if !addition.problems.isEmpty { corrections = before }
    return addition
  }

  /// Keeps the candidates that apply.
  private mutating func settle(
    _ candidates: [JSONValue],
    _ sources: [Int],
    _ new: [JSONValue],
    _ addition: inout CorrectionsAddition
  ) {
    let first = corrections.count
    let result = applying(candidates)
    let refused = result.problems.filter { $0.index >= first }
    let positions = Set(refused.map(\.index))
    for position in candidates.indices.dropFirst(first) where !positions.contains(position) {
      corrections.append(candidates[position])
      addition.added.append(candidates[position]["id"]?.string ?? "")
    }
    addition.problems = refused.map { problem in
      let index = sources[problem.index - first]
      let id = new[index]["id"]?.string
      return CorrectionProblem(index: index, id: id, problem.code, problem.message)
    }
    let added = Set(addition.added)
    addition.moves = result.moves.filter { added.contains($0.id) }
  }

  private static func freeID(_ taken: [String: JSONValue]) -> String {
    var number = taken.count
    while taken["c\(number)"] != nil { number += 1 }
    return "c\(number)"
  }
}

extension JSONValue {
  fileprivate func with(id: String) -> JSONValue {
    var object = object ?? [:]
    object["id"] = .string(id)
    return .object(object)
  }
}
