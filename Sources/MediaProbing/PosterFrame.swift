internal import HostSystem

/// A still of a video, to be shown until it plays.
package struct PosterFrame: Sendable {
  /// Pixels across, at most.
  private static let width = 640
  /// The longest that it may take: where a file has places to begin at, it takes a tenth of a second.
  private static let deadline = 10_000
  /// More than a picture of that width has at this quality.
  private static let mostBytes = 400_000
  /// No later than that, and after a tenth of the video: beginnings are black, or a title.
  private static let latestMS = 30_000

  private let program: String

  /// - Parameter program: FFmpeg, found along `PATH` unless it is a path.
  package init(program: String = "ffmpeg") { self.program = program }

  /// A picture of a local file as JPEG; `nil` where there is none, and where FFmpeg is not installed.
  ///
  /// - Parameters:
  ///   - path: The path of the video.
  ///   - length: How long it is, in milliseconds, when that is known.
  package func jpeg(of path: String, length: Int?) async -> [UInt8]? {
    let moment = min((length ?? 0) / 10, Self.latestMS)
    let output = try? await Subprocess(
      program: program,
      arguments: [
        "-nostdin", "-v", "error", "-protocol_whitelist", "file", "-ss", "\(moment)ms",
        "-i", "file:\(path)", "-map", "0:v:0", "-frames:v", "1",
        "-vf", "scale='min(\(Self.width),iw)':-2", "-c:v", "mjpeg", "-q:v", "6",
        "-map_metadata", "-1", "-f", "image2pipe", "pipe:1",
      ],
      deadlineMilliseconds: Self.deadline,
      outputLimit: Self.mostBytes
    ).run()
    guard let output, output.exitStatus == 0, output.standardOutput.starts(with: [0xFF, 0xD8])
    else { return nil }
    return output.standardOutput
  }
}
