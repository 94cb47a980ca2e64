internal import CommandLineInterface
import Foundation
internal import TestSupport
import Testing

/// Results go to file systems that know no hard links, without `--force`.
@Suite struct NoHardLinksTests {
  @Test(.enabled(if: ExFATVolume.canBeMade, "needs root, mkfs.exfat and mount.exfat-fuse"))
  func everythingIsWrittenToExFAT() async throws {
    try await EmulatedRun.run { run in
      let volume = try ExFATVolume(in: run.folder)
      defer { volume.leave() }
      let words: [[String]] = [
        ["transcribe", "sample.webm", "-o", "volume"],
        ["export", "volume/sample.json", "-f", "srt", "-o", "volume"],
        ["runs", "backup", "volume/runs.db"],
      ]
      for words in words {
        let outcome = await run.tabscribe(words)
        #expect(outcome.code == .done, "\(words): \(outcome.errors)")
      }
      let again = await run.tabscribe(words[2])
      #expect(again.code == .failed)
      #expect(volume.names == ["runs.db", "sample.html", "sample.json", "sample.srt"])
    }
  }
}

/// A small exFAT file system mounted in a folder.
private struct ExFATVolume {
  private let path: String
  private let device: String

  static var canBeMade: Bool {
    guard getuid() == 0, FileManager.default.fileExists(atPath: "/dev/loop-control") else {
      return false
    }
    return ["mkfs.exfat", "mount.exfat-fuse", "losetup"].allSatisfy { program(named: $0) != nil }
  }

  private static func program(named name: String) -> String? {
    ChildProcess.path(of: name)
      ?? ["/usr/sbin/", "/sbin/"].map { $0 + name }.first(
        where: FileManager.default.isExecutableFile
      )
  }

  private static func run(_ name: String, _ arguments: String...) throws -> String {
    let file = try #require(program(named: name))
    let outcome = try ChildProcess.run(file, arguments)
    try #require(outcome.code == 0, "\(name): \(outcome.errors)")
    return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  init(in folder: TemporaryFolder) throws {
    path = folder.path + "/volume"
    let image = folder.path + "/image"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(FileManager.default.createFile(atPath: image, contents: nil))
    truncate(image, 32 << 20)
    _ = try Self.run("mkfs.exfat", image)
    device = try Self.run("losetup", "-f", "--show", image)
    _ = try Self.run("mount.exfat-fuse", device, path)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  func leave() {
    _ = try? Self.run("umount", path)
    _ = try? Self.run("losetup", "-d", device)
  }
}
