import EmbeddedLibrary
import Foundation
import HostSystem
import MediaProbing
import TestSupport
import Testing

/// What can be made here, by the words of FFmpeg that make it.
private let kinds = [
  ("picture.mp4", "-f lavfi -i testsrc=d=3:s=160x90:r=25 -f lavfi -i sine=d=2"),
  (
    "dated.mov",
    "-f lavfi -i testsrc=d=1:s=64x64:r=25 -metadata creation_time=2026-03-12T18:04:00.5+01:00"
  ),
  ("silent.mkv", "-f lavfi -i testsrc=d=1:s=64x64:r=30000/1001"),
  ("two.wav", "-f lavfi -i sine=d=2 -ac 2"),
  ("sound.mp3", "-f lavfi -i sine=d=2"),
  ("sound.flac", "-f lavfi -i sine=d=1.5"),
  ("sound.ogg", "-f lavfi -i sine=d=1 -ac 2"),
  (
    "cover.mp3",
    "-f lavfi -i sine=d=1 -f lavfi -i testsrc=d=1:s=32x32 -frames:v 1 -map 0 -map 1 "
      + "-disposition:v attached_pic"
  ),
]

@Suite struct ProbeServersTests {
  private func inFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }

  /// A program that answers each line as a script of the shell does.
  private func server(_ script: String, in folder: URL) throws -> String {
    let path = folder.appending(path: "server").path
    let note = "echo start >> '\(folder.path)/starts'"
    let text = "#!/bin/sh\n\(note)\nwhile read -r line; do \(script); done\n"
    // By another process: what this one holds open for writing cannot be run.
    let write = #"cat > "$0" && chmod 755 "$0""#
    _ = try ChildProcess.run("/bin/sh", ["-c", write, path], input: text)
    return path
  }

  private func starts(in folder: URL) throws -> Int {
    try String(contentsOf: folder.appending(path: "starts"), encoding: .utf8).split(separator: "\n")
      .count
  }

  private static let hasTools = ["ffmpeg", "ffprobe"].allSatisfy {
    ChildProcess.path(of: $0) != nil
  }

  @Test(.enabled(if: hasTools), arguments: kinds)
  func saysWhatFFprobeSays(_ name: String, _ words: String) async throws {
    let ffmpeg = try #require(ChildProcess.path(of: "ffmpeg"))
    try await inFolder { folder in
      let path = folder.appending(path: name).path
      let arguments = ["-v", "error", "-nostdin"] + words.split(separator: " ").map(String.init)
      #expect(try ChildProcess.run(ffmpeg, arguments + [path]).code == 0)
      let served = MediaProber(server: try ChildProcess.product("tabscribe"))
      let facts = try await MediaProber().probe(path: path)
      #expect(try await served.probe(path: path) == facts)
      #expect(facts.durationMS != nil)
      #expect(facts.recordedAt == (name == "dated.mov" ? "2026-03-12T17:04:00Z" : nil))
      #expect(MediaFacts(json: facts.json) == facts)

      // The same of the first half of it.
      let half = folder.appending(path: "half-\(name)")
      let bytes = try Data(contentsOf: URL(filePath: path))
      try bytes.prefix(bytes.count / 2).write(to: half)
      let of = { (prober: MediaProber) in
        do { return "\(try await prober.probe(path: half.path))" } catch { return "\(error)" }
      }
      #expect(await of(served) == of(MediaProber()))
    }
  }

  @Test(.enabled(if: hasTools)) func aPictureStandsForAVideoAndNothingForSound() async throws {
    let ffmpeg = try #require(ChildProcess.path(of: "ffmpeg"))
    try await inFolder { folder in
      for (name, words) in [
        ("wide.mp4", "-f lavfi -i testsrc=d=3:s=1280x720:r=25"),
        ("sound.wav", "-f lavfi -i sine=d=2"),
      ] {
        let arguments = ["-v", "error", "-nostdin"] + words.split(separator: " ").map(String.init)
        let path = folder.appending(path: name).path
        #expect(try ChildProcess.run(ffmpeg, arguments + [path]).code == 0)
      }
      let wide = folder.appending(path: "wide.mp4").path
      let frame = try #require(await PosterFrame().jpeg(of: wide, length: 3000))
      #expect((2000..<100_000).contains(frame.count))
      let picture = folder.appending(path: "frame.jpg")
      try Data(frame).write(to: picture)
      #expect(try await MediaProber().probe(path: picture.path).video?.width == 640)
      let sound = folder.appending(path: "sound.wav").path
      #expect(await PosterFrame().jpeg(of: sound, length: 2000) == nil)
      #expect(await PosterFrame().jpeg(of: folder.path + "/none.mp4", length: nil) == nil)
      #expect(await PosterFrame(program: "no-such-program").jpeg(of: wide, length: nil) == nil)
    }
  }

  @Test func oneServerExaminesManyFilesAndOpensNothingElse() async throws {
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try await inFolder { folder in
      let video = folder.appending(path: "ビデオ \"1\".webm").path
      try Data(sample.bytes).write(to: URL(filePath: video))
      let list = folder.appending(path: "list.m3u8").path
      try Data("#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n".utf8)
        .write(to: URL(filePath: list))
      let prober = MediaProber(server: try ChildProcess.product("tabscribe"))
      for _ in 0..<3 { #expect(try await prober.probe(path: video).durationMS == 98_108) }
      for refused in [list, folder.path, "http://127.0.0.1:9/a.mp4"] {
        let error = await #expect(throws: MediaProbeError.self) {
          try await prober.probe(path: refused)
        }
        #expect(error?.reason == .notMedia, "\(refused)")
      }
    }
  }

  @Test func aFileThatBringsTheServerDownFailsAlone() async throws {
    try await inFolder { folder in
      let answer = #"{"facts":{"container":"wav","sound":true,"recordedAt":null,"durationMS":5}}"#
      let script = "case $line in *bad*) kill -SEGV $$;; *) echo '\(answer)';; esac"
      let prober = MediaProber(server: try server(script, in: folder))
      #expect(try await prober.probe(path: "/good").durationMS == 5)
      #expect(try await prober.probe(path: "/good too").durationMS == 5)
      let error = await #expect(throws: MediaProbeError.self) {
        try await prober.probe(path: "/bad")
      }
      #expect(error?.reason == .proberFailed)
      #expect(error?.detail == "the process ended with 139")
      #expect(try await prober.probe(path: "/good").durationMS == 5)
      #expect(try starts(in: folder) == 2)
    }
  }

  @Test(.enabled(if: hasTools)) func asksFFprobeWhereTheLibraryIsMissing() async throws {
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try await inFolder { folder in
      let video = folder.appending(path: "sample.webm")
      try Data(sample.bytes).write(to: video)
      let prober = MediaProber(server: try server(#"echo '{"isMissing":true}'"#, in: folder))
      for _ in 0..<3 { #expect(try await prober.probe(path: video.path).durationMS == 98_108) }
      #expect(try starts(in: folder) == 1)
    }
  }

  @Test func isInterruptedWhileItWaits() async throws {
    try await inFolder { folder in
      let prober = MediaProber(server: try server("exec sleep 60", in: folder))
      let probing = Task { try await prober.probe(path: "/a") }
      while (try? starts(in: folder)) == nil { try await Task.sleep(for: .milliseconds(5)) }
      probing.cancel()
      await #expect(throws: CancellationError.self) { try await probing.value }
    }
  }
}
