internal import CommandLineInterface
internal import ModelContextProtocol
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// Reads transcripts for an assistant, a page at a time.
struct TranscriptReading: Sendable {
  /// Rows of a page, at the most and unless told otherwise.
  static let mostRows = 200
  static let usualRows = 50
  /// The most voices that are listed; a recording has a few.
  private static let mostSpeakers = 500

  let context: CommandContext
  let folder: SharedFolder

  /// The tool `rows`.
  @Sendable func rows(_ arguments: ToolArguments) async throws(ToolFailure) -> JSONObject {
    let transcript = try transcript(arguments)
    let document = transcript.document
    let first = arguments.number("first") ?? 0
    let count = arguments.number("count") ?? Self.usualRows
    var result = head(transcript)
    let (total, rows): (Int, [JSONValue])
    if let name = arguments.text("table") {
      let table = try table(name, of: document)
      total = table.rowCount
      result["table"] = .string(table.name)
      result["columns"] = .array(table.columns.map { .string($0.name) })
      rows = page(first, count, of: total).map { row in
        .array(table.columns.indices.map { table[row, $0].json })
      }
    } else {
      let corrected = document.corrected.transcript
      let labels = corrected.rowLabels()
      total = corrected.segments.count
      result["tables"] = .array(document.allTables.map { .string($0.name) })
      rows = page(first, count, of: total).map { index in
        row(corrected.segments[index], speaker: labels[index].text)
      }
    }
    result["total"] = JSONValue(total)
    result["rows"] = .array(rows)
    result["next"] = first + count < total ? JSONValue(first + count) : .null
    return result
  }

  /// The tool `speakers`.
  @Sendable func speakers(_ arguments: ToolArguments) async throws(ToolFailure) -> JSONObject {
    let transcript = try transcript(arguments)
    let corrected = transcript.document.corrected.transcript
    var counts: [Int: (rows: Int, milliseconds: Int)] = [:]
    for segment in corrected.segments {
      guard let voice = segment.voice else { continue }
      var count = counts[voice] ?? (0, 0)
      count.rows += 1
      if let start = segment.start, let end = segment.end {
        count.milliseconds += max(0, end.milliseconds - start.milliseconds)
      }
      counts[voice] = count
    }
    var result = head(transcript)
    result["speakers"] = .array(
      corrected.speakers.prefix(Self.mostSpeakers).map { speaker in
        var object = speaker.json.object ?? [:]
        object["rows"] = JSONValue(counts[speaker.voice]?.rows ?? 0)
        object["spokenMS"] = JSONValue(counts[speaker.voice]?.milliseconds ?? 0)
        return .object(object)
      }
    )
    return result
  }

  /// The tool `runs`.
  @Sendable func runs(_ arguments: ToolArguments) async throws(ToolFailure) -> JSONObject {
    var query = CatalogueQuery(limit: arguments.number("count") ?? 20)
    query.offset = arguments.number("first") ?? 0
    query.title = arguments.text("title") ?? ""
    query.prompt = arguments.text("prompt")
    query.model = arguments.text("model")
    query.order = arguments.text("order").flatMap(CatalogueQuery.Order.init) ?? .made
    let user = UserStore(context)
    guard user.isThere else { return ["total": 0, "transcripts": [], "next": .null] }
    let catalogue = try told { try user.reading().catalogue(query) }
    let next = query.offset + catalogue.entries.count
    return [
      "total": JSONValue(catalogue.total),
      "transcripts": .array(catalogue.entries.map { folder.hiding(Self.json($0)) }),
      "next": next < catalogue.total && !catalogue.entries.isEmpty ? JSONValue(next) : .null,
    ]
  }

  private static func json(_ entry: Catalogue.Entry) -> JSONValue {
    let (item, source) = (entry.item, entry.item.item.source)
    var object: JSONObject = [
      "transcript": .string(item.reference),
      "title": .string(source.title ?? source.stem),
      "source": source.json,
      "status": .string(item.status.rawValue),
      "startedAt": .string(MomentText.exact(entry.madeAt)),
      "prompt": .string(item.item.prompt.name),
      "model": .string(item.item.model),
      "rows": JSONValue(item.segmentCount),
      "speakers": JSONValue(item.speakerCount),
      "findings": JSONValue(item.findingCount),
    ]
    object["costUSD"] = item.cost.map { .string("\($0)") }
    return .object(object)
  }

  private func transcript(_ arguments: ToolArguments) throws(ToolFailure) -> TranscriptOperand {
    let name = try folder.transcript(arguments.text("transcript") ?? "")
    return try told { try TranscriptOperands.single(name, context.workplace) }
  }

  private func head(_ transcript: TranscriptOperand) -> JSONObject {
    let document = transcript.document
    return [
      "transcript": .string(folder.hiding(transcript.spelling)),
      "source": .string(document.source.shownURI),
      "prompt": .string(document.run.prompt),
      "model": .string(document.run.model),
      "complete": JSONValue(document.isComplete),
    ]
  }

  private func row(_ segment: TranscriptSegment, speaker: String) -> JSONValue {
    var object: JSONObject = ["row": JSONValue(segment.row)]
    object["time"] = segment.start.map { .string($0.rendered) }
    object["startMS"] = segment.start.map { JSONValue($0.milliseconds) }
    object["endMS"] = segment.end.map { JSONValue($0.milliseconds) }
    if segment.voice != nil { object["speaker"] = .string(speaker) }
    object["text"] = .string(segment.text)
    return .object(object)
  }

  private func table(
    _ name: String,
    of document: TranscriptDocument
  ) throws(ToolFailure) -> Table {
    guard let table = document.allTables.last(where: { $0.name == name }) else {
      let names = document.allTables.map { SafeText.line($0.name) }.joined(separator: ", ")
      throw ToolFailure("There is no such table; there are \(names).")
    }
    return table
  }

  /// The rows of a page, none behind the last one.
  private func page(_ first: Int, _ count: Int, of total: Int) -> Range<Int> {
    min(first, total)..<min(first + count, total)
  }

  /// What a body gives, or why it does not in the words of the program.
  private func told<Value>(_ body: () throws -> Value) throws(ToolFailure) -> Value {
    do {
      return try body()
    } catch {
      let error = ErrorExplanation.commandError(error)
      throw ToolFailure(folder.hiding("\(error.message) \(error.remedy)"))
    }
  }
}
