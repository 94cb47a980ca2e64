internal import GeminiAPI
package import RunStore
public import TranscriptModel

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Remembers how long media are that lie elsewhere, where no program of this machine can examine them.
public protocol LengthMemory: Sendable {
  /// The length of what lies at an address; `nil` when it is not known.
  func length(of address: String) -> Timecode?

  /// Keeps a length; that it cannot be kept is no failure.
  func note(_ length: Timecode, of address: String)
}

/// Remembers in a run store how long media are that lie elsewhere.
///
/// Only for what never changes: files of the service and videos of YouTube.
package struct StoredLengths: LengthMemory {
  private let store: @Sendable () -> RunStore?
  private let now: @Sendable () -> Date

  /// - Parameters:
  ///   - store: Opens the store; `nil` when there is none.
  ///   - now: Tells the time.
  package init(in store: @escaping @Sendable () -> RunStore?, now: @escaping @Sendable () -> Date) {
    self.store = store
    self.now = now
  }

  package func length(of address: String) -> Timecode? {
    guard let store = store() else { return nil }
    let noted = try? store.facts(of: Self.file(address))
    let length = noted.flatMap { Int($0) } ?? (try? store.statedLength(of: address))
    return length.map(Timecode.init(milliseconds:))
  }

  package func note(_ length: Timecode, of address: String) {
    try? store()?.note(facts: "\(length.milliseconds)", of: Self.file(address), at: now())
  }

  /// An address in the place of a path, which begins with a slash: it has no state that could change.
  private static func file(_ address: String) -> KnownFile {
    KnownFile(path: address, size: 0, modified: 0)
  }
}

/// Remembers which version of an object was the first that was seen in its place.
package protocol VersionMemory: Sendable {
  /// The version noted of an address; `nil` when none is.
  func version(of address: String) -> String?

  /// Notes a version; that it cannot be kept is no failure.
  func note(version: String, of address: String)
}

extension StoredLengths: VersionMemory {
  package func version(of address: String) -> String? {
    store().flatMap { try? $0.facts(of: Self.file(address)) }
  }

  package func note(version: String, of address: String) {
    try? store()?.note(facts: version, of: Self.file(address), at: now())
  }
}

extension Transcriber {
  /// What a source is at another time that is not read here.
  ///
  /// An object that the service fetches is its address, as it was before versions were asked for; another
  /// one in its place is its version as well. Nobody is asked where that could change nothing.
  func identity(of video: VideoSource) async -> String {
    guard case .cloudStorage(let address) = video, let versions, let reader = client.objects,
      let place = try? StorageAddress(parsing: address)
    else { return video.identity }
    let first = versions.version(of: address)
    guard first != nil || asksForLengths, let now = await reader.version(of: place) else {
      return video.identity
    }
    if first == nil { versions.note(version: now, of: address) }
    return now == first ?? now ? video.identity : "\(video.identity)#\(now)"
  }
}

extension Transcriber {
  /// What is known of the length of media that lie elsewhere.
  struct DistantLength {
    /// The length as the service states it.
    var stated: Timecode?
    /// The length as earlier work suggests it: good for an estimate, but not for cutting clips.
    var remembered: Timecode?

    /// What a plan rests on.
    func notices(of name: String) -> [String] {
      guard let remembered else { return [] }
      return ["\(name) was about \(remembered.rendered) long when it was asked about before."]
    }
  }

  /// The length of a source that is no file of this machine.
  ///
  /// The service is asked about a file that it keeps where asking is allowed; that it does not answer is
  /// told when the file is needed.
  func distantLength(of source: VideoSource) async -> DistantLength {
    switch source {
    case .uploadedFile(let name):
      if let known = lengths?.length(of: name) { return DistantLength(stated: known) }
      guard asksForLengths,
        let file = try? await client.file(name, options: Self.question),
        let length = file.videoDuration
      else { return DistantLength() }
      let stated = Timecode(milliseconds: Int((length / .milliseconds(1)).rounded()))
      lengths?.note(stated, of: name)
      return DistantLength(stated: stated)
    case .youTube: return DistantLength(remembered: lengths?.length(of: source.description))
    default: return DistantLength()
    }
  }

  /// A question that is not worth a long wait.
  private static var question: CallOptions {
    var options = CallOptions()
    options.deadline = .seconds(10)
    return options
  }
}
