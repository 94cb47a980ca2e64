/// Reads server-sent events from pieces of any size; a state machine without I/O.
///
/// Lines end with LF, CR LF or CR, and several `data:` lines make one event, as the standard has
/// it. Lines that are no fields are kept: the service writes an error in the middle of a stream
/// as bare JSON.
public struct ServerSentEventDecoder: Sendable {
  /// What was read.
  public enum Output: Hashable, Sendable {
    /// A complete event.
    case event(Event)
    /// Text between events that is no field of one, line breaks included.
    case stray([UInt8])
  }

  /// A complete event.
  public struct Event: Hashable, Sendable {
    /// The kind, when one was named.
    public var name: String?
    /// The id, when one was given.
    public var id: String?
    /// The data, its lines joined by line feeds.
    public var data: [UInt8]

    /// A complete event.
    public init(name: String? = nil, id: String? = nil, data: [UInt8]) {
      self.name = name
      self.id = id
      self.data = data
    }
  }

  /// The most bytes of one event.
  public let limit: Int

  private var line: [UInt8] = []
  private var event = Event(data: [])
  private var hasData = false
  private var stray: [UInt8] = []
  private var endedWithReturn = false
  private var isFirstLine = true

  /// A decoder at the start of a stream.
  public init(limit: Int = 64 << 20) { self.limit = limit }

  /// Takes the next piece and returns what it completes.
  ///
  /// - Throws: ``GeminiError`` when an event grows beyond the limit.
  public mutating func feed(_ piece: [UInt8]) throws -> [Output] {
    var outputs: [Output] = []
    var start = 0
    if endedWithReturn, piece.first == 0x0A { start = 1 }
    if !piece.isEmpty { endedWithReturn = false }
    var index = start
    while index < piece.count {
      let byte = piece[index]
      guard byte == 0x0A || byte == 0x0D else {
        index += 1
        continue
      }
      line.append(contentsOf: piece[start..<index])
      endLine(&outputs)
      index += 1
      if byte == 0x0D {
        if index == piece.count { endedWithReturn = true }
        if index < piece.count, piece[index] == 0x0A { index += 1 }
      }
      start = index
    }
    if start < piece.count { line.append(contentsOf: piece[start...]) }
    guard line.count + event.data.count + stray.count <= limit else {
      throw GeminiError(.malformedResponse, "an event of the stream is longer than \(limit) bytes")
    }
    return outputs
  }

  /// Ends the stream; an event that lacks only its empty line counts as complete.
  public mutating func finish() -> [Output] {
    var outputs: [Output] = []
    if !line.isEmpty { endLine(&outputs) }
    dispatch(&outputs)
    flushStray(&outputs)
    return outputs
  }

  private mutating func endLine(_ outputs: inout [Output]) {
    if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    isFirstLine = false
    defer { line.removeAll(keepingCapacity: true) }
    guard !line.isEmpty else {
      if stray.isEmpty { dispatch(&outputs) } else { stray.append(0x0A) }
      return
    }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
    guard colon > 0 else { return }  // a comment
    guard let field = Field(line[..<colon]) else {
      stray.append(contentsOf: line)
      stray.append(0x0A)
      return
    }
    flushStray(&outputs)
    var value = line[min(colon + 1, line.count)...]
    if value.first == 0x20 { value = value.dropFirst() }
    take(field, value)
  }

  private enum Field {
    case data
    case event
    case id
    case retry

    private static let names: [(Field, [UInt8])] = [
      (.data, Array("data".utf8)), (.event, Array("event".utf8)), (.id, Array("id".utf8)),
      (.retry, Array("retry".utf8)),
    ]

    init?(_ name: ArraySlice<UInt8>) {
      guard let match = Self.names.first(where: { name.elementsEqual($0.1) }) else { return nil }
      self = match.0
    }
  }

  private mutating func take(_ field: Field, _ value: ArraySlice<UInt8>) {
    switch field {
    case .data:
      if hasData { event.data.append(0x0A) }
      event.data.append(contentsOf: value)
      hasData = true
    case .event: event.name = String(decoding: value, as: UTF8.self)
    case .id: event.id = String(decoding: value, as: UTF8.self)
    case .retry: break
    }
  }

  private mutating func dispatch(_ outputs: inout [Output]) {
    if hasData { outputs.append(.event(event)) }
    event = Event(data: [])
    hasData = false
  }

  private mutating func flushStray(_ outputs: inout [Output]) {
    guard !stray.isEmpty else { return }
    outputs.append(.stray(stray))
    stray = []
  }
}
