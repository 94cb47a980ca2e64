import Foundation
import ReportSamples
import Testing
import TranscriptModel

@testable import HTMLReports

/// A small page as it is kept; `RECORD_SNAPSHOTS=1` rewrites it, and fails so that it is looked at.
@Suite struct SnapshotTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Snapshots")

  @Test func `a small page is the one that was looked at`() throws {
    let document = makeDocument {
      $0.findings = [
        Finding(
          "gap",
          .warning,
          "No row from 00:05 to 00:09.",
          rows: [.init(table: "transcripts", index: 1)]
        )
      ]
      $0.isComplete = false
    }
    let page = Page(
      document,
      .init(mediaPath: "a talk.mp4", resumeCommand: "tabscribe runs resume 7")
    )
    try expectSnapshot(withoutAssets(page.source), named: "two-speakers.html")
  }

  /// The page without its styles and scripts, which are assets of their own, and their digests.
  private func withoutAssets(_ page: String) -> String {
    page.replacing(/(<style>)\/\*(?s:.*?)(<\/style>)/) { "\($0.1)(styles)\($0.2)" }
      .replacing(/(<script>)(?s:.*?)(<\/script>)/) { "\($0.1)(script)\($0.2)" }
      .replacing(/sha256-[A-Za-z0-9+\/=]+/, with: "sha256-(digest)")
  }

  private func expectSnapshot(_ text: String, named name: String) throws {
    let file = Self.folder.appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(name); look at it")
    } else {
      let kept = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      let lines = zip(text.split(separator: "\n"), kept.split(separator: "\n"))
      for (line, expected) in lines { #expect(line == expected) }
      #expect(text == kept)
    }
  }
}
