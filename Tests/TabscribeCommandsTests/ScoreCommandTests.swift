internal import CommandLineInterface
import Foundation
internal import OrderedJSON
import Testing

@Suite struct ScoreCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(SavedTranscript.text(), to: "talk.json")
    try folder.write(
      "talk 1 Ada 1 2.3 Good evening.\ntalk 1 Ben 3 4 Thank you.\n",
      to: "talk.stm"
    )
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder)
  }

  @Test func scoresSayTheirPartsAndTheirNormaliser() async throws {
    let run = await run("score", "talk.json", "-r", "talk.stm", "--json")
    #expect(run.code == .done, "\(run.errors)")
    let json = try run.json
    #expect(json["normaliser"] == "words")
    #expect(json["wer"]?["hits"] == 3)
    #expect(json["wer"]?["substitutions"] == 1)
    #expect(json["wer"]?["rate"]?.double == 0.25)
    #expect(json["cpwer"]?["speakers"]?[0]?["reference"] == "Ada")
    #expect(json["names"]?["missed"]?[0] == "Ben")
    let text = await self.run("score", "talk.json", "-r", "talk.stm", "--metric", "wer")
    #expect(text.output.contains("25.0 %"))
    #expect(text.output.contains("--normaliser words"))
    #expect(!text.output.contains("cpwer"))
  }

  @Test func aMetricThatCannotBeTakenIsSaid() async throws {
    try folder.write("Good evening.\nThank you.\n", to: "plain.txt")
    let all = await run("score", "talk.json", "-r", "plain.txt")
    #expect(all.code == .done)
    #expect(all.output.contains("tcpwer needs words, speakers, starts and ends on both sides"))
    let asked = await run("score", "talk.json", "-r", "plain.txt", "--metric", "der")
    #expect(asked.code == .incomplete)
  }

  @Test func anEmptySideHasDefinedResults() async throws {
    try folder.write("", to: "empty.txt")
    let run = await run("score", "talk.json", "-r", "empty.txt", "--metric", "wer", "--json")
    #expect(run.code == .done, "\(run.errors)")
    #expect(try run.json["wer"]?["insertions"] == 4)
  }

  @Test func scriptsWithoutBlanksAreSaid() async throws {
    try folder.write("1\n00:00:01,000 --> 00:00:02,000\n我们今天在档案馆里\n", to: "zh.srt")
    let blank = await run("score", "zh.srt", "-r", "zh.srt", "--normaliser", "none")
    #expect(blank.output.contains("Hani, which has no blanks between words"))
    let broken = await run("score", "zh.srt", "-r", "zh.srt")
    #expect(broken.output.contains("words are those of ICU's dictionaries"))
  }

  @Test func rowsBeyondTheReferenceAreSaidOrLeftOut() async throws {
    try folder.write("talk 1 Ada 1 2.3 Good evening.\n", to: "short.stm")
    let whole = await run("score", "talk.json", "-r", "short.stm", "--metric", "wer")
    #expect(whole.output.contains("1 row before or after the reference count as errors"))
    let clipped = await run(
      "score",
      "talk.json",
      "-r",
      "short.stm",
      "--metric",
      "wer",
      "--clip",
      "--json"
    )
    #expect(try clipped.json["wer"]?["insertions"] == 0)
  }

  @Test func thePageHoldsBothSidesWithTheirWordsMarked() async throws {
    let run = await run("score", "talk.json", "-r", "talk.stm", "--html", "out/score.html")
    #expect(run.code == .done, "\(run.errors)")
    let page = try folder.text(of: "out/score.html")
    #expect(page.contains("<del>evening"))
    #expect(page.contains("<ins>evning"))
    let again = await self.run("score", "talk.json", "-r", "talk.stm", "--html", "out/score.html")
    #expect(again.code == .failed)
  }

  @Test func withoutAReferenceMeasuresAndAgreementAreShown() async throws {
    try folder.write(SavedTranscript.text(), to: "again.json")
    let run = await run("score", "talk.json", "again.json", "--json")
    #expect(run.code == .done, "\(run.errors)")
    let json = try run.json
    #expect(json["transcripts"]?[0]?["words"] == 4)
    #expect(json["transcripts"]?[0]?["namedSpeakers"] == 1)
    #expect(json["agreements"]?[0]?["rows"] == 1)
    let idle = await self.run("score", "talk.json", "--metric", "wer")
    #expect(idle.code == .usage)
    #expect(idle.errors.contains("--metric needs a reference"))
    let foreign = await self.run("score", "talk.stm")
    #expect(foreign.code == .usage)
  }

  @Test func aFileThatCannotBeReadIsSaidWithItsLine() async throws {
    try folder.write("talk 1 Ada 1 2 yes\ntalk 1 Ada\n", to: "broken.stm")
    let run = await run("score", "talk.json", "-r", "broken.stm")
    #expect(run.code == .failed)
    #expect(run.errors.contains("line 2 is no STM segment"))
  }
}
