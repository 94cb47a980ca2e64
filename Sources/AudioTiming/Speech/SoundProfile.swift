internal import HostSystem

/// What was heard in a recording: where speech is, and when asked for what it sounds like.
public struct SoundProfile: Sendable {
  /// The frames of 10 ms that one column of ``levels`` stands for.
  static let frames = 4

  /// Where somebody speaks.
  public let activity: SpeechActivity
  /// The levels of the 24 bands each 40 ms; empty unless asked for.
  let levels: [UInt8]

  /// Listens to a file's first audio track; to its end in a few seconds an hour.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - detail: Whether ``align`` is to follow, which needs to know what speech sounds like.
  ///   - program: FFmpeg's decoder, found along `PATH` unless it is a path.
  public static func listening(
    to path: String,
    detail: Bool = false,
    program: String = "ffmpeg"
  ) async throws(SoundError) -> SoundProfile {
    let meter = Lock(SpeechMeter(keepsProfile: detail))
    let samples = try await SoundReader(program: program).read(path) { samples in
      meter.withLock { $0.add(samples) }
    }
    return meter.withLock { meter in
      meter.finish()
      return SoundProfile(
        activity: SpeechActivity(
          scores: meter.scores,
          durationMS: samples * 1000 / MelBands.rate
        ),
        levels: meter.profile
      )
    }
  }

  /// A level as it is kept.
  static func byte(_ decibels: Float) -> UInt8 {
    UInt8(max(0, min(255, ((decibels + 90) * 2).rounded())))
  }
}
