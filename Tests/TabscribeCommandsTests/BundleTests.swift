internal import CommandLineInterface
import HostSystem
internal import OrderedJSON
import TestSupport
import Testing

@testable internal import TabscribeCommands

/// `export --bundle`: everything of a transcript in one folder, with checksums.
@Suite struct BundleTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(SavedTranscript.text(), to: "talk.json")
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path])
  }

  @Test func aBundleHoldsWhatItsManifestSays() async throws {
    let export = await run("export", "talk.json", "-f", "vtt", "--bundle", "out")
    #expect(export.code == .done, "\(export.errors)")
    #expect(try folder.text(of: "out/bagit.txt").hasPrefix("BagIt-Version: 1.0\n"))
    let manifest = try folder.text(of: "out/manifest-sha256.txt")
    for name in ["talk.html", "talk.json", "talk.vtt", "provenance.json"] {
      #expect(manifest.contains("  data/\(name)\n"))
    }
    var size = 0
    for line in manifest.split(separator: "\n") {
      let parts = line.split(separator: " ", omittingEmptySubsequences: true)
      let (digest, bytes) = try TranscriptBag.digest(of: folder.path + "/out/" + parts[1])
      #expect(digest == parts[0])
      size += bytes
    }
    #expect(try folder.text(of: "out/bag-info.txt").contains("Payload-Oxum: \(size).4\n"))
    for name in ["talk.html", "talk.vtt", "provenance.json"] {
      #expect(try !folder.text(of: "out/data/\(name)").contains(folder.path))
    }
  }

  @Test func aBundleIsNeverMixedWithWhatIsThere() async throws {
    try folder.write("mine", to: "out/note.txt")
    let taken = await run("export", "talk.json", "--bundle", "out")
    #expect(taken.code == .failed)
    #expect(taken.errors.contains("not empty"))
    #expect(await run("export", "talk.json", "--bundle", "new", "-o", "x").code == .usage)
    #expect(
      await run("export", "talk.json", "-f", "srt", "--copy-media").errors.contains("no effect")
    )
    #expect(try folder.text(of: "out/note.txt") == "mine")
  }
}
