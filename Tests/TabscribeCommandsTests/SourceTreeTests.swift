import CommandLineInterface
import EmbeddedLibrary
import Foundation
import GeminiEmulation
import OrderedJSON
import Testing
import TranscriptionRuns

@testable import TabscribeCommands

/// A tree of recordings goes in, a tree of results comes out, and what cannot be used is a list.
@Suite struct SourceTreeTests {
  /// Recordings in folders, each with other contents, and some files that are none.
  private static func tree(
    good: [String],
    bad: [String: String] = ["in/empty.mp4": "", "in/page.mp4": "<html>not found"]
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let sample = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    for (number, path) in good.enumerated() {
      try folder.write("", to: path)
      let bytes = Data(sample.bytes) + Data(repeating: 0, count: number)
      try bytes.write(to: folder.url.appending(path: path))
    }
    for (path, text) in bad { try folder.write(text, to: path) }
    return folder
  }

  private static func files(_ folder: TemporaryFolder, in name: String) throws -> [String] {
    let root = folder.url.appending(path: name).path
    return try FileManager.default.subpathsOfDirectory(atPath: root)
      .filter { $0.hasSuffix(".json") }.sorted()
  }

  @Test func badSourcesAreAListAndTheOthersAreDone() async throws {
    let good = ["in/1999/interview.webm", "in/2001/interview.webm", "in/2001/b/会議.webm"]
    let folder = try Self.tree(good: good)
    try await EmulatedRun.run(in: folder) { run in
      let first = await run.tabscribe("transcribe", "in", "-o", "out", "-f", "json", "--json")
      #expect(first.code == .incomplete)
      let results = try first.json["results"]?.array ?? []
      let failed = results.filter { $0["error"] != nil }
      #expect(failed.compactMap { $0["source"]?.string } == ["in/empty.mp4", "in/page.mp4"])
      #expect(results.count { $0["complete"] == true } == 3)
      #expect(first.errors.contains("is empty"))
      #expect(first.errors.contains("Convert it to"))
      let written = ["1999/interview.json", "2001/b/会議.json", "2001/interview.json"]
      #expect(try Self.files(folder, in: "out") == written)
      let again = await run.tabscribe("transcribe", "in", "-o", "out", "-f", "json")
      #expect(again.errors.contains("3 done before · 2 failed"), "\(again.errors)")
      #expect(try Self.files(folder, in: "out") == written)
    }
  }

  @Test(
    "what cannot be used is called as the user called it",
    arguments: [
      ["plan", "nosuch.mp4", "also.mp4"], ["plan", "nosuch.mp4"],
      ["transcribe", "nosuch.mp4", "also.mp4"], ["batch", "submit", "nosuch.mp4", "also.mp4"],
      ["lab", "run", "lab.yaml"],
    ]
  )
  func aSourceThatIsRefusedIsCalledAsTheUserCalledIt(words: [String]) async throws {
    let folder = try TemporaryFolder()
    try folder.write("videos: [nosuch.mp4]\nvariants: [transcribe]\n", to: "lab.yaml")
    try await EmulatedRun.run(in: folder) { run in
      let refused = await run.tabscribe(words)
      #expect(refused.errors.contains("error: nosuch.mp4 cannot be found"), "\(refused.errors)")
      #expect(!refused.errors.contains(folder.path), "\(refused.errors)")
    }
  }

  @Test func onlyBadSourcesAreAFailure() async throws {
    let folder = try Self.tree(good: [])
    let plain = await CommandRun.tabscribe(["plan", "in/empty.mp4"], in: folder)
    #expect(plain.code == .usage)
    try await EmulatedRun.run(in: folder) { run in
      let transcribed = await run.tabscribe("transcribe", "in")
      #expect(transcribed.code == .failed)
      let planned = await run.tabscribe("plan", "in")
      #expect(planned.code == .failed)
      #expect(run.emulator.log.entries.isEmpty)
    }
  }

  @Test func aSourceThatIsNotThereDoesNotStopTheOthers() async throws {
    let folder = try Self.tree(good: ["a.webm"], bad: [:])
    try await EmulatedRun.run(in: folder) { run in
      let plan = await run.tabscribe("plan", "none.webm", "no*.mp4", "a.webm", "--json")
      #expect(plan.code == .incomplete)
      let refused = try plan.json["refused"]?.array ?? []
      #expect(Set(refused.compactMap { $0["source"]?.string }) == ["none.webm", "no*.mp4"])
      #expect(try plan.json["requests"]?.array?.count == 1)
    }
  }

