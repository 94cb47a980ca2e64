public import TranscriptModel

/// Turns a model's reply into typed tables while it arrives, in pieces of any size.
///
/// Every row is there as soon as its last byte is. What is odd is read where it can be decided,
/// and becomes a finding; what cannot be read is kept as it is. How the reply is divided into
/// pieces makes no difference, and time grows linearly with its length.
///
///     var decoder = ReplyDecoder(schema: schema, encoding: .json)
///     decoder.feed(#"{"words": [{"word": "to"}, {"word": "b"#)
///     decoder.rowCounts            // [1]
///     decoder.finish().isComplete  // false
public struct ReplyDecoder: Sendable {
  private let limits: DecodingLimits
  private var reply: [UInt8] = []
  private var sink: TableSink
  private var json: JSONReader
  private var tsv = TSVReader()
  /// The encoding being read; the other one once the reply shows that it has that.
  private var encoding: ReplyEncoding
  private let requestedEncoding: ReplyEncoding
  private var isOverLimit = false

  /// A decoder of one reply.
  ///
  /// - Parameters:
  ///   - schema: The tables that were asked for.
  ///   - encoding: The encoding that was asked for; a reply in the other one is read all the same.
  ///   - limits: Sizes beyond which the reply is not read.
  public init(schema: TableSchema, encoding: ReplyEncoding, limits: DecodingLimits = .init()) {
    self.encoding = encoding
    requestedEncoding = encoding
    self.limits = limits
    sink = TableSink(schema: schema, limits: limits)
    json = JSONReader(shapes: sink.shapes)
  }

  /// Reads the next piece of the reply.
  public mutating func feed(_ piece: UnsafeBufferPointer<UInt8>) {
    let room = limits.replyBytes - reply.count
    reserve(piece.count)
    reply.append(contentsOf: piece.prefix(room))
    isOverLimit = isOverLimit || piece.count > room
    advance()
  }

  /// Reads the next piece of the reply.
  public mutating func feed(_ piece: [UInt8]) {
    guard reply.isEmpty, piece.count <= limits.replyBytes else {
      return piece.withUnsafeBufferPointer { feed($0) }
    }
    reply = piece
    advance()
  }

  /// Reads the next piece of the reply.
  public mutating func feed(_ piece: String) {
    var piece = piece
    piece.withUTF8 { feed($0) }
  }

  /// The rows completed so far, by table, in schema order.
  public var rowCounts: [Int] { sink.contents.map(\.origins.count) }

  /// The rows completed so far, in tables in schema order.
  ///
  /// Cheap, but let go of the value before feeding more: while it is kept, the decoder has to copy
  /// what it has read.
  public var tables: [Table] { sink.tables(in: reply) }

  /// Ends the reply and returns everything read.
  ///
  /// - Parameter modelStopped: Whether the service said that the model stopped by itself. Then
  ///   what is not closed at the very end is forgotten brackets and tags, and not a cut.
  public mutating func finish(modelStopped: Bool = false) -> DecodedReply {
    run { decoder, input in
      switch decoder.encoding {
      case .json: decoder.json.finish(input, modelStopped: modelStopped, &decoder.sink)
      case .tsv: decoder.tsv.finish(input, modelStopped: modelStopped, &decoder.sink)
      }
    }
    if encoding != requestedEncoding { sink.findings.note(.otherEncoding) }
    if isOverLimit { sink.findings.note(.limitExceeded) }
    sink.settleRepeatedTables(reply)
    for table in sink.shapes.indices where !sink.isSeen[table] {
      sink.findings.note(.missingTable, .init(table: table))
    }
    return DecodedReply(
      tables: tables,
      findings: sink.findings.findings(rowCounts: rowCounts, reply: reply),
      isComplete: !sink.findings.hasLoss,
      refusals: sink.refusals.map { refusal in
        DecodedReply.Refusal(
          table: refusal.table.map { sink.shapes[$0].name },
          range: refusal.range,
          text: String(decoding: reply[refusal.range], as: UTF8.self)
        )
      }
    )
  }
}

extension ReplyDecoder {
  /// Makes room for more of the reply.
  ///
  /// Fourfold each time: memory that is not touched costs nothing, while every move costs a copy.
  private mutating func reserve(_ count: Int) {
    let needed = reply.count + count
    if needed > reply.capacity, !reply.isEmpty {
      reply.reserveCapacity(min(max(needed, reply.capacity * 4), limits.replyBytes))
    }
  }

  private mutating func advance() {
    run(isFinal: false) { decoder, input in
      switch decoder.encoding {
      case .json: decoder.json.advance(input, &decoder.sink)
      case .tsv: decoder.tsv.advance(input, &decoder.sink)
      }
    }
  }

  /// Goes on with the other reader where the one at work says so.
  ///
  /// This ends: JSON gives way only to a tag, and with a tag TSV is settled.
  private mutating func switchEncoding() -> Bool {
    switch encoding {
    case .json where json.isOtherEncoding:
      encoding = .tsv
      tsv = TSVReader(start: json.scanner.position)
    case .tsv where tsv.isOtherEncoding:
      encoding = .json
      json = JSONReader(shapes: sink.shapes, start: tsv.position)
    case .json, .tsv: return false
    }
    return true
  }

  /// Runs a reader over what has arrived, and then the other reader where it says so.
  private mutating func run(
    isFinal: Bool = true,
    _ body: (inout ReplyDecoder, Input) -> Void
  ) {
    // The readers see the bytes through a second reference, which is gone before more are added.
    let bytes = reply
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let input = Input(base: base, end: buffer.count, isFinal: isFinal)
      body(&self, input)
      while switchEncoding() { body(&self, input) }
    }
  }
}
