internal import GeminiAPI
internal import HostSystem
internal import MediaProbing

/// An object in a bucket that is read here, since the service does not fetch it.
struct SeenObject {
  let object: StoredObject
  /// Its first bytes.
  let head: [UInt8]
}

extension Transcriber {
  /// What was seen of a source in a bucket; `nil` for other sources.
  func seenObject(of video: VideoSource) async throws -> SeenObject? {
    guard let place = try video.objectToRead(for: client.configuration.backend) else { return nil }
    let (object, head) = try await client.objectReader(of: place).look(at: place)
    return SeenObject(object: object, head: head)
  }

  /// How a source gets to the service.
  func delivery(of video: VideoSource, _ seen: SeenObject?) throws -> MediaDelivery {
    let backend = client.configuration.backend
    guard let seen else { return try MediaDelivery(of: video, backend: backend) }
    return try MediaDelivery(of: seen.object, head: seen.head, backend: backend)
  }

  /// Facts of an object, as far as its ends tell them; `nil` where they do not.
  func facts(of seen: SeenObject) async throws -> MediaFacts? {
    let reader = try client.objectReader(of: seen.object.place)
    do {
      return try await prober.facts(knownAs: seen.object.identity) { probe in
        let outline = try await ObjectOutline(of: seen.object, by: reader)
        return try await probe(outline.path)
      }
    } catch is MediaProbeError {
      // What FFmpeg cannot tell of a part the service may well tell of the whole.
      return nil
    } catch is SystemFailure {
      return nil
    }
  }
}
