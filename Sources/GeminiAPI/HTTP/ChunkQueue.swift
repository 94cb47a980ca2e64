internal import HostSystem

/// Pieces handed out one after the other, to whichever thread asks.
final class ChunkQueue: Sendable {
  private let rest: Lock<ArraySlice<[UInt8]>>

  init(_ chunks: [[UInt8]]) { rest = Lock(chunks.filter { !$0.isEmpty }[...]) }

  func next() -> [UInt8]? { rest.withLock { $0.popFirst() } }
}