  @Test func aLinkThatLeadsNowhereIsASourceThatFailed() async throws {
    let folder = try Self.tree(good: ["in/a.webm"], bad: [:])
    for name in ["in/gone.mp4", "in/notes"] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.url.appending(path: name).path,
        withDestinationPath: "/nowhere/gone.mp4"
      )
    }
    let plan = await CommandRun.tabscribe(["plan", "in", "--json"], in: folder)
    #expect(plan.code == .incomplete)
    let refused = try plan.json["refused"]?.array ?? []
    #expect(refused.compactMap { $0["source"]?.string } == ["in/gone.mp4"])
  }

  @Test func maxFailuresCountsWhatCannotBeUsed() async throws {
    let folder = try Self.tree(good: ["in/a.webm"])
    try await EmulatedRun.run(in: folder) { run in
      let stopped = await run.tabscribe("transcribe", "in", "--max-failures", "2")
      #expect(stopped.code == .failed)
      #expect(stopped.errors.contains("nothing was sent"))
      #expect(run.emulator.log.entries.isEmpty)
      let allowed = await run.tabscribe("transcribe", "in", "--max-failures", "3")
      #expect(allowed.code == .incomplete)
    }
  }

  @Test func resultsAreNeverCalledAlike() async throws {
    let folder = try Self.tree(
      good: ["in/a.webm", "in/A.mkv", "in/b/a.webm", "other/a.webm"],
      bad: [:]
    )
    try await EmulatedRun.run(in: folder) { run in
      let first = await run.tabscribe("transcribe", "in", "other", "-o", "out", "-f", "json")
      #expect(first.code == .done, "\(first.errors)")
      let files = try Self.files(folder, in: "out")
      #expect(files.count == 4)
      #expect(files.contains("b/a.json"))
      #expect(files.contains("A-mkv.json"))
    }
  }

  /// Names are cut at the end, where these differ.
  @Test func longNamesAreNotTakenForOneAnother() async throws {
    let long = String(repeating: "会議", count: 35)
    let folder = try Self.tree(good: ["\(long)-1.webm", "\(long)-2.webm"], bad: [:])
    try await EmulatedRun.run(in: folder) { run in
      let cases: [([String], Int)] = [([], 2), (["-p", "transcribe", "-p", "sounds"], 4)]
      for (options, count) in cases {
        let output = "out\(count)"
        let done = await run.tabscribe(
          ["transcribe", "\(long)-1.webm", "\(long)-2.webm", "-o", output, "-f", "json", "--force"]
            + options
        )
        #expect(done.code == .done, "\(done.errors)")
        let files = try Self.files(folder, in: output)
        #expect(files.count == count, "\(files)")
      }
    }
  }

  @Test func namesFollowATemplate() async throws {
    let folder = try Self.tree(good: ["in/x/a.webm", "in/y.webm"], bad: [:])
    try await EmulatedRun.run(in: folder) { run in
      for (template, names) in [
        ("{n}-{stem}-{prompt}", ["2-y-transcribe.json", "x/1-a-transcribe.json"]),
        ("{prompt}/{folder}/{stem}", ["transcribe/x/a.json", "transcribe/y.json"]),
        ("../{stem}", ["x/a.json", "y.json"]),
      ] {
        let output = "out-" + FileStem.cleaned(template)
        let done = await run.tabscribe(
          ["transcribe", "in", "--name", template, "-o", output, "-f", "json", "-p", "transcribe"]
        )
        #expect(done.code == .done, "\(done.errors)")
        let files = try Self.files(folder, in: output)
        #expect(files == names || template.hasPrefix(".."), "\(files)")
        #expect(files.allSatisfy { !$0.contains("..") })
      }
      let wrong = await run.tabscribe("transcribe", "in", "--name", "{stm}")
      #expect(wrong.code == .usage)
      #expect(wrong.errors.contains("Did you mean stem?"))
    }
  }

  @Test func aListSaysWhereResultsGoAndWhatTheyAreCalled() async throws {
    let folder = try Self.tree(good: ["a.webm", "b.webm", "c.webm"], bad: [:])
    try folder.write(
      "source,name,output-dir\na.webm,{n}-opening,\nb.webm,,talks/day 1\nc.webm,x/{stem},talks\n",
      to: "list.csv"
    )
    try await EmulatedRun.run(in: folder) { run in
      let done = await run.tabscribe("transcribe", "list.csv", "-o", "out", "-f", "json")
      #expect(done.code == .done, "\(done.errors)")
      let names = ["1-opening.json", "talks/day 1/b.json", "talks/x/c.json"]
      #expect(try Self.files(folder, in: "out") == names)
      let again = await run.tabscribe("transcribe", "list.csv", "-o", "out", "-f", "json")
      #expect(again.errors.contains("3 done before"), "\(again.errors)")
      // What only plans passes over where results would go.
      let plan = await run.tabscribe("plan", "list.csv")
      #expect(plan.code == .done)
      try folder.write("source,name\na.webm,{stm}\n", to: "wrong.csv")
      let wrong = await run.tabscribe("transcribe", "wrong.csv")
      #expect(wrong.code == .usage)
      #expect(
        wrong.errors.contains("wrong.csv") && wrong.errors.contains("{stem}"),
        "\(wrong.errors)"
      )
    }
  }

  @Test func listsArePlainTextsToo() async throws {
    let folder = try Self.tree(good: ["a.webm", "talks/b.webm"], bad: [:])
    try folder.write("# mine\r\n\r\n  a.webm\r\ntalks/b.webm\r\n", to: "list.txt")
    let plan = await CommandRun.tabscribe(["plan", "list.txt", "--json"], in: folder)
    #expect(plan.code == .done, "\(plan.errors)")
    let sources = try plan.json["requests"]?.array?.compactMap { $0["source"]?.string }
    #expect(Set(sources ?? []) == ["a.webm", "talks/b.webm"])
  }

  @Test func twoStarsStandForAnyFolders() throws {
    let folder = try Self.tree(
      good: ["in/a.webm", "in/x/b.webm", "in/x/y/c.webm", "in/x/y/d.mkv"],
      bad: ["in/x/.hidden.webm": "", "in/.git/e.webm": ""]
    )
    let context = CommandContext(
      standardOutput: TextBuffer(),
      standardError: TextBuffer(),
      environment: [:],
      workingFolder: folder.path
    )
    let expansion = SourceExpansion(place: context.workplace, options: [])
    for (pattern, found) in [
      ("in/**/*.webm", ["in/a.webm", "in/x/b.webm", "in/x/y/c.webm"]),
      ("**/y/*", ["in/x/y/c.webm", "in/x/y/d.mkv"]),
      ("in/x/**", ["in/x/b.webm", "in/x/y/c.webm", "in/x/y/d.mkv"]),
    ] {
      #expect(try expansion.sources([pattern]).sources.map(\.spelling) == found, "\(pattern)")
    }
    #expect(throws: Refusal.self) { try expansion.sources(["in/**/*.mp3"]) }
  }
}
