#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

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
    piece.withUnsafeBufferPointer { bytes in
      var start = endedWithReturn && bytes.first == 0x0A ? 1 : 0
      if !bytes.isEmpty { endedWithReturn = false }
      var breaks = LineBreaks(bytes)
      while let end = breaks.next(from: start) {
        endLine(UnsafeBufferPointer(rebasing: bytes[start..<end]), &outputs)
        start = end + 1
        guard bytes[end] == 0x0D else { continue }
        if start == bytes.count { endedWithReturn = true }
        if start < bytes.count, bytes[start] == 0x0A { start += 1 }
      }
      line.append(contentsOf: bytes[min(start, bytes.count)...])
    }
    guard pending <= limit else {
      throw GeminiError(.malformedResponse, "an event of the stream is longer than \(limit) bytes")
    }
    return outputs
  }

  /// The bytes that wait for the end of their line or event.
  var pending: Int { line.count + event.data.count + stray.count }

  /// Hands out the lines that were no fields so far, without waiting for what comes after them.
  mutating func takeStray() -> [UInt8] {
    var taken: [UInt8] = []
    swap(&taken, &stray)
    return taken
  }

  /// Ends the stream; an event that lacks only its empty line counts as complete.
  public mutating func finish() -> [Output] {
    var outputs: [Output] = []
    if !line.isEmpty { endLine(UnsafeBufferPointer(start: nil, count: 0), &outputs) }
    dispatch(&outputs)
    flushStray(&outputs)
    return outputs
  }

  /// Ends the line whose last bytes are given; they are copied only where something came before.
  private mutating func endLine(_ rest: UnsafeBufferPointer<UInt8>, _ outputs: inout [Output]) {
    guard !line.isEmpty else { return read(rest, &outputs) }
    var whole: [UInt8] = []
    swap(&whole, &line)
    whole.append(contentsOf: rest)
    whole.withUnsafeBufferPointer { read($0, &outputs) }
    whole.removeAll(keepingCapacity: true)
    swap(&whole, &line)
  }

  private mutating func read(_ line: UnsafeBufferPointer<UInt8>, _ outputs: inout [Output]) {
    var line = line[...]
    if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    isFirstLine = false
    guard !line.isEmpty else {
      if stray.isEmpty { dispatch(&outputs) } else { stray.append(0x0A) }
      return
    }
    let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
    guard colon > line.startIndex else { return }  // a comment
    guard let field = Field(line[..<colon]) else {
      if stray.isEmpty { dispatch(&outputs) }
      stray.append(contentsOf: line)
      stray.append(0x0A)
      return
    }
    flushStray(&outputs)
    var value = line[min(colon + 1, line.endIndex)...]
    if value.first == 0x20 { value = value.dropFirst() }
    take(field, value)
  }

  private enum Field {
    case data
    case event
    case id
    case retry

    init?(_ name: Slice<UnsafeBufferPointer<UInt8>>) {
      switch name.count {
      case 4 where name.elementsEqual("data".utf8): self = .data
      case 5 where name.elementsEqual("event".utf8): self = .event
      case 2 where name.elementsEqual("id".utf8): self = .id
      case 5 where name.elementsEqual("retry".utf8): self = .retry
      default: return nil
      }
    }
  }

  private mutating func take(_ field: Field, _ value: Slice<UnsafeBufferPointer<UInt8>>) {
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

/// Finds the ends of lines, each byte looked at once for either kind.
private struct LineBreaks {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// The next line feed and the next return, as far as they are known; the end when there is none.
  private var feed = -1
  private var carriage = -1

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  /// The first line break at or behind an offset.
  mutating func next(from start: Int) -> Int? {
    if feed < start { feed = position(of: 0x0A, from: start) }
    if carriage < start { carriage = position(of: 0x0D, from: start) }
    let first = min(feed, carriage)
    return first < bytes.count ? first : nil
  }

  private func position(of byte: Int32, from start: Int) -> Int {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, byte, bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
  }
}
