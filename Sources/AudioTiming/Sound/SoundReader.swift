internal import HostSystem

/// Reads the sound of media through FFmpeg's `ffmpeg`, as mono samples of 8 kHz.
///
/// It runs as a process of its own, so that a hostile file cannot reach this one's memory, and may open
/// nothing but the file. Samples are handed on as they come: no more than a pipe's worth is kept.
struct SoundReader {
  /// The longest that decoding may take; ten hours take about a minute.
  private static let deadlineMilliseconds = 30 * 60_000

  private let program: String

  init(program: String) { self.program = program }

  /// Decodes the first audio track from the start of the file's clock, its gaps filled with silence, so that
  /// the number of a sample tells its time.
  func read(
    _ path: String,
    _ body: @escaping @Sendable ([Float]) -> Void
  ) async throws(SoundError)
    -> Int
  {
    let pieces = SamplePieces(body)
    let output: Subprocess.Output
    do {
      output = try await Subprocess(
        program: program,
        arguments: Self.arguments(for: path),
        deadlineMilliseconds: Self.deadlineMilliseconds
      ).run { pieces.add($0) }
    } catch Subprocess.Failure.notFound {
      throw SoundError(.decoderMissing, path: path)
    } catch Subprocess.Failure.tooSlow {
      throw SoundError(.decoderFailed, path: path, detail: "it takes longer than half an hour")
    } catch {
      throw SoundError(.decoderFailed, path: path, detail: "\(error)")
    }
    // What a damaged file gave before it broke off is worth having.
    guard pieces.count > 0 else {
      throw SoundError(.noSound, path: path, detail: Self.complaint(output.standardError, path))
    }
    return pieces.count
  }

  /// The `file:` in front keeps names such as `http:x` from being taken for addresses.
  private static func arguments(for path: String) -> [String] {
    [
      "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", "-i", "file:\(path)",
      "-map", "0:a:0", "-vn", "-ac", "1", "-af", "aresample=\(MelBands.rate):async=1:first_pts=0",
      "-f", "s16le", "pipe:1",
    ]
  }

  private static func complaint(_ bytes: [UInt8], _ path: String) -> String {
    let text = String(decoding: bytes.prefix(2000), as: UTF8.self)
    // What follows is how to go on all the same.
    var line = text.split(whereSeparator: \.isNewline).first ?? ""
    let prefix = "file:\(path): "
    if line.hasPrefix(prefix) { line = line.dropFirst(prefix.count) }
    while line.last == "." { line = line.dropLast() }
    return String(line)
  }
}

/// Joins bytes to samples, which may come apart anywhere.
private final class SamplePieces: Sendable {
  private struct State {
    var odd: UInt8?
    var count = 0
  }

  private let state = Lock(State())
  private let body: @Sendable ([Float]) -> Void

  init(_ body: @escaping @Sendable ([Float]) -> Void) { self.body = body }

  /// The samples so far.
  var count: Int { state.withLock { $0.count } }

  func add(_ bytes: [UInt8]) {
    body(
      state.withLock { state in
        var bytes = bytes
        if let odd = state.odd { bytes.insert(odd, at: 0) }
        state.odd = bytes.count.isMultiple(of: 2) ? nil : bytes.last
        let samples = bytes.count / 2
        state.count += samples
        return (0..<samples).map { index in
          let value = Int16(
            truncatingIfNeeded: Int(bytes[2 * index]) | Int(bytes[2 * index + 1]) << 8
          )
          return Float(value) / 32768
        }
      }
    )
  }
}
