internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// What recipes made, on standard output: tables for people, one object for machines.
struct DerivedListing {
  let ending: RunEnding
  let context: CommandContext

  func print() {
    if context.isJSON { context.print(json: json) } else { show() }
  }

  private func show() {
    let documents = ending.outcomes.compactMap(\.document)
    for document in documents {
      for table in document.tables {
        let count = NumberText.counted(table.rowCount, "row")
        // Of a single transcript it is known which one.
        let isOne = Set(documents.map(\.source.uri)).count == 1
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
    var object = ending.json
    object["results"] = .array(ending.outcomes.map(json))
    return .object(object)
  }

  private func json(_ outcome: WorkOutcome) -> JSONValue {
    guard let document = outcome.document, var object = outcome.json.object else {
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
  /// The result; `nil` when there is none.
  var document: TranscriptDocument? {
    if case .finished(let document, _) = outcome { document } else { nil }
  }
}
