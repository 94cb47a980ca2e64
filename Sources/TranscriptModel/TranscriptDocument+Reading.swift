public import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension TranscriptDocument {
  /// Reads what ``jsonBytes()`` writes; members it does not know are passed over.
  ///
  /// The cells of its tables are ranges of the bytes, which are kept.
  ///
  /// - Throws: `JSONSyntaxError` for what is no JSON, else ``TranscriptDocumentError`` with the place of the
  ///   first fault, also for a document of a newer `schemaVersion`.
  public init(parsing bytes: [UInt8]) throws {
    if let document = DocumentPieces.document(bytes) {
      self = document
    } else {
      try self.init(json: JSONValue(parsing: bytes))
    }
  }

  /// Reads what ``json`` is; members it does not know are passed over.
  ///
  /// - Throws: ``TranscriptDocumentError``, as for bytes.
  public init(json: JSONValue) throws(TranscriptDocumentError) {
    let document = DocumentReader(json)
    try Self.checkVersion(document)
    let tables = try Table.tables(document.required("tables"))
    let roles = ColumnRoles(tables)
    try self.init(
      document,
      tables: tables,
      segments: Self.map(document.list("segments")) { reader throws(TranscriptDocumentError) in
        try TranscriptSegment(reader, roles: roles)
      },
      findings: Self.map(document.list("findings"), Finding.init(reader:))
    )
  }

  /// A document of its long members, and of the others.
  init(
    _ document: DocumentReader,
    tables: [Table],
    segments: [TranscriptSegment],
    findings: [Finding]
  ) throws(TranscriptDocumentError) {
    let roles = ColumnRoles(tables)
    let speakers = try Self.map(document.list("speakers")) {
      reader throws(TranscriptDocumentError) in
      try Speaker(reader, roles: roles)
    }
    self.init(
      source: try Source(document.required("source")),
      run: try Run(document.required("run")),
      tables: tables,
      transcript: Transcript(segments: segments, speakers: speakers),
      findings: findings,
      usage: try Self.map(document.member("usage"), Usage.init(reader:)),
      cost: try Self.map(document.member("cost"), Cost.init(reader:)) ?? Cost(),
      isComplete: try document.required("complete").bool()
    )
    speech = try Self.map(document.member("speech"), SpeechMap.init(reader:))
    corrections = try document.list("corrections").map(\.value)
    derivations = try Self.map(document.list("derived"), Derivation.init(reader:))
  }

  static func checkVersion(_ document: DocumentReader) throws(TranscriptDocumentError) {
    let version = try document.required("schemaVersion").int()
    guard version == schemaVersion else {
      throw document.fault("schemaVersion \(version) is not the one known, \(schemaVersion)")
    }
  }

  /// Maps with a typed throw.
  static func map<Value>(
    _ readers: [DocumentReader],
    _ read: (DocumentReader) throws(TranscriptDocumentError) -> Value
  ) throws(TranscriptDocumentError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(readers.count)
    for reader in readers { values.append(try read(reader)) }
    return values
  }

  static func map<Value>(
    _ reader: DocumentReader?,
    _ read: (DocumentReader) throws(TranscriptDocumentError) -> Value
  ) throws(TranscriptDocumentError) -> Value? {
    guard let reader else { return nil }
    return try read(reader)
  }
}

extension TranscriptDocument.Source {
  init(_ reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(
      uri: try reader.string("uri"),
      kind: try reader.string("kind"),
      stem: try reader.string("stem"),
      title: try reader.optionalString("title"),
      mimeType: try reader.optionalString("mimeType"),
      durationMS: try reader.member("durationMS")?.amount(),
      language: try reader.optionalString("language"),
      recordedAt: try reader.optionalString("recordedAt")
    )
  }
}

extension TranscriptDocument.Run {
  init(_ reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(
      id: try reader.string("id"),
      startedAt: try reader.string("startedAt"),
      tool: try reader.string("tool"),
      backend: try reader.string("backend"),
      standIn: try reader.optionalString("standIn").flatMap(StandIn.init),
      model: try reader.string("model"),
      modelVersion: try reader.optionalString("modelVersion"),
      prompt: try reader.string("prompt"),
      promptDigest: try reader.string("promptDigest"),
      schema: try reader.string("schema"),
      encoding: try reader.string("encoding"),
      clip: try TranscriptDocument.map(reader.member("clip"), TimeRange.init(reader:)),
      parameters: try reader.member("parameters")?.value.object ?? [:],
      finishReason: try reader.optionalString("finishReason")
    )
  }
}

extension TimeRange {
  init(reader: DocumentReader) throws(TranscriptDocumentError) {
    let start = try reader.required("startMS").time()
    let end = try reader.required("endMS").time()
    guard start <= end else { throw reader.fault("endMS is before startMS") }
    self.init(start: start, end: end)
  }
}

extension TranscriptDocument.Cost {
  init(reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(
      estimatedLow: try Self.amount(reader.member("estimatedLow")),
      estimatedHigh: try Self.amount(reader.member("estimatedHigh")),
      billed: try Self.amount(reader.member("billed"))
    )
  }

  private static func amount(_ reader: DocumentReader?) throws(TranscriptDocumentError) -> Decimal?
  {
    guard let reader else { return nil }
    guard let amount = Decimal(string: try reader.string()) else {
      throw reader.fault("an amount of money as decimal text is due")
    }
    return amount
  }
}

extension Usage {
  /// Reads what ``json`` writes.
  package init(json: JSONValue) throws(TranscriptDocumentError) {
    try self.init(reader: DocumentReader(json))
  }

  init(reader: DocumentReader) throws(TranscriptDocumentError) {
    self.init(
      promptTokens: try reader.required("promptTokens").amount(),
      cachedTokens: try reader.required("cachedTokens").amount(),
      outputTokens: try reader.required("outputTokens").amount(),
      thoughtsTokens: try reader.required("thoughtsTokens").amount(),
      toolUseTokens: try reader.required("toolUseTokens").amount(),
      promptTokensByModality: try Self.counts(reader.member("promptTokensByModality")),
      cachedTokensByModality: try Self.counts(reader.member("cachedTokensByModality"))
    )
  }

  private static func counts(
    _ reader: DocumentReader?
  ) throws(TranscriptDocumentError) -> [ModalityCount] {
    var counts: [ModalityCount] = []
    for key in reader?.value.object?.keys ?? [] {
      guard let count = try reader?.required(key) else { continue }
      counts.append(ModalityCount(modality: key, tokens: try count.amount()))
    }
    return counts
  }
}
