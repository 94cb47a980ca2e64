public import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// # The format of `STEM.json`
///
/// Stable: members may be added; none is renamed, removed or given another meaning without a new
/// `schemaVersion`. Optional members are left out when they are not known.
///
///     schemaVersion  1
///     complete       false when anything is known to be missing
///     source         {uri, kind, stem, title?, mimeType?, durationMS?, language?,
///                     recordedAt?}
///     run            {id, startedAt, tool, backend, standIn?: "emulator" or "recording", model,
///                     modelVersion?, prompt, promptDigest, schema, encoding,
///                     clip?: {startMS, endMS}, parameters, finishReason?}
///     usage          {promptTokens, cachedTokens, outputTokens, thoughtsTokens, toolUseTokens,
///                     promptTokensByModality, cachedTokensByModality}, or null
///     cost           {currency: "USD", estimatedLow?, estimatedHigh?, billed?}
///     speech         {unitMS, edges: where speech begins and ends in turn, in units}, when somebody listened
///     findings       [{code, severity, message, rows: [{table, row}]}]
///     tables         {NAME: {columns, types, roles, rows, invalid?}}
///     speakers       [{voice, label, name?, company?, position?, role?, nameStatus, described,
///                     extras?}]
///     segments       [{row, startMS, endMS, endIsEstimate, voice, text, extras?}]
///     corrections    []
///     derived        [{run: as above, variables, rows, complete, usage, cost, findings, tables}]; left out
///                    when there are none
///
/// - Rows are counted from 0. Times are source time: milliseconds in members that end in `MS`,
///   timecodes as people write them in table rows.
/// - In table rows, missing values are `"?"`, whole numbers and other numbers are JSON numbers with
///   the text they were written with. `invalid` lists `[row, column]` of cells that do not have
///   their column's type. `roles` has `null` for a column without a role.
/// - Money is decimal text, exact and without trailing zeros, since binary floating point cannot
///   hold most prices.
/// - `extras` holds the further columns by name; missing values are left out.
extension TranscriptDocument {
  /// The version of the format that is written, and the newest that is read.
  public static let schemaVersion = 1

  /// The document as JSON; ``jsonBytes()`` writes the same without building the tree.
  public var json: JSONValue {
    var document = head
    document["findings"] = .array(findings.map(\.json))
    document["tables"] = .object(JSONObject(tables.map { ($0.name, $0.json) }))
    document["speakers"] = .array(transcript.speakers.map(\.json))
    document["segments"] = .array(transcript.segments.map(\.json))
    document["corrections"] = .array(corrections)
    if !derivations.isEmpty { document["derived"] = .array(derivations.map(\.json)) }
    return .object(document)
  }

  /// The document as UTF-8, one line for each row, segment, speaker and finding.
  ///
  /// Takes time and memory in proportion to the text.
  public func jsonBytes() -> [UInt8] {
    var lines = LineWriter(capacity: estimatedSize)
    write(to: &lines)
    return lines.output
  }

  /// Hands the bytes of ``jsonBytes()`` to a function, piece by piece: they are never in memory as a whole.
  ///
  /// - Parameter take: Gets a piece; the next one goes on behind it.
  public func forEachJSONPiece(_ take: ([UInt8]) -> Void) {
    withoutActuallyEscaping(take) { take in
      var lines = LineWriter(handingTo: take)
      write(to: &lines)
    }
  }

  private func write(to lines: inout LineWriter) {
    lines.open("{")
    for (key, value) in head.members { lines.member(key, value) }
    lines.list("findings", findings.lazy.map(\.json))
    lines.open("{", key: "tables")
    for table in tables { table.write(to: &lines) }
    lines.close("}")
    lines.list("speakers", transcript.speakers.lazy.map(\.json))
    lines.open("[", key: "segments")
    for segment in transcript.segments { lines.element { segment.write(to: &$0) } }
    lines.close("]")
    lines.list("corrections", corrections)
    if !derivations.isEmpty {
      lines.open("[", key: "derived")
      for derivation in derivations { derivation.write(to: &lines) }
      lines.close("]")
    }
    lines.close("}")
  }

  /// A guess at the size of the document's JSON, rather too much: what is not written takes no memory.
  private var estimatedSize: Int {
    let words = transcript.segments.reduce(0) { $0 + $1.text.utf8.count }
    let cells = tables.reduce(0) { $0 + $1.rowCount * $1.columns.count }
    return 1 << 16 + 2 * words + 160 * transcript.segments.count + 12 * cells
  }

  /// All members but the long ones.
  private var head: JSONObject {
    var head: JSONObject = [
      "schemaVersion": .init(Self.schemaVersion),
      "complete": .init(isComplete),
      "source": source.json,
      "run": run.json,
      "usage": usage?.json ?? .null,
      "cost": cost.json,
    ]
    head["speech"] = speech?.json
    return head
  }
}

extension TranscriptDocument.Source {
  var json: JSONValue {
    var object: JSONObject = ["uri": .init(uri), "kind": .init(kind), "stem": .init(stem)]
    object["title"] = title.map { JSONValue($0) }
    object["mimeType"] = mimeType.map { JSONValue($0) }
    object["durationMS"] = durationMS.map { JSONValue($0) }
    object["language"] = language.map { JSONValue($0) }
    object["recordedAt"] = recordedAt.map { JSONValue($0) }
    return .object(object)
  }
}

extension TranscriptDocument.Run {
  var json: JSONValue {
    var object: JSONObject = [
      "id": .init(id), "startedAt": .init(startedAt), "tool": .init(tool),
      "backend": .init(backend),
    ]
    object["standIn"] = standIn.map { JSONValue($0.rawValue) }
    object["model"] = .init(model)
    object["modelVersion"] = modelVersion.map { JSONValue($0) }
    object["prompt"] = .init(prompt)
    object["promptDigest"] = .init(promptDigest)
    object["schema"] = .init(schema)
    object["encoding"] = .init(encoding)
    object["clip"] = clip?.json
    object["parameters"] = .object(parameters)
    object["finishReason"] = finishReason.map { JSONValue($0) }
    return .object(object)
  }
}

extension TimeRange {
  var json: JSONValue {
    ["startMS": .init(start.milliseconds), "endMS": .init(end.milliseconds)]
  }
}

extension TranscriptDocument.Cost {
  var json: JSONValue {
    var object: JSONObject = ["currency": "USD"]
    object["estimatedLow"] = estimatedLow.map { .init($0.description) }
    object["estimatedHigh"] = estimatedHigh.map { .init($0.description) }
    object["billed"] = billed.map { .init($0.description) }
    return .object(object)
  }
}

extension Usage {
  package var json: JSONValue {
    [
      "promptTokens": .init(promptTokens),
      "cachedTokens": .init(cachedTokens),
      "outputTokens": .init(outputTokens),
      "thoughtsTokens": .init(thoughtsTokens),
      "toolUseTokens": .init(toolUseTokens),
      "promptTokensByModality": Self.json(promptTokensByModality),
      "cachedTokensByModality": Self.json(cachedTokensByModality),
    ]
  }

  private static func json(_ counts: [ModalityCount]) -> JSONValue {
    .object(JSONObject(counts.map { ($0.modality, .init($0.tokens)) }))
  }
}
