internal import Digests
internal import HostSystem
internal import MediaProbing
internal import OrderedJSON
internal import PlainText

extension EmulatedService {
  /// Finds out what the media within a body are, as it is found out of uploads: the same contents
  /// are the same to the service, however they came.
  func examineMedia(in body: JSONValue) async {
    for blob in body.inlineMedia {
      let bytes = Base64.decoded(blob.data) ?? []
      let digest = SHA256.hexadecimal(of: bytes)
      let path = "\(files.folder)/\(digest)-\(UInt64.random(in: .min ... .max))"
      guard examined.withLock({ $0[digest] == nil }),
        (try? HostFiles.write(bytes, to: path, replacing: false)) != nil
      else { continue }
      let facts = await examine(path, blob.type, digest: digest).facts
      HostFiles.discard(path)
      examined.withLock { $0[digest] = facts }
    }
  }

  /// Length and streams of an upload; a file that says it is media and is none fails, as at the service.
  func examine(
    _ path: String,
    _ type: String,
    digest: String
  ) async
    -> (facts: EmulatedMedia, fault: String?)
  {
    if digest == SampleVideo.shared.digest { return (SampleVideo.shared.facts, nil) }
    if let facts = options.media[digest] { return (facts, nil) }
    let assumed = MIMETypes.facts(of: type, durationMS: options.remoteDurationMS)
    guard assumed.durationMS > 0 else { return (assumed, nil) }
    do {
      let found = try await options.prober.probe(path: path)
      let facts = EmulatedMedia(
        durationMS: found.durationMS ?? assumed.durationMS,
        hasVideo: found.video != nil,
        hasAudio: found.hasAudio
      )
      return (facts, nil)
    } catch let error as MediaProbeError where error.reason == .notMedia {
      return (assumed, "The file could not be processed as \(type).")
    } catch {
      return (assumed, nil)
    }
  }
}

extension JSONValue {
  /// The timed media that stand in a body, wherever they stand.
  fileprivate var inlineMedia: [(type: String, data: String)] {
    if let array { return array.flatMap(\.inlineMedia) }
    guard let object else { return [] }
    if let type = object["mimeType"]?.string, let data = object["data"]?.string {
      return type.hasPrefix("video/") || type.hasPrefix("audio/") ? [(type, data)] : []
    }
    return object.members.flatMap(\.value.inlineMedia)
  }
}
