public import OrderedJSON

/// What a recipe made of a finished transcript: its tables, and how they came about.
public struct Derivation: Equatable, Sendable {
  /// How it was made; `prompt` is the recipe.
  public var run: TranscriptDocument.Run
  /// The values of the recipe's variables, without the transcript.
  public var variables: JSONObject
  /// The digest of the rows that it was made of; another one today means that they have changed.
  public var rowsDigest: String
  /// The tables; columns with the roles `row`, `start` and `end` are looked up in the transcript.
  public var tables: [Table]
  /// What a reader should know; rows are those of ``tables``.
  public var findings: [Finding]
  /// The tokens billed, when the service told.
  public var usage: Usage?
  /// The money.
  public var cost: TranscriptDocument.Cost
  /// Whether nothing is known to be missing.
  public var isComplete: Bool

  /// What a recipe made.
  public init(
    run: TranscriptDocument.Run,
    variables: JSONObject,
    rowsDigest: String,
    tables: [Table],
    findings: [Finding],
    usage: Usage?,
    cost: TranscriptDocument.Cost,
    isComplete: Bool
  ) {
    (self.run, self.variables, self.rowsDigest) = (run, variables, rowsDigest)
    (self.tables, self.findings, self.usage) = (tables, findings, usage)
    (self.cost, self.isComplete) = (cost, isComplete)
  }

  /// When its run began, to the second, and the number of its item.
  fileprivate var place: (moment: Substring, item: Int) {
    let parts = run.id.split(separator: ".", maxSplits: 1)
    return (run.id.prefix { $0 != "-" }, parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
  }

  /// A value of a variable as names of tables have it: in lower case, with `-` for what is no letter or
  /// digit.
  package static func word(_ value: String) -> String {
    String(value.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  /// Whether another one answers the same question, so that the newer takes its place.
  public func isLike(_ other: Derivation) -> Bool {
    run.prompt == other.run.prompt && run.schema == other.run.schema
      && variables == other.variables
  }
}

extension TranscriptDocument {
  /// The tables of the reply, and behind them those that recipes made.
  public var allTables: [Table] { tables + derivations.flatMap(\.tables) }

  /// Puts in what a recipe made, in place of an earlier answer to the same question; they stand in the
  /// order of their runs, whichever came first.
  public mutating func add(_ derivation: Derivation) {
    derivations.removeAll(where: derivation.isLike)
    let before = derivations.lastIndex { $0.place <= derivation.place }
    derivations.insert(derivation, at: before.map { $0 + 1 } ?? 0)
  }
}

// MARK: As JSON

extension Derivation {
  /// What a document says of it.
  package var json: JSONValue {
    var object = head
    object["findings"] = .array(findings.map(\.json))
    object["tables"] = .object(JSONObject(tables.map { ($0.name, $0.json) }))
    return .object(object)
  }

  func write(to lines: inout LineWriter) {
    lines.open("{")
    for (key, value) in head.members { lines.member(key, value) }
    lines.list("findings", findings.lazy.map(\.json))
    lines.open("{", key: "tables")
    for table in tables { table.write(to: &lines) }
    lines.close("}")
    lines.close("}")
  }

  private var head: JSONObject {
    [
      "run": run.json, "variables": .object(variables), "rows": .init(rowsDigest),
      "complete": .init(isComplete), "usage": usage?.json ?? .null, "cost": cost.json,
    ]
  }

  init(reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(
      run: try TranscriptDocument.Run(reader.required("run")),
      variables: try reader.member("variables")?.value.object ?? [:],
      rowsDigest: try reader.string("rows"),
      tables: try Table.tables(reader.required("tables")),
      findings: try TranscriptDocument.map(reader.list("findings"), Finding.init(reader:)),
      usage: try TranscriptDocument.map(reader.member("usage"), Usage.init(reader:)),
      cost: try TranscriptDocument.map(reader.member("cost"), TranscriptDocument.Cost.init(reader:))
        ?? TranscriptDocument.Cost(),
      isComplete: try reader.required("complete").bool()
    )
  }
}
