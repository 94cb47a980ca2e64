/// The body of a response, pulled piece by piece.
///
/// Nothing is read ahead of the consumer beyond the transport's small buffer; a body that is
/// dropped before its end ends the transfer. It can be read once, by one reader.
public struct HTTPBody: AsyncSequence, Sendable {
  /// A piece of the body, never empty.
  public typealias Element = [UInt8]

  private let pull: @Sendable () async throws -> [UInt8]?

  /// A body whose pieces a closure hands out, `nil` at the end.
  public init(next pull: @escaping @Sendable () async throws -> [UInt8]?) { self.pull = pull }

  /// A body that is already in memory, in the pieces given.
  public init(chunks: [[UInt8]]) {
    let rest = ChunkQueue(chunks)
    pull = { rest.next() }
  }

  /// A body of one piece.
  public init(_ bytes: [UInt8] = []) { self.init(chunks: bytes.isEmpty ? [] : [bytes]) }

  /// A body of a text's UTF-8.
  public init(_ text: String) { self.init(Array(text.utf8)) }

  /// Hands out the pieces.
  public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
    fileprivate let pull: @Sendable () async throws -> [UInt8]?

    /// The next piece; `nil` at the end.
    public mutating func next() async throws -> [UInt8]? { try await pull() }
  }

  /// Begins reading.
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(pull: pull) }

  /// The whole body.
  ///
  /// - Throws: ``TransportError`` with the code `responseTooLarge` as soon as the limit is passed.
  public func collect(upTo limit: Int) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await piece in self {
      guard bytes.count + piece.count <= limit else {
        throw TransportError(.responseTooLarge, "the response is longer than \(limit) bytes")
      }
      if bytes.isEmpty { bytes = piece } else { bytes.append(contentsOf: piece) }
    }
    return bytes
  }
}
