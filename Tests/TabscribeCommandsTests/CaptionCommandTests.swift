internal import CommandLineInterface
import Foundation
internal import OrderedJSON
import Testing
internal import TranscriptModel

/// Captions from the command line.
@Suite struct CaptionCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(SavedTranscript.text(), to: "talk.json")
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder)
  }

  @Test func checkListsWhatNobodyCanRead() async throws {
    let fine = await run("export", "talk.json", "--check")
    #expect(fine.code == .done && fine.output.contains("every caption can be read"))
    let slow = await run("export", "talk.json", "--check", "--reading-speed", "2")
    #expect(slow.code == .incomplete)
    #expect(slow.output.contains("caption 1 at 00:01, row 0: too fast"))
    let json = await run("export", "talk.json", "--check", "--reading-speed", "2", "--json")
    #expect(try json.json["results"]?[0]?["captionProblems"]?[0]?["kind"] == "tooFast")
    let written = await run("export", "talk.json", "-f", "srt", "--reading-speed", "2")
    #expect(written.code == .done && written.errors.contains("--check lists them"))
  }

  @Test func optionsWithoutAnEffectAreTold() async {
    let idle = await run("export", "talk.json", "-f", "srt,txt", "--visible-names", "-o", "one")
    #expect(idle.code == .done)
    #expect(idle.errors.contains("--visible-names has no effect on srt, txt."))
    let used = await run("export", "talk.json", "-f", "vtt,txt", "--visible-names", "-o", "two")
    #expect(!used.errors.contains("no effect"))
  }

  @Test func captionsBeginWithTheFilmsTimecode() async {
    let run = await run(
      "export",
      "talk.json",
      "-f",
      "vtt",
      "-o",
      "-",
      "--start-timecode",
      "10:00:00:12"
    )
    #expect(run.output.contains("10:00:01.480 --> "))
    for words in [["--start-timecode", "10:00:00:25"], ["--timecode-rate", "25"]] {
      let refused = await CommandRun.tabscribe(
        ["export", "talk.json", "-f", "vtt"] + words,
        in: folder
      )
      #expect(refused.code == .usage)
    }
  }

  @Test func rowsAreChosenBySpeakerAndTime() async {
    let ada = await run("export", "talk.json", "-f", "txt", "-o", "-", "--speakers", "ada")
    #expect(ada.output == "[00:01] Ada: Good evning.\n")
    let late = await run("export", "talk.json", "-f", "txt", "-o", "-", "--from", "0:02")
    #expect(late.output == "[00:03] [voice 2]: Thank you.\n")
    let early = await run("export", "talk.json", "-f", "txt", "-o", "-", "--to", "0:02")
    #expect(early.output == "[00:01] Ada: Good evning.\n")
    let nobody = await run("export", "talk.json", "-f", "txt", "-o", "-", "--speakers", "Bob")
    #expect(nobody.code == .incomplete && nobody.errors.contains("no row that --speakers"))
  }

  @Test func filesMayHaveAMarkAndTheLineEndsOfWindows() async throws {
    _ = await run("export", "talk.json", "-f", "srt", "-o", "out", "--bom", "--crlf")
    let text = try folder.text(of: "out/talk.srt")
    #expect(text.unicodeScalars.starts(with: "\u{FEFF}1\r\n00:00:01".unicodeScalars))
    #expect(!text.replacingOccurrences(of: "\r\n", with: "").contains("\n"))
  }

  @Test func voicesAreToldApartAsAsked() async throws {
    let caps = await run("export", "talk.json", "-f", "srt", "-o", "-", "--speaker-style", "caps")
    #expect(caps.output.contains("\nADA: Good"))
    let dash = await run("export", "talk.json", "-f", "srt", "-o", "-", "--speaker-style", "dash")
    #expect(dash.output.contains("\n- Thank you."))
    let colour = await run(
      "export",
      "talk.json",
      "-f",
      "vtt",
      "-o",
      "-",
      "--speaker-style",
      "colour"
    )
    #expect(colour.output.contains("<c.yellow>Thank you.</c>"))
    let unseen = await run(
      "export",
      "talk.json",
      "-f",
      "vtt,srt",
      "-o",
      "x",
      "--speaker-style",
      "none"
    )
    #expect(unseen.errors.isEmpty)
    #expect(try folder.text(of: "x/talk.srt").contains("\nThank you."))
    #expect(try folder.text(of: "x/talk.vtt").contains("<v Ada>Good"))
    let seen = await run("export", "talk.json", "-f", "vtt", "-o", "-", "--visible-names")
    #expect(seen.output.contains("<v Ada>Ada: Good"))
  }
}
