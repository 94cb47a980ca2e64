import Foundation
import MediaProbing
import Testing

@Suite struct ProbeMemoryTests {
  /// A program that answers like ffprobe and notes each call.
  private func prober(in folder: URL, remembersFacts: Bool) throws -> MediaProber {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = folder.appending(path: "probe")
    let report = #"{"format": {"duration": "12.5"}, "streams": [{"codec_type": "audio"}]}"#
    let script = "#!/bin/sh\necho call >> '\(folder.path)/calls'\necho '\(report)'\n"
    try Data(script.utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    return MediaProber(program: program.path, memory: remembersFacts ? ProbeMemory() : nil)
  }

  @Test(arguments: [(true, 2), (false, 6)])
  func eachFileIsExaminedOnceWhenFactsAreRemembered(_ remembers: Bool, _ calls: Int) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let prober = try prober(in: folder, remembersFacts: remembers)
    for _ in 0..<3 {
      #expect(try await prober.probe(path: "/a").durationMS == 12_500)
      #expect(try await prober.probe(path: "/b").hasAudio)
    }
    let log = try String(contentsOf: folder.appending(path: "calls"), encoding: .utf8)
    #expect(log.split(separator: "\n").count == calls)
  }
}
