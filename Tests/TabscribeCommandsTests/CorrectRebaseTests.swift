internal import CommandLineInterface
internal import OrderedJSON
import TestSupport
import Testing

/// Corrections that go over to another transcript, that replace a spelling, and that others see.
@Suite struct CorrectRebaseTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("a film", to: "talk.mp4")
    try importText("We are in orbit.", "Roger that, Abel.", "Fuel is go.")
  }

  private func importText(_ texts: String...) throws {
    let cues = texts.enumerated().map { index, text in
      "00:0\(index).000 --> 00:0\(index + 1).000\n<v Ada>\(text)\n"
    }
    try folder.write("WEBVTT\n\n" + cues.joined(separator: "\n"), to: "talk.vtt")
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder, environment: ["TABSCRIBE_HOME": folder.path])
  }

  @Test func aReplacementIsShownFirstThenMadeAndFound() async throws {
    #expect(await run("import", "talk.vtt").code == .done)
    let preview = await run("correct", "replace", "orbit", "Paris", "last")
    #expect(preview.code == .done, "\(preview.errors)")
    #expect(preview.output.contains("1 change in 1 transcript; --yes makes them."))
    #expect(await run("search", "orbit").output.contains("orbit"))
    #expect(await run("correct", "replace", "rbit", "x", "last").output.contains("0 changes"))
    let made = await run("correct", "replace", "orbit", "Paris", "--all", "--yes", "--json")
    #expect(try made.json["changes"] == 1)
    #expect(await run("search", "Paris").output.contains("Paris"))
    #expect(await !run("search", "orbit").output.contains("We are"))
    #expect(await run("export", "last", "-f", "txt", "-o", "-").output.contains("in Paris."))
    // A reference is what people made of it.
    let score = await run("score", "last", "-r", "last", "--metric", "wer", "--json")
    #expect(score.code == .done, "\(score.errors)")
    #expect(score.output.contains("\"substitutions\": 1"))
    #expect(await run("correct", "undo", "last", "--last").code == .done)
    #expect(await run("search", "orbit").output.contains("orbit"))
  }

  @Test func aNameIsReplacedForItsSpeakerToo() async throws {
    #expect(await run("import", "talk.vtt").code == .done)
    #expect(await run("correct", "replace", "Ada", "Ida", "last", "--yes").code == .done)
    #expect(await run("export", "last", "-f", "txt", "-o", "-").output.contains("Ida: We are"))
    #expect(await run("search", "orbit", "--speaker", "Ida").output.contains("orbit"))
  }

  @Test func aReplacementTakesEachLetterCaseWhereItIsAskedTo() async throws {
    try importText("ORBIT, Orbit, Straße.", "orbit again", "Orbital. É, e.")
    #expect(await run("import", "talk.vtt").code == .done)
    #expect(await run("correct", "replace", "oRbit", "Paris", "last").output.contains("0 changes"))
    let each = ["correct", "replace", "-i"]
    let made = await CommandRun.tabscribe(
      each + ["oRbit", "orbit", "last", "--yes"],
      in: folder,
      environment: ["TABSCRIBE_HOME": folder.path]
    )
    // What is spelled so already is no change.
    #expect(made.output.contains("1 change in 1 transcript made"), "\(made.output)\(made.errors)")
    #expect(
      await run("correct", "replace", "-i", "STRASSE", "Gasse", "--all", "--yes").code == .done
    )
    // Accents are letters here.
    #expect(await run("correct", "replace", "-i", "é", "E", "last", "--yes").code == .done)
    let text = await run("export", "last", "-f", "txt", "-o", "-").output
    for line in ["orbit, orbit, Gasse.", "orbit again", "Orbital. E, e."] {
      #expect(text.contains(line), "\(text)")
    }
  }

  @Test func aNewRunOfTheRecordingTakesTheCorrectionsOver() async throws {
    #expect(await run("import", "talk.vtt").code == .done)
    for (old, new) in [("orbit", "Paris"), ("Abel", "Abe"), ("Fuel", "Oil")] {
      #expect(await run("correct", "replace", old, new, "last", "--yes").code == .done)
    }
    try importText("Hm.", "We are in orbit.", "Roger that, Abe.", "Nothing of the kind.")
    #expect(await run("import", "talk.vtt").code == .done)
    let list = await run("correct", "list", "last")
    #expect(list.code == .incomplete)
    #expect(list.output.contains("3 corrections carried over: 1 moved, 1 conflict, 1 obsolete."))
    #expect(list.output.contains("moved from row 1"))
    let text = await run("export", "last", "-f", "txt", "-o", "-")
    #expect(
      text.output.contains("We are in Paris.") && text.output.contains("Nothing of the kind.")
    )
    #expect(text.errors.contains("1 correction does not apply"))
    #expect(await run("search", "Paris").output.contains("Paris"))
    // What was carried over is not carried again; the list goes as a file to where it is wanted.
    #expect(await run("correct", "rebase", "last").output.contains("Nothing new"))
    let file = await run("correct", "export", "last", "-o", "fixes.json")
    #expect(file.code == .done && file.output.contains("3 corrections"))
    #expect(try folder.text(of: "fixes.json").contains("tabscribeCorrections"))
    #expect(await run("report", "last").code == .done)
    #expect(try folder.text(of: "talk.html").contains("1 correction by people"))
  }
}
