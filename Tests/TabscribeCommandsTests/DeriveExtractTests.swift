import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// A row of each transcript, and answers held against their options.
@Suite struct DeriveExtractTests {
  private func transcribed(_ body: (EmulatedRun) async throws -> Void) async throws {
    try await EmulatedRun.run { run in
      let done = await run.tabscribe("transcribe", "sample.webm")
      #expect(done.code == .done, "\(done.errors)")
      try await body(run)
    }
  }

  private static let columns = """
    {
      "title": "talk", "type": "object",
      "properties": {
        "host": { "type": "string", "description": "who leads through it" },
        "mood": { "type": "string", "enum": ["calm", "angry"] }
      }
    }
    """

  @Test func aFolderOfTranscriptsBecomesOneTable() async throws {
    try await transcribed { run in
      let folder = run.folder.url.appending(path: "talks")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let text = try run.folder.text(of: "sample.json")
      try run.folder.write(text, to: "talks/a, b.json")
      try run.folder.write(text.replacing("Mould", with: "Mold"), to: "talks/b.json")
      try run.folder.write("{}", to: "talks/c.json")
      try run.folder.write(Self.columns, to: "talk.json")
      let words = ["extract", "talks", "--schema", "./talk.json", "--to-csv", "all.csv"]
      let dry = await run.tabscribe(["derive"] + words + ["--dry-run"])
      #expect(dry.output.contains("`host`: who leads through it"), "\(dry.errors)")
      #expect(dry.output.contains("`mood`: one of `calm`, `angry`"))
      let done = await run.tabscribe(["derive"] + words)
      #expect(done.code == .incomplete, "\(done.errors)")
      #expect(done.errors.contains("No row about talks/c.json."))
      let lines = try run.folder.text(of: "all.csv").split(separator: "\r\n")
      #expect(lines.count == 4)
      #expect(lines[0] == "transcript,host,mood")
      #expect(lines[1].hasPrefix("\"talks/a, b.json\",") && lines[1].hasSuffix(",calm"))
      #expect(lines[2].hasPrefix("talks/b.json,"))
      #expect(lines[3] == "talks/c.json,,")
      let derived = try JSONValue(parsing: run.folder.text(of: "talks/b.json"))["derived"]?[0]
      #expect(derived?["tables"]?["talk"]?["rows"]?.array?.count == 1)
      #expect(derived?["findings"]?.array?.isEmpty == true)
      // Again costs nothing, and replaces the table; anything else is left alone.
      let count = run.emulator.log.entries.count
      let again = await run.tabscribe(["derive"] + words)
      #expect(again.code == .incomplete)
      #expect(run.emulator.log.entries.count == count)
      let other = await run.tabscribe("derive", "extract", "talks", "--to-csv", "talk.json")
      #expect(other.code == .usage && other.errors.contains("is no table that --to-csv wrote"))
      let several = await run.tabscribe("derive", "tags,quotes", "talks", "--to-csv", "x.csv")
      #expect(several.code == .usage)
    }
  }

  @Test func anotherSchemaIsKeptWithABatchAndOnlyOneRecipeTakesIt() async throws {
    try await transcribed { run in
      try run.folder.write(Self.columns, to: "talk.json")
      let words = ["derive", "extract", "sample.json", "--schema", "./talk.json", "--batch"]
      let submit = await run.tabscribe(words + ["--json"])
      #expect(submit.code == .done, "\(submit.errors)")
      let id = try #require(try submit.json["batches"]?[0]?["id"]?.string)
      let fetch = await run.tabscribe("batch", "fetch", id, "--wait")
      #expect(fetch.code == .done, "\(fetch.errors)")
      let derived = try JSONValue(parsing: run.folder.text(of: "sample.json"))["derived"]?[0]
      #expect(derived?["tables"]?["talk"]?["columns"] == ["host", "mood"])
      let two = await run.tabscribe("derive", "tags,quotes", "sample.json", "--schema", "profile")
      #expect(two.code == .usage && two.errors.contains("--schema is for one recipe"))
    }
  }

