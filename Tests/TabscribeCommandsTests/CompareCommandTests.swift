internal import CommandLineInterface
import Foundation
internal import OrderedJSON
import Testing

@Suite struct CompareCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(SavedTranscript.text(), to: "a.json")
    let changed = SavedTranscript.text().replacing("Good evning.", with: "Good evening.")
    try folder.write(changed, to: "b.json")
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder)
  }

  @Test func changedWordsAreMarkedInTheirRow() async throws {
    let run = await run("compare", "a.json", "b.json")
    #expect(run.code == .done, "\(run.errors)")
    #expect(run.output.contains("Good [-evning.-]{+evening.+}"))
    #expect(run.output.contains("1 of 2 rows differ: 1 text"))
    let json = try await self.run("compare", "a.json", "b.json", "--json").json
    #expect(json["same"] == false)
    #expect(json["changes"]?["text"] == 1)
    #expect(json["rows"]?[0]?["second"]?["text"] == "Good evening.")
  }

  @Test func theExitCodeTellsScriptsWhetherAnythingDiffers() async {
    #expect(await run("compare", "a.json", "b.json", "--exit-code").code == .failed)
    let same = await run("compare", "a.json", "a.json", "--exit-code")
    #expect(same.code == .done)
    #expect(same.output.contains("Both say the same."))
  }

  @Test func thePageShowsBothBesideEachOther() async throws {
    let run = await run("compare", "a.json", "b.json", "--html", "changes.html")
    #expect(run.code == .done, "\(run.errors)")
    let page = try folder.text(of: "changes.html")
    #expect(page.contains("<del>evning.</del>"))
    #expect(page.contains("<ins>evening.</ins>"))
    #expect(page.contains("1 row the same"))
    #expect(await self.run("compare", "a.json", "b.json", "--html", "changes.html").code == .failed)
  }

  @Test func textFromModelsIsEscaped() async throws {
    let hostile = SavedTranscript.text()
      .replacing("Good evning.", with: "<script>alert(1)</script>\\u001b[31m")
    try folder.write(hostile, to: "b.json")
    let run = await run("compare", "a.json", "b.json", "--html", "changes.html")
    #expect(run.code == .done, "\(run.errors)")
    #expect(!run.output.contains("\u{1b}"))
    let page = try folder.text(of: "changes.html")
    #expect(!page.contains("<script>alert"))
    #expect(page.contains("&lt;script&gt;alert(1)"))
  }
}
