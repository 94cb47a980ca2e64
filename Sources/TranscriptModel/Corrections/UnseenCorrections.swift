public import OrderedJSON

/// The corrections of a document that somebody who corrects it has not seen, by what they are about.
///
/// Two people who correct one transcript meet here: whoever comes second is told of what the first did, before
/// anything is laid over it.
public struct UnseenCorrections: Sendable {
  private var corrections: [Subject: Correction] = [:]

  /// Those of a list that are not among the ids.
  ///
  /// - Parameters:
  ///   - corrections: The corrections of the document, in order.
  ///   - seen: The ids of those that were seen, and of those that were made.
  public init(in corrections: [JSONValue], besides seen: Set<String>) {
    for (index, json) in corrections.enumerated() {
      guard let id = json["id"]?.string, !seen.contains(id),
        let correction = try? Correction(json: json, index: index)
      else { continue }
      for subject in correction.change.subjects { self.corrections[subject] = correction }
    }
  }

  /// Why a correction cannot stand yet: somebody corrected the same, and whoever made this one does not know.
  ///
  /// - Parameters:
  ///   - json: The correction; one that cannot be read meets with nothing.
  ///   - index: Its position in its list, for the problem.
  public func problem(of json: JSONValue, index: Int) -> CorrectionProblem? {
    guard let correction = try? Correction(json: json, index: index),
      let subject = correction.change.subjects.first(where: { corrections[$0] != nil }),
      let other = corrections[subject]
    else { return nil }
    let message =
      "\(subject) is not what it was when it was corrected: \(other.author ?? "somebody") changed it meanwhile "
      + "(\(other.date.prefix(40)))."
    return CorrectionProblem(index: index, id: correction.id, .beforeDiffers, message)
  }
}

/// What a correction is about.
private enum Subject: Hashable, CustomStringConvertible {
  case row(Int)
  case voice(Int)
  case title

  var description: String {
    switch self {
    case .row(let number): "Row \(number + 1)"
    case .voice(let number): "Voice \(number)"
    case .title: "The title"
    }
  }
}

extension Correction.Change {
  /// What it is about; what the sound says of times is about nothing that people say.
  fileprivate var subjects: [Subject] {
    switch self {
    case .text(let place, _, _), .voice(let place, _, _), .checked(let place, _),
      .delete(let place, _), .retime(let place, _, _):
      [.row(place.row)]
    case .divide(let place, _, let division): [.row(place.row), .row(division.newRow)]
    case .join(let place, _, let next, _, _): [.row(place.row), .row(next)]
    case .insert(_, let row): [.row(row.row)]
    case .split(_, let rows, _): rows.map { .row($0) }
    case .withhold(.rows(let places)): places.map { .row($0.row) }
    case .speaker(let voice, _, _, _): [.voice(voice)]
    case .merge(let voice, let into): [.voice(voice), .voice(into)]
    case .title: [.title]
    case .withhold, .times: []
    }
  }
}
