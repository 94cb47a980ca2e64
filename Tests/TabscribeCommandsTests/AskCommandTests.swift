import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// Questions that come by a pipe, a line each.
@Suite struct AskCommandTests {
  private func transcribed<Result: Sendable>(
    _ options: EmulatorOptions = EmulatorOptions(),
    _ body: (EmulatedRun) async throws -> Result
  ) async throws -> Result {
    try await EmulatedRun.run(options) { run in
      let done = await run.tabscribe("transcribe", "sample.webm")
      #expect(done.code == .done, "\(done.errors)")
      return try await body(run)
    }
  }

  private func ask(
    _ questions: String,
    _ arguments: [String],
    _ run: EmulatedRun
  ) async throws -> CommandRun {
    let input = Pipe()
    try input.fileHandleForWriting.write(contentsOf: Data(questions.utf8))
    try input.fileHandleForWriting.close()
    let (output, errors) = (TextBuffer(), TextBuffer())
    let context = CommandContext(
      standardOutput: output,
      standardError: errors,
      standardInput: input.fileHandleForReading.fileDescriptor,
      environment: [
        "HOME": run.folder.path, "GOOGLE_GEMINI_BASE_URL": run.emulator.baseURL,
        "GEMINI_API_KEY": run.key,
      ],
      workingFolder: run.folder.path
    )
    let code = await TabscribeProgram.program.run(["ask"] + arguments, in: context)
    return CommandRun(code: code, output: output.text, errors: errors.text)
  }

  @Test func answersCiteRowsAndOpenTheirMoments() async throws {
    try await transcribed { run in
      let done = try await ask("What is under the mould?\n\n", ["sample.json", "--json"], run)
      #expect(done.code == .done, "\(done.errors)")
      let turn = try #require(try done.json["turns"]?[0])
      #expect(turn["question"] == "What is under the mould?")
      let rows = try #require(
        try JSONValue(parsing: run.folder.text(of: "sample.json"))["segments"]?.array
      )
      let answers = try #require(turn["answers"]?[0]?["answers"]?.array)
      #expect(!answers.isEmpty)
      for citation in answers.flatMap({ $0["citations"]?.array ?? [] }) {
        let row = rows[try #require(citation["row"]?.int)]
        #expect(row["text"]?.string?.contains(try #require(citation["text"]?.string)) == true)
        #expect(citation["startMS"] == row["startMS"])
        let link = try #require(citation["link"]?.string)
        #expect(link.hasPrefix("file://") && link.contains("/sample.html#t="))
      }
      let text = try await ask("And who?\n", ["sample.json"], run)
      #expect(text.output.hasPrefix("And who?\n"))
      #expect(text.output.contains("00:12  Maëlle Kervadec: “"))
      #expect(text.errors.contains("1 question before"))
      #expect(try run.folder.text(of: "sample.html").contains("And who?"))
    }
  }

  @Test func aConversationIsKeptAndGoesAlongWithTheNextQuestion() async throws {
    try await transcribed { run in
      let done = try await ask("First?\nSecond?\n", ["sample.json", "--json"], run)
      #expect(try done.json["turns"]?.array?.count == 2)
      _ = try await ask("Third?\n", ["sample.json"], run)
      let derived = try JSONValue(parsing: run.folder.text(of: "sample.json"))["derived"]
      let variables = derived?.array?.map { $0["variables"] } ?? []
      #expect(variables.map { $0?["questions"] } == ["First?", "Second?", "Third?"])
      #expect(variables[0]?["earlier"] == nil)
      let earlier = try #require(variables[2]?["earlier"]?.string)
      #expect(earlier.contains("Question: First?\nAnswer: "))
      #expect(earlier.contains("Question: Second?\nAnswer: "))
      // What begins anew was asked like that before, and costs nothing.
      let sent = run.emulator.log.entries.count
      let again = try await ask("First?\n", ["sample.json", "--new", "--json"], run)
      #expect(again.code == .done)
      #expect(try again.json["spentUSD"] == "0")
      #expect(try again.json["turns"]?[0]?["answers"]?[0]?["answers"]?.array?.isEmpty == false)
      #expect(run.emulator.log.entries.count == sent)
    }
  }

