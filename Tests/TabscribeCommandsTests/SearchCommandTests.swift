internal import CommandLineInterface
import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

@testable internal import TabscribeCommands

@Suite struct SearchCommandTests {
  let folder: TemporaryFolder
  let samples: StoreSamples

  init() throws {
    folder = try TemporaryFolder()
    samples = try StoreSamples(folder)
    try samples.addFirst([
      "We are in orbit.", "Are you in Orbit?", "Yes.", "\u{1B}[31m hostile orbit\u{202E}\n\u{1}",
    ])
    try samples.addSecond()
  }

  private func search(_ arguments: String...) async -> CommandRun {
    await .tabscribe(
      // The second run has the same source.
      ["search", "--all-runs"] + arguments,
      in: folder,
      environment: ["TABSCRIBE_HOME": folder.path]
    )
  }

  @Test func hitsStandUnderTheirSourceWithTimeSpeakerAndMarks() async throws {
    let result = await search("in", "orbit", "--order", "time")
    #expect(
      result.output == """
        /videos/talk.mp4  20261120T101500Z-3f9ac2.1  2026-11-20
          00:00  Alan Shepard: We are «in» «orbit».
          00:12  [voice 2, host]: Are you «in» «Orbit»?

        """
    )
    #expect(result.code == .done)
  }

  @Test func severalWordsInOneArgumentAreAPhrase() async throws {
    #expect(await search("orbit in").output.isEmpty)
    #expect(await search("in orbit").output.contains("«in orbit»"))
    #expect(await search("you in orb*").output.contains("«you in Orbit»"))
  }

  @Test func hostileTextDoesNotReachTheTerminal() async throws {
    let result = await search("hostile", "--context", "3")
    #expect(result.output.contains("«hostile» orbit"))
    for bad in ["\u{1B}", "\u{202E}", "\u{1}", "\u{2}"] { #expect(!result.output.contains(bad)) }
  }

  @Test func filtersAndContextWork() async throws {
    let spoken = await search("orbit", "--speaker", "shepard", "--context", "1")
    #expect(spoken.output.contains("We are in «orbit»."))
    #expect(spoken.output.contains("Are you in Orbit?"))
    #expect(await search("--company", "nasa", "--until", "2026-11-20").output.contains("Yes."))
    #expect(await search("orbit", "--since", "2026-11-21").output.isEmpty)
    #expect(await search("orbit", "--run", "last").output.isEmpty)
    #expect(await search("orbit", "--run", "20261120").output.contains("orbit"))
    #expect(await search("orbit", "--run", "20261120.1").output.contains("orbit"))
    #expect(await search("orbit", "--source", "nowhere").output.isEmpty)
  }

  /// Without `--all-runs`.
  private func newest(_ arguments: String...) async -> CommandRun {
    await .tabscribe(
      ["search"] + arguments,
      in: folder,
      environment: ["TABSCRIBE_HOME": folder.path]
    )
  }

  @Test func theNewestTranscriptOfASourceIsSearchedUnlessOthersAreAskedFor() async throws {
    let hidden = await newest("orbit")
    #expect(hidden.output.isEmpty)
    #expect(hidden.errors.contains("Nothing was found. Earlier transcripts have it: --all-runs."))
    #expect(await newest("nothing").output.contains("«Nothing» of that here."))
    // Who names a run means it.
    #expect(await newest("orbit", "--run", StoreSamples.first).output.contains("«orbit»"))
    #expect(await search("orbit").output.contains("«orbit»"))
  }

  @Test func whatTranscriptsHaveNarrowsASearchAndAMistakeIsTold() async throws {
    #expect(await search("orbit", "--prompt", "transcribe").output.contains("«orbit»"))
    #expect(await search("orbit", "--folder", "/videos").output.contains("«orbit»"))
    #expect(await search("orbit", "--folder", "videos").output.isEmpty)
    #expect(await search("orbit", "--language", "en").output.contains("«orbit»"))
    #expect(await search("orbit", "--finding", "gap").output.contains("«orbit»"))
    #expect(await search("orbit", "--finding", "truncated").output.isEmpty)
    #expect(await search("orbit", "--unchecked").output.contains("«orbit»"))
    #expect(await search("--checked").output.isEmpty)
    #expect(await search("orbit", "--checked", "--unchecked").code == .usage)
    let model = await search("orbit", "--model", "gemini-3.5-flash-lyte")
    #expect(model.code == .usage)
    #expect(model.errors.contains("Did you mean gemini-3.5-flash-lite?"))
    let prompt = await search("orbit", "--prompt", "sounds")
    #expect(prompt.code == .usage)
    #expect(prompt.errors.contains("There are transcribe."))
    #expect(await search("orbit", "--finding", "gab").code == .usage)
  }

  @Test func whatTheMachineWroteIsMarkedAsThat() async throws {
    let item = try samples.store.resolveItem(StoreSamples.first)
    let correction: JSONValue = [
      "id": "c1", "at": "2026-03-12T18:04:00Z", "kind": "text", "row": 0, "startMS": 0,
      "before": "We are in orbit.", "after": "We are in order.",
    ]
    try samples.store.setCorrections([StoredCorrection(correction)], of: item.id)
    #expect(await search("are in orbit").output.contains("Shepard") == false)
    let found = await search("are in orbit", "--machine")
    #expect(found.output.contains("Alan Shepard (machine): We «are in orbit»."))
    let json = try await search("are in orbit", "--machine", "--json").json
    #expect(json["hits"]?[0]?["machine"] == true)
    #expect(json["hits"]?[0]?["prompt"] == "transcribe")
  }

  @Test func nothingFoundIsNoFailureButNothingAskedIs() async throws {
    let nothing = await search("absent")
    #expect(nothing.code == .done)
    #expect(nothing.errors.contains("Nothing was found."))
    #expect(await search().code == .usage)
    #expect(await search("!!!").code == .usage)
    let day = await search("orbit", "--since", "yesterday")
    #expect(day.code == .usage)
    #expect(day.errors.contains("2026-11-20"))
  }

  @Test func jsonHasPlacesTimesAndPositionsOfCodePoints() async throws {
    try samples.store.save(
      StoreSamples.document(["🛰️ é in orbit"]),
      files: [],
      status: .complete,
      for: samples.store.resolveItem("20261120").id
    )
    let json = try await search("orbit", "--json").json
    let hit = try #require(json["hits"]?[0])
    #expect(hit["item"] == .string(StoreSamples.first + ".1"))
    #expect(hit["speaker"] == "Alan Shepard")
    #expect(hit["startMS"] == 0)
    #expect(hit["endMS"] == 12_500)
    #expect(hit["source"]?["uri"] == "/videos/talk.mp4")
    #expect(hit["matches"] == [[8, 13]])
    #expect(json["hasMore"] == false)
    #expect(json["rankedAmongNewest"] == .null)
  }

  @Test func moreThanIsShownIsSaid() async throws {
    let result = await search("orbit", "--limit", "1")
    #expect(result.errors.contains("There are more"))
  }

  @Test func aNarrowTerminalWrapsAndKeepsTheColumnOfTimes() throws {
    let item = try samples.store.resolveItem("20261120").id
    let text = "one two three four five six seven eight"
    try samples.store.save(
      StoreSamples.document([text]),
      files: [],
      status: .complete,
      for: item
    )
    let hits = try samples.store.search(SearchQuery("\"three four\"")).hits
    let plain = SearchListing(style: .plain, width: 31).lines(hits)
    #expect(
      plain == [
        "/videos/talk.mp4", "20261120T101500Z-3f9ac2.1  2026-11-20",
        "  00:00  Alan Shepard: one two",
        "         «three four» five six",
        "         seven eight",
      ]
    )
    let bold = SearchListing(style: TextStyle(isEnabled: true), width: 30).lines(hits)
    #expect(bold.contains { $0.contains("\u{1B}[1mthree four\u{1B}[0m") })
  }

  @Test func openingNeedsAReportThatIsThere() async throws {
    let result = await search("orbit", "--open")
    #expect(result.code == .failed)
    #expect(result.errors.contains("There is no report of \(StoreSamples.first).1 any more."))
  }

  @Test func thePageThatLeadsToAMomentIsHarmless() throws {
    let page = MomentPage(
      report: "/a b/\"><script>&'#.html",
      start: Timecode(milliseconds: 12_050)
    )
    #expect(page.address == "file:///a%20b/%22%3E%3Cscript%3E&amp;%27%23.html#t=12.05")
    let path = try page.write(in: folder.path)
    #expect(try folder.text(of: "moment.html").contains("0; url=\(page.address)\""))
    #expect(path == folder.path + "/moment.html")
  }
}
