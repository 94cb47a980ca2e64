internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel
internal import TranscriptionRuns

/// What recipes made, on standard output: tables for people, one object for machines.
struct DerivedListing {
  let ending: RunEnding
  let context: CommandContext

  func print() throws {
    if context.isJSON { context.print(json: try json) } else { try show() }
  }

  private func show() throws {
    // Of a single transcript it is known which one.
    let isOne = Set(ending.outcomes.compactMap(\.outline?.source.uri)).count == 1
    for outcome in ending.outcomes {
      guard let document = try outcome.document else { continue }
      for table in document.tables {
        let count = NumberText.counted(table.rowCount, "row")
        let name = isOne ? "" : SafeText.line(document.source.uri) + ": "
        context.print(context.style.bold(name + SafeText.line(table.name)) + ", \(count)")
        if table.rowCount > 0 { context.print(TableListing.table(table)) }
        context.print("")
      }
      for finding in document.findings { context.print(FindingText.line(finding)) }
    }
  }

  /// What was made, for machines.
  var json: JSONValue {
    get throws {
      var object = ending.json
      object["results"] = .array(try ending.outcomes.map(json))
      return .object(object)
    }
  }

  private func json(_ outcome: WorkOutcome) throws -> JSONValue {
    guard let document = try outcome.document, var object = outcome.json.object else {
      return outcome.json
    }
    object["recipe"] = .string(document.run.prompt)
    object["tables"] = .object(JSONObject(document.tables.map { ($0.name, $0.json) }))
    object["findings"] = .array(document.findings.map(\.json))
    // A recipe has no rows or speakers of its own.
    object["rows"] = nil
    object["speakers"] = nil
    return .object(object)
  }
}

extension WorkOutcome {
  /// What is known of the result without its rows; `nil` when there is none.
  fileprivate var outline: DocumentOutline? {
    if case .finished(let item, _) = outcome { item.outline } else { nil }
  }
}
