/// What is known of a piece of media.
package struct EmulatedMedia: Hashable, Sendable {
  /// Length in milliseconds.
  package var durationMS: Int
  /// Whether there are moving pictures.
  package var hasVideo: Bool
  /// Whether there is sound.
  package var hasAudio: Bool

  /// Facts of their parts.
  package init(durationMS: Int, hasVideo: Bool = true, hasAudio: Bool = true) {
    self.durationMS = durationMS
    self.hasVideo = hasVideo
    self.hasAudio = hasAudio
  }
}

/// A piece of media named or held by a request.
struct MediaSource: Hashable, Sendable {
  /// What makes two uses the same: the digest of the contents, or the address.
  let identity: String
  let mimeType: String
  let facts: EmulatedMedia
  /// Whether this is the sample that comes with the program.
  let isSample: Bool

  /// Whether it is the sample, or the sound of it: what takes that out writes it in its own way, so that it is
  /// told by its length.
  var holdsSample: Bool {
    let length = SampleVideo.shared.facts.durationMS
    return isSample || !facts.hasVideo && abs(facts.durationMS - length) <= Self.rounding
  }

  /// What encoders add to the length of sound, in milliseconds at most: MP3 of 16 kHz some 110.
  private static let rounding = 200

  /// Whether the media type is of still pictures or documents, which have no length.
  var isStill: Bool { !facts.hasVideo && !facts.hasAudio }
}

/// A piece of media with the settings of its part.
struct MediaUse: Hashable, Sendable {
  let source: MediaSource
  /// Milliseconds of the source that are looked at.
  let clip: Range<Int>
  /// Frames per second.
  let fps: Double
  /// What of a video is looked at, as the wire names it; pictures and sound when empty.
  var layers: Set<String> = []
  /// The resolution's name on the wire, or `nil` for the request's own.
  let resolution: String?
  /// Whether the model looks where it wants, instead of at frames at a steady rate.
  var isAgentic: Bool

  /// Whether pictures are looked at.
  var showsFrames: Bool { source.facts.hasVideo && (layers.isEmpty || layers.contains("FRAMES")) }
  /// Whether sound is listened to.
  var playsSound: Bool {
    source.facts.hasAudio
      && (layers.isEmpty || !source.facts.hasVideo || layers.contains("AUDIO"))
  }
}
