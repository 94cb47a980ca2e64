internal import HostSystem

extension MediaProber {
  /// The version that the program states for itself; `nil` when it cannot be run.
  ///
  /// Works for each of FFmpeg's programs: `MediaProber(program: "ffmpeg")`.
  public func version() async -> String? {
    let run = Subprocess(program: program, arguments: ["-version"], deadlineMilliseconds: 5000)
    guard let output = try? await run.run(), output.exitStatus == 0 else { return nil }
    // "ffprobe version 5.1.6-0+deb12u1 Copyright (c) 2007-2024 the FFmpeg developers"
    let words = String(decoding: output.standardOutput.prefix(400), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
    return words.count > 2 && words[1] == "version" ? String(words[2]) : nil
  }
}