  @Test func theLimitHoldsForTheWholeConversation() async throws {
    try await transcribed { run in
      let one = try await ask("One?\n", ["sample.json", "--json"], run)
      let cost = try #require(try one.json["spentUSD"]?.string.flatMap { Decimal(string: $0) })
      let sent = run.emulator.log.entries.count
      // The estimate of a question is some times what it costs.
      let limit = "\(cost * 5)"
      let questions = (1...8).map { "Number \($0)?\n" }.joined()
      let done = try await ask(questions, ["sample.json", "--json", "--cost-limit", limit], run)
      #expect(done.code == .limit, "\(done.output) \(done.errors)")
      let spent = try #require(try done.json["spentUSD"]?.string.flatMap { Decimal(string: $0) })
      #expect(spent > 0 && spent <= cost * 5)
      let asked = run.emulator.log.entries.count - sent
      #expect(asked > 0 && asked < 8)
      let none = try await ask("One more?\n", ["sample.json", "--cost-limit", "0.000001"], run)
      #expect(none.code == .limit)
      #expect(run.emulator.log.entries.count == sent + asked)
    }
  }

  @Test func severalTranscriptsAreFoundByTheirWords() async throws {
    try await transcribed { run in
      try FileManager.default.copyItem(
        atPath: run.folder.path + "/sample.webm",
        toPath: run.folder.path + "/other.webm"
      )
      _ = await run.tabscribe("transcribe", "other.webm", "--start", "1")
      let done = try await ask("What is there?\n", ["--across", "mould", "--json"], run)
      #expect(done.code == .done, "\(done.errors)")
      let answers = try #require(try done.json["turns"]?[0]?["answers"]?.array)
      #expect(Set(answers.map { $0["title"]?.string }) == ["sample.webm", "other.webm"])
      for answer in answers {
        #expect(answer["answers"]?[0]?["citations"]?[0]?["link"]?.string?.contains("#t=") == true)
      }
      // What both rest on is asked once more, and nothing else.
      let together = try #require(try done.json["turns"]?[0]?["together"]?.array)
      let citations = together.flatMap { $0["citations"]?.array ?? [] }
      #expect(!citations.isEmpty)
      let cited = Set(
        answers.flatMap { answer in
          (answer["answers"]?.array ?? []).flatMap { $0["citations"]?.array ?? [] }.map {
            "\(answer["transcript"]?.string ?? "") \($0["row"]?.int ?? -1)"
          }
        }
      )
      for citation in citations {
        let place = "\(citation["transcript"]?.string ?? "") \(citation["row"]?.int ?? -1)"
        #expect(cited.contains(place), "\(place)")
        #expect(citation["match"]?.double == 1)
      }
      let sent = run.emulator.log.answeredGenerationCount
      let shown = try await ask("What is there?\n", ["--across", "mould"], run)
      #expect(run.emulator.log.answeredGenerationCount == sent)
      #expect(shown.output.contains("Together\n") && shown.output.contains("other.webm, "))
      // What was gathered is no transcript that the next command would take for the last.
      let last = await run.tabscribe("export", "last", "-f", "json", "-o", "-")
      #expect(try last.json["source"]?["uri"] == "other.webm")
      let nothing = try await ask("x?\n", ["--across", "zeppelin"], run)
      #expect(nothing.code == .failed)
    }
  }

  @Test func whatIsInventedIsMarked() async throws {
    var options = EmulatorOptions()
    options.seed = 2
    options.scenario = try #require(Scenario.preset(named: "inventions"))
    try await transcribed(options) { run in
      let done = try await ask("What is there?\n", ["sample.json"], run)
      #expect(done.output.contains("no such row"))
      #expect(done.output.contains("% of the words stand so in the row"))
    }
  }

  @Test func badLinesAndBadBeginningsAreTold() async throws {
    try await transcribed { run in
      let sent = run.emulator.log.entries.count
      let long = try await ask(
        String(repeating: "x", count: 5000) + "\n",
        ["sample.json"],
        run
      )
      #expect(long.code == .usage && long.errors.contains("at most 4000 bytes"))
      #expect(run.emulator.log.entries.count == sent)
      #expect(try await ask("", ["sample.json"], run).code == .done)
      for arguments in [[], ["sample.json", "--across", "x"]] {
        #expect(try await ask("Why?\n", arguments, run).code == .usage)
      }
      #expect(try await ask("Why?\n", ["missing.json"], run).code == .failed)
    }
  }

  @Test func aFailureIsToldAndTheNextQuestionIsAsked() async throws {
    var options = EmulatorOptions()
    // The transcription goes through, the first question does not.
    var rule = Scenario.Rule(Fault(.blockedPrompt))
    (rule.skip, rule.times) = (1, 1)
    options.scenario = Scenario(rules: [rule])
    try await transcribed(options) { run in
      let done = try await ask("One?\nTwo?\n", ["sample.json", "--json"], run)
      #expect(try done.json["turns"]?.array?.count == 2, "\(done.output) \(done.errors)")
      #expect(try done.json["turns"]?[1]?["answers"]?.array?.isEmpty == false)
      #expect(done.code != .done)
    }
  }
}
