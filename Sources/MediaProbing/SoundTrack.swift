internal import HostSystem

/// The sound of a video as a file of its own.
package struct SoundTrack: Sendable {
  /// Why there is none.
  package enum Failure: Error, Hashable {
    /// FFmpeg is not installed.
    case converterMissing
    /// FFmpeg could not make it, with its first complaint.
    case failed(String)
  }

  /// The longest that it may take: an hour of sound takes some ten seconds.
  private static let deadline = 1_800_000

  private let program: String

  /// - Parameter program: FFmpeg, found along `PATH` unless it is a path.
  package init(program: String = "ffmpeg") { self.program = program }

  /// Writes the first audio track of a file as MP3, one channel of 16 kHz at 48 kbit/s: 22 MB an hour.
  ///
  /// The service takes sound in one channel and at a resolution of 16 kbit/s in any case, and MP3 in both
  /// back ends (<https://ai.google.dev/gemini-api/docs/audio>, read 2026-11). The track keeps the times
  /// of the video: where it begins later, there is silence before.
  ///
  /// - Parameter channel: The channel alone, from 0; `nil` for all of them together.
  package func write(
    of path: String,
    channel: Int? = nil,
    to target: String
  ) async throws(Failure) {
    let outcome: Subprocess.Output
    do {
      outcome = try await Subprocess(
        program: program,
        arguments: Self.arguments(path, channel, target),
        deadlineMilliseconds: Self.deadline
      ).run()
    } catch Subprocess.Failure.notFound {
      throw .converterMissing
    } catch Subprocess.Failure.tooSlow {
      throw .failed("it takes longer than half an hour")
    } catch {
      throw .failed("\(error)")
    }
    guard outcome.exitStatus != 0 else { return }
    let text = String(decoding: outcome.standardError.prefix(500), as: UTF8.self)
    throw .failed(
      text.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
    )
  }

  private static func arguments(
    _ path: String,
    _ channel: Int?,
    _ target: String
  ) -> [String] {
    let alone = channel.map { "pan=mono|c0=c\($0)," } ?? ""
    return [
      "-nostdin", "-v", "error", "-y", "-protocol_whitelist", "file,pipe", "-i", "file:\(path)",
      "-map", "0:a:0", "-vn", "-map_metadata", "-1", "-ac", "1",
      "-af", alone + "aresample=16000:async=1:first_pts=0", "-c:a", "libmp3lame", "-b:a", "48k",
      "-f", "mp3", "file:\(target)",
    ]
  }
}
