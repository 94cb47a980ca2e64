import CommandLineInterface
import Foundation
internal import OrderedJSON
import Testing

/// What is known of recordings that are no files of this machine, and what a list says of them.
@Suite struct DistantLengthTests {
  @Test func aFileOfTheServiceIsAsLongAsTheServiceSays() async throws {
    try await EmulatedRun.run { run in
      #expect(await run.tabscribe("files", "upload", "sample.webm").code == .done)
      let files = try await run.tabscribe("files", "list", "--json").json["files"]
      let name = try #require(files?[0]?["name"]?.string)
      // A plan asks nobody, unless it counts.
      #expect(await run.tabscribe("plan", name).errors.contains("State it with --duration."))
      let counted = await run.tabscribe("plan", name, "--count-tokens")
      #expect(counted.output.contains("00:00–01:38"), "\(counted.errors)")
      // What was heard once is remembered.
      #expect(await run.tabscribe("plan", name).output.contains("00:00–01:38"))
      let made = await run.tabscribe("transcribe", name, "-f", "json")
      #expect(made.code == .done, "\(made.errors)")
      let stem = String(name.dropFirst("files/".count))
      let document = try JSONValue(parsing: run.folder.text(of: "\(stem).json"))
      #expect(try (98_000...98_200).contains(#require(document["source"]?["durationMS"]?.int)))
    }
  }

  @Test func aVideoOfYouTubeIsPlannedByWhatAnEarlierAnswerCameTo() async throws {
    try await EmulatedRun.run { run in
      let video = "https://youtu.be/0pJn3g8dfwk"
      #expect(await run.tabscribe("plan", video).errors.contains("State it with --duration."))
      let made = await run.tabscribe("transcribe", video, "-f", "json")
      #expect([.done, .incomplete].contains(made.code), "\(made.errors)")
      let plan = await run.tabscribe("plan", video, "-p", "sounds")
      #expect(plan.output.contains("00:00–10:00"), "\(plan.errors)")
      #expect(plan.errors.contains("was about 10:00 long when it was asked about before"))
      // It is good for an estimate, and not for cutting.
      let cut = await run.tabscribe("plan", video, "-p", "sounds", "--shard", "2m")
      #expect(cut.output.contains("00:00–10:00"), "\(cut.errors)")
    }
  }

  @Test(arguments: [
    ("fps", "99", "What stands in list.csv, line 3: A frame rate of 99.0"),
    ("fps", "many", "\"fps\" in list.csv, line 3: found \"many\""),
    ("prompt", "nope", "What stands in list.csv, line 3: There is no prompt \"nope\"."),
  ])
  func aMistakeOfAListSaysWhere(_ column: String, _ value: String, _ message: String) async throws {
    let folder = try EmulatedRun.folderWithSample()
    try folder.write("source,\(column)\nsample.webm,\nsample.webm,\(value)\n", to: "list.csv")
    let plan = await CommandRun.tabscribe(
      ["plan", "list.csv"],
      in: folder,
      environment: ["GEMINI_API_KEY": "test-key"]
    )
    #expect(plan.code != .done)
    #expect(plan.errors.contains(message), "\(plan.errors)")
  }

  @Test func aListGivesTitleAndLanguage() async throws {
    try await EmulatedRun.run { run in
      try run.folder.write("source,title,language\nsample.webm,Der Schlüssel,de\n", to: "list.csv")
      let asked = await run.tabscribe("transcribe", "list.csv", "--dry-run")
      #expect(asked.output.contains("The language spoken is de."), "\(asked.errors)")
      let made = await run.tabscribe("transcribe", "list.csv", "-f", "json,html")
      #expect(made.code == .done, "\(made.errors)")
      let source = try JSONValue(parsing: run.folder.text(of: "sample.json"))["source"]
      #expect(source?["title"] == "Der Schlüssel" && source?["language"] == "de")
      #expect(try run.folder.text(of: "sample.html").contains("<title>Der Schlüssel"))
      // In whichever language it is: the list knows better.
      let found = await run.tabscribe("search", "--language", "de", "--source", "SCHLUSSEL")
      #expect(found.output.contains("Der Schlüssel"), "\(found.errors)")
    }
  }
}
