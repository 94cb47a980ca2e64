import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// What is withheld stands in no file, or there is no file.
@Suite struct WithholdTests {
  private func transcribed(_ body: (EmulatedRun) async throws -> Void) async throws {
    try await EmulatedRun.run { run in
      let done = await run.tabscribe("transcribe", "sample.webm")
      #expect(done.code == .done, "\(done.errors)")
      try await body(run)
    }
  }

  private func files(_ run: EmulatedRun, in folder: String) throws -> [String] {
    let path = run.folder.url.appending(path: folder).path
    return (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
  }

  @Test func redactionsAreLeftOutOfEveryFormat() async throws {
    try await transcribed { run in
      let none = await run.tabscribe(
        "report",
        "sample.json",
        "-o",
        "out",
        "--withhold",
        "redactions"
      )
      #expect(none.code == .failed && none.errors.contains("derive redact sample.json"))
      let done = await run.tabscribe("derive", "redact,quotes", "sample.json", "--json")
      #expect(done.code == .done, "\(done.errors)")
      let table = try #require(try done.json["results"]?[0]?["tables"]?["redactions"])
      let found = try #require(table["rows"]?.array).compactMap { $0[4]?.string }
      #expect(found.count == 6)
      let formats =
        "html,json,txt,md,csv,tsv,xlsx,docx,jsonl,srt,vtt,ass,sbv,ttml,dapt,stm,tei,otr,hyperaudio"
      let export = await run.tabscribe(
        "export",
        "sample.json",
        "-f",
        formats,
        "-o",
        "out",
        "--withhold",
        "redactions",
        "--withhold",
        "speakers"
      )
      #expect(export.code == .done, "\(export.errors)")
      for name in try files(run, in: "out") where !name.hasSuffix("x") {
        let text = try run.folder.text(of: "out/\(name)")
        for words in found + ["Okoye", "Kervadec"] where text.contains(words) {
          Issue.record("\(name) has \(words)")
        }
      }
      #expect(try files(run, in: "out").count > 17)
      let page = try run.folder.text(of: "out/sample.html")
      #expect(page.contains("withheld]") && !page.contains("<video"))
      let printed = await run.tabscribe(
        "export",
        "sample.json",
        "-f",
        "srt",
        "-o",
        "-",
        "--withhold",
        "redactions"
      )
      #expect(printed.code == .done && printed.output.contains("[name withheld]"))
      // Words that were corrected since were not looked through.
      _ = await run.tabscribe("correct", "replace", "sheets", "leaves", "sample.json", "--yes")
      let old = await run.tabscribe(
        "export",
        "sample.json",
        "-f",
        "vtt",
        "-o",
        "new",
        "--withhold",
        "redactions"
      )
      #expect(old.code == .failed && old.errors.contains("other words"))
      #expect(try files(run, in: "new").isEmpty)
    }
  }

  @Test func aFileNamesWordsAndRows() async throws {
    try await transcribed { run in
      try run.folder.write("customs house\n#2-3\n", to: "list.txt")
      let report = await run.tabscribe(
        "report",
        "sample.json",
        "-o",
        "out",
        "--withhold",
        "list.txt"
      )
      #expect(report.code == .done, "\(report.errors)")
      let page = try run.folder.text(of: "out/sample.html")
      #expect(page.contains("[text withheld]") && !page.contains("customs house"))
      #expect(page.matches(of: /\[passage withheld\]/).count >= 2)
      try run.folder.write("#0\n", to: "bad.txt")
      let bad = await run.tabscribe("report", "sample.json", "-o", "o", "--withhold", "bad.txt")
      #expect(bad.code == .usage)
      let bundle = await run.tabscribe(
        "export",
        "sample.json",
        "--bundle",
        "b",
        "--copy-media",
        "--withhold",
        "speakers"
      )
      #expect(bundle.code == .usage && bundle.errors.contains("--copy-media exclude each other"))
    }
  }

  @Test func wordsThatFilesBringTogetherAreFoundAndNothingIsLeft() async throws {
    try await EmulatedRun.run { run in
      let rows = ["Tomas", "the younger", "Okoye is my name"].enumerated()
      let lines = rows.map { "00:00:0\($0 + 1) Ada: \($1)" }.joined(separator: "\n")
      try run.folder.write(lines + "\n", to: "talk.txt")
      let imported = await run.tabscribe("import", "talk.txt")
      #expect(imported.code == .done, "\(imported.errors)")
      // Three rows have it, and no row or two.
      try run.folder.write("Tomas the younger Okoye\n", to: "list.txt")
      let words = ["export", "last", "-o", "out", "--withhold", "list.txt", "-f"]
      let apart = await run.tabscribe(words + ["vtt"])
      #expect(apart.code == .done, "\(apart.errors)")
      let together = await run.tabscribe(words + ["srt,tei"])
      #expect(together.code == .failed)
      #expect(together.errors.contains("would still have \"Tomas the younger Okoye\""))
      #expect(try files(run, in: "out") == ["talk.vtt"])
    }
  }

  @Test func whatIsWithheldOnceStaysSoEverywhere() async throws {
    try await transcribed { run in
      let kept = await run.tabscribe("correct", "withhold", "last", "drawer", "#2", "Zanzibar")
      #expect(kept.code == .done && kept.errors.contains("\"Zanzibar\" stands nowhere"))
      let list = await run.tabscribe("correct", "list", "last", "--json")
      #expect(
        try list.json["corrections"]?.array?.map { $0["kind"]?.string } == [
          "withhold", "withhold", "withhold",
        ]
      )
      // Searches, files, bundles, comparisons and what recipes are sent.
      let search = await run.tabscribe("search", "drawer", "--json")
      #expect(try search.json["hits"]?.array?.isEmpty != false, "\(search.output)")
      let formats = "html,json,txt,srt,vtt,csv,docx,xlsx,jsonl,tei,ohms"
      let bag = await run.tabscribe("export", "last", "-f", formats, "--bundle", "bag")
      #expect(bag.code == .done, "\(bag.errors)")
      for name in try files(run, in: "bag/data") where !name.hasSuffix("x") {
        let text = try run.folder.text(of: "bag/data/\(name)")
        #expect(!text.contains("drawer") && !text.contains("ninety-four"), "\(name)")
        if name.hasPrefix("sample") { #expect(text.contains("[passage withheld]"), "\(name)") }
      }
      let compared = await run.tabscribe("compare", "last", "last", "--json")
      #expect(compared.code == .done && !compared.output.contains("drawer"))
      let derived = await run.tabscribe("derive", "summary", "last", "--dry-run")
      #expect(derived.output.contains("[passage withheld]") && !derived.output.contains("drawer"))
      // What would give it away all the same is refused.
      for option in [["--machine"], ["--bundle", "more", "--copy-media"]] {
        let telling = await run.tabscribe(["export", "last", "-f", "srt", "-o", "out"] + option)
        #expect(telling.code == .usage)
      }
      // A later run of the recording keeps it, in its report, too.
      let again = await run.tabscribe("transcribe", "sample.webm", "-p", "baseline", "-o", "again")
      #expect(again.code == .done, "\(again.errors)")
      #expect(try !run.folder.text(of: "again/sample.html").contains("drawer"))
      #expect(try run.folder.text(of: "again/sample.json").contains("drawer"))
      let undone = await run.tabscribe("correct", "undo", "last", "w1")
      #expect(undone.code == .done)
      let found = await run.tabscribe("search", "drawer", "--json")
      #expect(try found.json["hits"]?.array?.count == 1, "\(found.output)")
    }
  }

  @Test func nothingGoesOutWhereItIsNotKnownWhatIsWithheld() async throws {
    try await transcribed { run in
      #expect(try run.folder.text(of: "sample.html").contains("Okoye"))
      let kept = await run.tabscribe("correct", "withhold", "sample.json", "redactions")
      #expect(kept.code == .done && kept.errors.contains("sample.html was taken away"))
      #expect(try !files(run, in: ".").contains("sample.html"))
      let exported = await run.tabscribe("export", "sample.json", "-f", "txt", "-o", "out")
      #expect(exported.code == .failed && exported.errors.contains("derive redact sample.json"))
      let read = await run.tabscribe("runs", "stats", "sample.json")
      #expect(read.code == .failed)
      // The recipe that finds out may see it.
      let derived = await run.tabscribe("derive", "redact", "sample.json")
      #expect(derived.code == .done, "\(derived.errors)")
      let second = await run.tabscribe("export", "sample.json", "-f", "txt", "-o", "out")
      #expect(second.code == .done, "\(second.errors)")
      #expect(try run.folder.text(of: "out/sample.txt").contains("[name withheld]"))
      // Rows that are there no more, as after another import of the file.
      let text = try run.folder.text(of: "sample.json")
      let other = text.replacing(
        "\"all\":\"redactions\"",
        with: "\"rows\":[{\"row\":400,\"startMS\":9000000}]"
      )
      #expect(other != text)
      try run.folder.write(other, to: "other.json")
      let unplaced = await run.tabscribe("report", "other.json", "-o", "out")
      #expect(unplaced.code == .failed && unplaced.errors.contains("correct list other.json"))
    }
  }

  @Test func whatWouldTellIsNotLeftInPlace() async throws {
    try await transcribed { run in
      // The name of the file tells.
      try run.folder.write("sample\n", to: "list.txt")
      let named = await run.tabscribe(
        "export",
        "sample.json",
        "-f",
        "vtt",
        "-o",
        "out",
        "--withhold",
        "list.txt"
      )
      #expect(named.code == .failed && named.errors.contains("another name"))
      // The prompt's name stands in each file, and is no text of the transcript.
      let text = try run.folder.text(of: "sample.json")
      try run.folder.write(
        text.replacing("\"tool\": \"tabscribe", with: "\"tool\": \"Zanzibar tabscribe"),
        to: "other.json"
      )
      try run.folder.write("Zanzibar\n", to: "list.txt")
      let usual = await run.tabscribe(
        "export",
        "other.json",
        "-f",
        "json",
        "-o",
        "out",
        "--withhold",
        "list.txt"
      )
      #expect(usual.code == .done, "\(usual.errors)")
    }
  }
}
