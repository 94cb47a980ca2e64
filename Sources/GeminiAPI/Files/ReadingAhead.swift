internal import HostSystem

/// Reads an object from its beginning on, one part further than was asked for.
///
/// Two parts are held at most: the bucket sends while the service takes.
final class ReadingAhead: Sendable {
  private typealias Part = (range: Range<Int>, task: Task<[UInt8], any Error>)

  private let object: StoredObject
  private let reader: any ObjectReading
  private let next = Lock<Part?>(nil)

  /// - Throws: ``GeminiError`` when objects are not read.
  init(of object: StoredObject, by client: GeminiClient) throws {
    self.object = object
    reader = try client.objectReader(of: object.place)
  }

  /// The bytes of a part, which is mostly the one after that which was asked for before.
  func bytes(_ range: Range<Int>) async throws -> [UInt8] {
    let kept = next.withLock { next in
      defer { next = nil }
      return next
    }
    let part: Part
    if let kept, kept.range == range {
      part = kept
    } else {
      kept?.task.cancel()
      part = begin(range)
    }
    let bytes = try await withTaskCancellationHandler {
      try await part.task.value
    } onCancel: {
      part.task.cancel()
    }
    let end = min(object.size, range.upperBound + range.count)
    if end > range.upperBound {
      let following = begin(range.upperBound..<end)
      next.withLock { $0 = following }
    }
    return bytes
  }

  private func begin(_ range: Range<Int>) -> Part {
    (range, Task { [object, reader] in try await reader.bytes(of: object, range) })
  }

  /// Stops what is on its way.
  func stop() {
    let kept = next.withLock { next in
      defer { next = nil }
      return next
    }
    kept?.task.cancel()
  }
}

extension GeminiClient {
  /// What reads an object.
  ///
  /// - Throws: ``GeminiError`` where objects are not read.
  package func objectReader(of place: StorageAddress) throws -> any ObjectReading {
    if let objects { return objects }
    throw GeminiError(
      .unsupportedSource,
      "\(place) lies in a bucket, which is not read for recordings and from them",
      remedy: "record with a local copy or an https address"
    )
  }

  /// All of an object that goes within a request.
  package func contents(of object: StoredObject) async throws -> [UInt8] {
    try await objectReader(of: object.place).bytes(of: object, 0..<object.size)
  }
}
