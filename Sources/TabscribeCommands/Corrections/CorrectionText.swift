internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// Corrections in words and for machines.
enum CorrectionText {
  /// What a correction changes, on one line; not yet harmless.
  static func summary(_ correction: Correction) -> String {
    switch correction.change {
    case .text(let place, let before, let after):
      "\(row(place)): \(quoted(before)) → \(quoted(after))"
    case .voice(let place, let before, let after):
      "\(row(place)): \(voice(before)) → \(voice(after))"
    case .speaker(let id, let field, let before, let after):
      "\(voice(id)), \(field.rawValue): \(before.map(quoted) ?? "?") → \(after.map(quoted) ?? "?")"
    case .merge(let id, let into): "\(voice(id)) → \(voice(into))"
    case .split(let id, let rows, let newVoice):
      "\(voice(id)), \(NumberText.counted(rows.count, "row")) → \(voice(newVoice))"
    case .checked(let place, let isChecked):
      "\(row(place)): \(isChecked ? "checked" : "not checked")"
    case .withhold(let restriction): "withheld: " + summary(restriction)
    case .title(let before, let after):
      "title: \(before.map(quoted) ?? "?") → \(after.map(quoted) ?? "?")"
    case .divide, .join, .delete, .insert, .retime: summaryOfRows(correction.change)
    case .times(let rows): "the times of \(NumberText.counted(rows.count, "row")), set by the sound"
    }
  }

  /// What a restriction withholds.
  static func summary(_ restriction: Correction.Restriction) -> String {
    switch restriction {
    case .words(let words): quoted(words)
    case .speakers: "the names of speakers"
    case .redactions: "what derive redact found"
    case .rows(let places):
      places.count == 1
        ? row(places[0])
        : "\(NumberText.counted(places.count, "row")) from \(row(places[0])) on"
    }
  }

  private static func summaryOfRows(_ change: Correction.Change) -> String {
    switch change {
    case .divide(let place, let before, let division):
      "\(row(place)): \(quoted(before)) → \(quoted(division.first)), \(quoted(division.second))"
    case .join(let place, let before, _, let nextBefore, let after):
      "\(row(place)): \(quoted(before)), \(quoted(nextBefore)) → \(quoted(after))"
    case .delete(let place, let before): "\(row(place)): \(quoted(before)) deleted"
    case .insert(let place, let new):
      "\(place.map { "behind " + row($0) } ?? "before all"), \(span(new.span)): \(quoted(new.text))"
    case .retime(let place, let before, let after):
      "\(row(place)): \(span(before)) → \(span(after))"
    default: ""
    }
  }

  private static func span(_ span: Correction.Span) -> String {
    "\(span.start?.renderedExactly ?? "?")–\(span.end?.renderedExactly ?? "?")"
  }

  /// How a correction stands.
  static func state(_ json: JSONValue, isRefused: Bool) -> String {
    guard let carried = CarriedCorrection(json) else { return isRefused ? "not applied" : "" }
    let place = carried.row.map { " from row \($0 + 1)" } ?? ""
    switch carried.outcome {
    case .moved: return isRefused ? "not applied" : "moved" + place
    case .kept: return isRefused ? "not applied" : "kept"
    case .conflict, .obsolete: return carried.outcome.rawValue
    }
  }

  /// A problem as a warning.
  static func line(_ problem: CorrectionProblem) -> String {
    let name = problem.id.map { "correction \($0)" } ?? "the correction at \(problem.index + 1)"
    return SafeText.line("\(name) was not applied (\(problem.code.rawValue)): \(problem.message)")
  }

  /// How much a person compared with the recording.
  static func checkedRows(_ document: TranscriptDocument) -> String {
    let count = NumberText.grouped(document.corrected.checkedRowCount)
    return "\(count) of \(NumberText.grouped(document.transcript.segments.count)) rows checked."
  }

  static func json(_ problem: CorrectionProblem) -> JSONValue {
    [
      "index": .init(problem.index),
      "id": problem.id.map { .string($0) } ?? .null,
      "code": .string(problem.code.rawValue),
      "message": .string(problem.message),
    ]
  }

  static func json(_ move: CorrectedTranscript.Move) -> JSONValue {
    ["id": .string(move.id), "row": .init(move.row), "newRow": .init(move.newRow)]
  }

  private static func row(_ place: Correction.Place) -> String { "row \(place.row + 1)" }

  private static func voice(_ voice: Int?) -> String { voice.map { "voice \($0)" } ?? "no voice" }

  private static func quoted(_ text: String) -> String { SafeText.quoted(text, limit: 60) }
}
