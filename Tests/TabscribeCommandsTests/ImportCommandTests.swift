internal import CommandLineInterface
internal import OrderedJSON
import TestSupport
import Testing
import TranscriptionRuns

@testable internal import TabscribeCommands

/// Transcripts of other programs in the run store.
@Suite struct ImportCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path])
  }

  private static let captions = """
    WEBVTT

    00:01.000 --> 00:03.000
    <v Ada Lovelace>We are in orbit.

    00:03.000 --> 00:05.000
    <v SPEAKER_01>Roger &amp; out.

    """

  @Test func anImportedTranscriptIsARunLikeAnyOther() async throws {
    try folder.write(Self.captions, to: "talk.vtt")
    let imported = await run("import", "talk.vtt")
    #expect(imported.code == .done, "\(imported.errors)")
    #expect(imported.output.contains("VTT, 2 rows, 2 speakers"))
    let text = await run("export", "last", "-f", "txt", "-o", "-")
    #expect(
      text.output
        == "[00:01] Ada Lovelace: We are in orbit.\n[00:03] [voice 2, SPEAKER_01]: Roger & out.\n"
    )
    #expect(await run("search", "orbit").output.contains("orbit"))
    #expect(await run("report", "last").code == .done)
    #expect(try folder.text(of: "talk.html").contains("Imported transcript"))
    #expect(await run("score", "last", "--reference", "talk.vtt").code == .done)
    let vtt = await run("export", "last", "-f", "vtt", "-o", "-").output
    #expect(vtt.contains("Format: VTT") && !vtt.contains("Machine"))
    for command in [
      ["compare", "last", "last"], ["correct", "list", "last"], ["runs", "show", "last"],
    ] {
      let run = await CommandRun.tabscribe(
        command,
        in: folder,
        environment: ["TABSCRIBE_HOME": folder.path]
      )
      #expect(run.code == .done, "\(command): \(run.errors)")
    }
  }

  @Test func whatIsThereAlreadyIsNotImportedTwice() async throws {
    try folder.write(Self.captions, to: "talk.vtt")
    let first = try await run("import", "talk.vtt", "--json").json
    let again = await run("import", "talk.vtt", "--json")
    #expect(try again.json["run"] == .null)
    #expect(try again.json["results"]?[0]?["transcript"] == first["run"])
    #expect(again.errors.contains("there already"))
    #expect(try await run("import", "talk.vtt", "--json", "--force").json["run"] != .null)
  }

  @Test func ofSeveralFilesThoseThatCanBeReadComeIn() async throws {
    try folder.write(Self.captions, to: "talk.vtt")
    try folder.write("WEBVTT\n\nnoon --> late\nx\n", to: "bad.vtt")
    let both = await run("import", "bad.vtt", "talk.vtt")
    #expect(both.code == .incomplete)
    #expect(both.errors.contains("bad.vtt") && both.errors.contains("line 3"))
    let bad = await run("import", "bad.vtt")
    #expect(bad.code == .failed)
    #expect(await run("import", "bad.vtt", "bad.vtt").code == .failed)
    try folder.write("WEBVTT\n", to: "empty.vtt")
    #expect(await run("import", "empty.vtt").errors.contains("has not one row"))
  }

  @Test func theRecordingBesideATranscriptIsItsSource() async throws {
    try folder.write(Self.captions, to: "talk.en.vtt")
    try folder.write("not really a film", to: "talk.mp4")
    let imported = try await run("import", "talk.en.vtt", "--json").json
    #expect(imported["results"]?[0]?["media"] == "talk.mp4")
    #expect(await run("report", "last").code == .done)
    #expect(try folder.text(of: "talk.html").contains("src=\"talk.mp4\""))
    let named = await run("import", "talk.en.vtt", "--media", "https://example.org/a.mp4", "--json")
    #expect(try named.json["results"]?[0]?["media"] == "https://example.org/a.mp4")
  }

  @Test func ourOwnFormatsComeBackAsTheyWere() async throws {
    try folder.write(Self.captions, to: "talk.vtt")
    #expect(await run("import", "talk.vtt").code == .done)
    let text = await run("export", "last", "-f", "txt", "-o", "-").output
    let formats = [
      "json", "txt", "md", "csv", "tsv", "xlsx", "jsonl", "srt", "vtt", "ass", "sbv", "ttml",
      "dapt",
      "podcast", "otr", "ohms", "stm", "seglst",
    ]
    #expect(
      await run("export", "last", "-f", formats.joined(separator: ","), "-o", "out").code == .done
    )
    for format in formats {
      let suffix = try #require(ResultFormat.all.first { $0.name == format }).suffix
      let file = "out/talk" + suffix
      let imported = await run("import", file, "--force")
      #expect(imported.code == .done, "\(format): \(imported.errors)")
      let again = await run("export", "last", "-f", "txt", "-o", "-").output
      // Names have no blanks there.
      let isExact = !["stm", "seglst"].contains(format)
      #expect(!isExact || again == text, "\(format): \(again)")
      #expect(again.contains("We are in orbit.") && again.contains("Roger & out."), "\(format)")
    }
  }
}