  @Test func aQuestionFileHasOptionsAndFormats() async throws {
    try await transcribed { run in
      let questions = """
        - Who hosts the evening?
        - question: Are the sheets damp?
          context: The sheets of the tide gauge.
          options: [yes, no]
        - {question: When was it built?, format: a year}
        """
      try run.folder.write(questions, to: "questions.yaml")
      let dry = await run.tabscribe(
        "derive",
        "ask",
        "sample.json",
        "--input",
        "questions.yaml",
        "--dry-run"
      )
      #expect(dry.code == .done, "\(dry.errors)")
      let line = "Are the sheets damp? (context: The sheets of the tide gauge.) [one of: yes | no]"
      #expect(dry.output.contains(line))
      #expect(dry.output.contains("When was it built? (answer: a year)"))
      // The emulator answers something, and numbers as it likes: neither passes.
      let done = await run.tabscribe(
        "derive",
        "ask",
        "sample.json",
        "--input",
        "questions.yaml",
        "--json"
      )
      let codes = try done.json["results"]?[0]?["findings"]?.array?.compactMap {
        $0["code"]?.string
      }
      #expect(!Set(codes ?? []).isDisjoint(with: ["answer-outside", "question-unknown"]))
      try run.folder.write("- {question: Why?, option: [a]}\n", to: "bad.yaml")
      let bad = await run.tabscribe("derive", "ask", "sample.json", "--input", "bad.yaml")
      #expect(bad.code == .usage)
      #expect(bad.errors.contains("bad.yaml, line 1: a question has no key \"option\""))
      #expect(bad.errors.contains("Did you mean options?"))
    }
  }

  @Test func summariesComeInThreeLengths() async throws {
    try await transcribed { run in
      for (style, words) in [("short", "in one sentence"), ("bullets", "five to twelve points")] {
        let dry = await run.tabscribe(
          "derive",
          "summary",
          "sample.json",
          "--param",
          "style=\(style)",
          "--dry-run"
        )
        #expect(dry.output.contains(words), "\(dry.errors)")
        #expect(!dry.output.contains("three to eight sentences"))
      }
      let long = await run.tabscribe(
        "derive",
        "summary",
        "sample.json",
        "--param",
        "style=long",
        "--dry-run"
      )
      #expect(long.code != .done && long.errors.contains("bullets"))
    }
  }

  @Test func proposedNamesBecomeCorrections() async throws {
    try await transcribed { run in
      let none = await run.tabscribe("correct", "names", "sample.json")
      #expect(none.code == .usage && none.errors.contains("derive rename-speakers sample.json"))
      let done = await run.tabscribe("derive", "rename-speakers", "sample.json")
      #expect(done.code == .done, "\(done.errors)")
      var text = try run.folder.text(of: "sample.json")
      let names = try #require(JSONValue(parsing: text)["derived"]?[0]?["tables"]?["names"])
      #expect(names["columns"] == ["row", "start", "speaker", "name", "text", "match"])
      let speaker = try #require(names["rows"]?[0]?[2]?.string)
      // The emulator proposes the names that are there: another one is put in its place.
      let row = try #require(names["rows"]?[0])
      var cells = try #require(row.array)
      cells[3] = "Tom Okoye"
      text = text.replacing(row.rendered(), with: JSONValue.array(cells).rendered())
      #expect(text.contains("Tom Okoye"))
      try run.folder.write(text, to: "sample.json")
      let shown = await run.tabscribe("correct", "names", "sample.json")
      #expect(shown.code == .done, "\(shown.errors)")
      #expect(shown.output.contains("Tom Okoye") && shown.output.contains("--yes makes them"))
      #expect(try run.folder.text(of: "sample.json") == text)
      let made = await run.tabscribe("correct", "names", "sample.json", "--yes")
      #expect(made.code == .done, "\(made.errors)")
      let srt = await run.tabscribe("export", "sample.json", "-f", "srt", "-o", "-")
      #expect(srt.output.contains("Tom Okoye") && !srt.output.contains(speaker))
    }
  }
}
