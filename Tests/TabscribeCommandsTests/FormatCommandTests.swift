internal import CommandLineInterface
import Foundation
internal import OrderedJSON
import Testing
internal import TranscriptModel

@Suite struct FormatCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(SavedTranscript.text(), to: "talk.json")
    try folder.write("media", to: "media/talk.mp4")
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder)
  }

  @Test(arguments: ["txt", "md", "csv", "tsv", "jsonl", "srt", "vtt", "html", "json"])
  func everyFormatIsWrittenUnderItsName(_ format: String) async throws {
    let run = await run("export", "talk.json", "-f", format, "-o", "out")
    #expect(run.code == .done, "\(run.errors)")
    #expect(run.output.contains("out/talk.\(format)"))
    #expect(try folder.text(of: "out/talk.\(format)").contains("Good"))
  }

  @Test func standardOutputHoldsTheFormatAndNothingElse() async throws {
    let run = await run("export", "talk.json", "-f", "txt", "-o", "-")
    #expect(run.code == .done)
    #expect(run.output == "[00:01] Ada: Good evning.\n[00:03] [voice 2]: Thank you.\n")
    for arguments in [
      ["-f", "txt", "-f", "md"], ["-f", "txt", "--json"], ["talk.json", "-f", "txt"],
    ] {
      let run = await CommandRun.tabscribe(
        ["export", "talk.json", "-o", "-"] + arguments,
        in: folder
      )
      #expect(run.code == .usage)
    }
  }

  @Test func optionsShapeCaptions() async throws {
    let short = await run("export", "talk.json", "-f", "srt", "-o", "-", "--cue-words", "1")
    #expect(short.output.contains("\n4\n"))
    let plain = await run("export", "talk.json", "-f", "srt", "-o", "-", "--no-speakers")
    #expect(plain.output.hasPrefix("1\n00:00:01,000 --> 00:00:02,300\nGood evning.\n"))
    let fast = await run("export", "talk.json", "-f", "srt", "-o", "-", "--reading-speed", "100")
    #expect(fast.output.hasPrefix("1\n00:00:01,000 --> 00:00:02,000\n"))
    let both = await run(
      "export",
      "talk.json",
      "-f",
      "srt",
      "--cue-words",
      "1",
      "--cue-characters",
      "9"
    )
    #expect(both.code == .usage)
  }

  @Test func rowsWithoutATimeAreMissedOnlyByCaptions() async throws {
    try folder.write(SavedTranscript.text(secondStart: nil), to: "talk.json")
    let captions = await run("export", "talk.json", "-f", "srt", "-f", "txt", "--json")
    #expect(captions.code == .incomplete)
    #expect(try captions.json["results"]?[0]?["rowsWithoutTime"] == 1)
    #expect(captions.errors.contains("1 row has no time"))
    let text = await run("export", "talk.json", "-f", "txt", "-o", "out")
    #expect(text.code == .done)
  }

  @Test func formatsMayStandInOneList() async throws {
    let both = await run("export", "talk.json", "-f", "srt,vtt", "-f", "vtt,txt", "-o", "out")
    #expect(both.code == .done, "\(both.errors)")
    #expect(both.output == "✓ out/talk.srt  out/talk.vtt  out/talk.txt\n")
    for list in ["srt,", "srt,,vtt", "srt,mp3"] {
      #expect(await run("export", "talk.json", "-f", list, "-o", "more").code == .usage)
    }
  }

  @Test func aTranscriptWithoutRowsIsNotTicked() async throws {
    var document = try JSONValue(parsing: SavedTranscript.text()).object ?? [:]
    document["segments"] = []
    try folder.write(JSONValue.object(document).rendered(), to: "talk.json")
    let outcome = await run("export", "talk.json", "-f", "txt")
    #expect(outcome.code == .incomplete)
    #expect(outcome.output == "incomplete: talk.txt\n")
    #expect(outcome.errors.contains("talk.json has no row."))
  }

  @Test func tablesWithoutRowsOfATranscriptAreAResult() async throws {
    let json = SavedTranscript.text()
    var object = try #require(try JSONValue(parsing: json).object)
    object["segments"] = []
    object["tables"] = [
      "sounds": ["columns": ["sound"], "rows": [["applause"]]]
    ]
    try folder.write(JSONValue.object(object).rendered(), to: "talk.json")
    let tables = await run("export", "talk.json", "-f", "csv", "-o", "out")
    #expect(tables.code == .done, "\(tables.errors)")
    #expect(await run("export", "talk.json", "-f", "csv,srt", "-o", "both").code == .incomplete)
  }

  @Test func speakersHaveColoursInTTML() async throws {
    try folder.write(SavedTranscript.text(), to: "talk.json")
    let plain = await run("export", "talk.json", "-f", "ttml", "-o", "-")
    #expect(!plain.output.contains("tts:color=\"#"))
    let coloured = await run(
      "export",
      "talk.json",
      "-f",
      "ttml",
      "-o",
      "-",
      "--speaker-style",
      "colour"
    )
    #expect(coloured.output.contains("tts:color=\"#ffff00\""), "\(coloured.output)")
    #expect(coloured.errors.isEmpty)
  }

  @Test func whatIsNoTextGoesToFilesOnly() async throws {
    for format in ["xlsx", "docx"] {
      let printed = await run("export", "talk.json", "-f", format, "-o", "-")
      #expect(printed.code == .usage)
      #expect(printed.errors.contains("--output-dir"))
      #expect(await run("export", "talk.json", "-f", format, "-o", "out").code == .done)
    }
    let book = try FileHandle(forReadingFrom: folder.url.appending(path: "out/talk.xlsx"))
    #expect(try book.read(upToCount: 2) == Data("PK".utf8))
  }

  @Test func nothingIsWrittenOverAnotherFile() async throws {
    try folder.write("mine", to: "talk.srt")
    let kept = await run("export", "talk.json", "-f", "srt", "-f", "vtt")
    #expect(kept.code == .failed)
    #expect(folder.names == ["media", "talk.json", "talk.srt"])
    #expect(await run("export", "talk.json", "-f", "srt", "--force").code == .done)
    try folder.write(SavedTranscript.text(), to: "other/talk.json")
    let twins = await run("export", "talk.json", "other/talk.json", "-f", "md")
    #expect(twins.code == .usage)
  }

  @Test func aReportIsMadeAnewAndFindsItsMedia() async throws {
    let beside = await run("report", "talk.json")
    #expect(beside.code == .done, "\(beside.errors)")
    #expect(try folder.text(of: "talk.html").contains(#"src="media/talk.mp4""#))
    #expect(await run("report", "talk.json").code == .failed)
    #expect(await run("report", "talk.json", "--force").code == .done)
    let elsewhere = await run("report", "talk.json", "-o", "a/b", "--json")
    #expect(try elsewhere.json["reports"]?[0]?["report"] == "a/b/talk.html")
    #expect(try folder.text(of: "a/b/talk.html").contains(#"src="../../media/talk.mp4""#))
  }

  @Test func badInputIsNamed() async throws {
    try folder.write("{", to: "cut.json")
    try folder.write("[1]", to: "list.json")
    try folder.write(SavedTranscript.text(version: 2), to: "newer.json")
    try folder.write(#"{"tabscribeCorrections": 1}"#, to: "fixes.json")
    let cases = [
      ("cut.json", "is not JSON"), ("list.json", "is not a transcript"),
      ("newer.json", "schemaVersion 2"), ("fixes.json", "is a file of corrections"),
      ("none.json", "No such file"),
    ]
    for (file, message) in cases {
      for command in [["export", "-f", "txt"], ["report"], ["correct", "list"]] {
        let run = await CommandRun.tabscribe(command + [file], in: folder)
        #expect(run.code == .failed)
        #expect(run.errors.contains(message), "\(run.errors)")
      }
    }
    #expect(await run("export", "talk.json").code == .usage)
    #expect(await run("export", "talk.json", "-f", "doc").errors.contains("expected one of"))
    // Of several the one that is wrong, and what was probably meant.
    let several = await run("export", "talk.json", "-f", "srt,vttt,txt")
    #expect(several.errors.contains("found \"vttt\", expected one of"))
    #expect(several.errors.contains("vtt?"))
  }
}

/// A transcript of two rows as a file.
enum SavedTranscript {
  static func text(version: Int = 1, secondStart: Int? = 3000, run: String = "r1") -> String {
    let start = secondStart.map(String.init) ?? "null"
    return """
      {"schemaVersion": \(version), "complete": true,
       "source": {"uri": "media/talk.mp4", "kind": "file", "stem": "talk", "durationMS": 6000},
       "run": {"id": "\(run)", "startedAt": "2026-03-12T18:04:00Z", "tool": "tabscribe", "backend": "ai-studio",
               "model": "m", "prompt": "p", "promptDigest": "d", "schema": "s", "encoding": "json"},
       "usage": null, "cost": {"currency": "USD"}, "findings": [], "tables": {}, "later": {"kept": [1.50]},
       "speakers": [{"voice": 1, "name": "Ada"}, {"voice": 2}],
       "segments": [
        {"row": 0, "startMS": 1000, "endMS": 3000, "endIsEstimate": true, "voice": 1, "text": "Good evning."},
        {"row": 1, "startMS": \(start), "endMS": 6000, "endIsEstimate": true, "voice": 2, "text": "Thank you."}],
       "corrections": []}
      """
  }
}
