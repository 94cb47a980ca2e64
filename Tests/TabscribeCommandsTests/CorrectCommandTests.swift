internal import CommandLineInterface
import Foundation
internal import HostSystem
internal import OrderedJSON
import Testing
internal import TranscriptModel

@Suite struct CorrectCommandTests {
  let folder: TemporaryFolder
  private static let date = "2026-03-12T18:04:00Z"
  private static let spelling: JSONValue = [
    "id": "c1", "at": .string(date), "kind": "text", "row": 0, "startMS": 1000,
    "before": "Good evning.", "after": "Good evening.",
  ]
  private static let check: JSONValue = [
    "id": "c2", "at": .string(date), "kind": "checked", "row": 1, "checked": true,
  ]
  private static let stale: JSONValue = [
    "id": "c3", "at": .string(date), "kind": "text", "row": 1, "startMS": 3000,
    "before": "Thanks.", "after": "x",
  ]

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(SavedTranscript.text(), to: "talk.json")
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(["correct"] + arguments, in: folder)
  }

  private var document: TranscriptDocument {
    get throws {
      try TranscriptDocument(json: JSONValue(parsing: folder.text(of: "talk.json")))
    }
  }

  private func save(_ corrections: [JSONValue], to name: String = "fixes.json") throws {
    let file = CorrectionsFile(for: try document, corrections: corrections)
    try folder.write(file.json.rendered(.pretty), to: name)
  }

  @Test func whatAppliesIsKeptAndWhatDoesNotIsReported() async throws {
    try save([Self.spelling, Self.stale, Self.check])
    let run = await run("apply", "fixes.json", "talk.json", "--json")
    #expect(run.code == .incomplete)
    let json = try run.json
    #expect(json["applied"] == ["c1", "c2"])
    #expect(json["problems"]?[0]?["id"] == "c3")
    #expect(json["problems"]?[0]?["code"] == "before-differs")
    #expect(json["checkedRows"] == 1)
    #expect(json["rows"] == 2)
    let text = try document.corrected.transcript.segments.map(\.text)
    #expect(text == ["Good evening.", "Thank you."])
    #expect(try document.transcript.segments[0].text == "Good evning.")
  }

  @Test func aTitleIsSetListedExportedAndTakenBack() async throws {
    #expect(await run("title", "talk.json", "The  tide", "drawer").code == .done)
    #expect(try document.corrected.title == "The tide drawer")
    let list = await run("list", "talk.json")
    #expect(list.output.contains("title: ? → \"The tide drawer\""))
    let exported = await CommandRun.tabscribe(
      ["export", "talk.json", "-f", "md", "--force"],
      in: folder
    )
    #expect(exported.code == .done)
    #expect(try folder.text(of: "talk.md").contains("The tide drawer"))
    let report = await CommandRun.tabscribe(["report", "talk.json", "--force"], in: folder)
    #expect(report.code == .done)
    #expect(try folder.text(of: "talk.html").contains("<title>The tide drawer: transcript</title>"))
    #expect(
      try await run("title", "talk.json", "The tide drawer", "--json").json["changed"] == false
    )
    #expect(await run("title", "talk.json").code == .done)
    #expect(try document.corrected.title == nil)
    #expect(await run("undo", "talk.json", "--last").code == .done)
    #expect(try document.corrected.title == "The tide drawer")
    let withheld = await run("withhold", "talk.json", "tide")
    #expect(withheld.code == .done)
    #expect(
      await CommandRun.tabscribe(["report", "talk.json", "--force"], in: folder).code == .done
    )
    #expect(try !folder.text(of: "talk.html").contains("tide drawer"))
  }

  @Test func applyingTwiceChangesNothing() async throws {
    try save([Self.spelling, Self.check])
    #expect(await run("apply", "fixes.json", "talk.json").code == .done)
    let first = try folder.text(of: "talk.json")
    let again = await run("apply", "fixes.json", "talk.json")
    #expect(again.code == .done)
    #expect(again.output.contains("0 applied, 2 there already"))
    #expect(try folder.text(of: "talk.json") == first)
  }

  @Test func theWorkOfTwoPeopleGoesTogether() async throws {
    try save([Self.spelling])
    var other = try #require(Self.check.object)
    other["id"] = "c1"
    try save([.object(other)], to: "other.json")
    #expect(await run("apply", "fixes.json", "talk.json").code == .done)
    let second = await run("apply", "other.json", "talk.json", "--json")
    #expect(try second.json["applied"]?.array?.count == 1)
    #expect(try document.corrected.checkedRowCount == 1)
    #expect(Set(try document.corrections.compactMap { $0["id"]?.string }).count == 2)
  }

  @Test func membersOfALaterVersionStayInTheFile() async throws {
    try save([Self.check])
    #expect(await run("apply", "fixes.json", "talk.json").code == .done)
    let json = try JSONValue(parsing: folder.text(of: "talk.json"))
    #expect(json["later"]?.rendered() == #"{"kept":[1.50]}"#)
  }

  @Test func aReportBesideIsMadeAnew() async throws {
    try save([Self.check])
    #expect(await run("apply", "fixes.json", "talk.json").output.contains("talk.html") == false)
    try folder.write("old", to: "talk.html")
    #expect(await run("undo", "talk.json", "c2").output.contains("talk.html"))
    #expect(try folder.text(of: "talk.html").contains("Thank you."))
    #expect(folder.names == ["fixes.json", "talk.html", "talk.json"])
  }

  @Test func exportsShowTheCorrectedTextOrTheMachines() async throws {
    try save([Self.spelling])
    _ = await run("apply", "fixes.json", "talk.json")
    let export = ["export", "talk.json", "-f", "txt", "-o", "-"]
    #expect(await CommandRun.tabscribe(export, in: folder).output.contains("evening"))
    let machine = await CommandRun.tabscribe(export + ["--machine"], in: folder)
    #expect(machine.output.contains("evning"))
  }

  @Test func correctionsOfAnotherRunAreFoundAgain() async throws {
    try save([Self.spelling, Self.check])
    let moved = SavedTranscript.text(secondStart: 3500, run: "r2")
      .replacing(#""row": 0, "startMS": 1000"#, with: #""row": 4, "startMS": 1200"#)
    try folder.write(moved, to: "talk.json")
    let run = await run("apply", "fixes.json", "talk.json", "--json")
    #expect(run.code == .done)
    #expect(run.errors.contains("r1"))
    #expect(try run.json["moved"] == [["id": "c1", "row": 0, "newRow": 4]])
  }

  @Test func correctionsOfAnotherVideoAreRefused() async throws {
    let other = SavedTranscript.text(secondStart: 2000).replacing("talk", with: "film")
    try folder.write(other, to: "film.json")
    try save([Self.spelling])
    let refused = await run("apply", "fixes.json", "film.json")
    #expect(refused.code == .failed)
    #expect(refused.errors.contains("media/talk.mp4") && refused.errors.contains("media/film.mp4"))
    #expect(try folder.text(of: "film.json") == other)
    #expect(await run("apply", "fixes.json", "film.json", "--force").code == .done)
  }

  @Test func filesInTheWrongOrderAndNewerFilesAreExplained() async throws {
    try save([Self.spelling])
    let swapped = await run("apply", "talk.json", "fixes.json")
    #expect(swapped.code == .failed)
    #expect(swapped.errors.contains("The corrections come first"))
    let newer = try folder.text(of: "fixes.json").replacing(
      #""tabscribeCorrections": 1"#,
      with: #""tabscribeCorrections": 2"#
    )
    try folder.write(newer, to: "newer.json")
    let run = await run("apply", "newer.json", "talk.json")
    #expect(run.code == .failed)
    #expect(run.errors.contains("version 2"))
  }

  @Test func aListSaysWhatEachReplaces() async throws {
    try save([Self.spelling, Self.check])
    _ = await run("apply", "fixes.json", "talk.json")
    let run = await run("list", "talk.json")
    #expect(run.code == .done)
    #expect(run.output.contains(#"row 1: "Good evning." → "Good evening.""#))
    #expect(run.output.contains("1 of 2 rows checked."))
    let json = try await self.run("list", "talk.json", "--json").json
    #expect(json["corrections"] == [Self.spelling, Self.check])
  }

  @Test func whatOthersBuildOnIsTakenBackTogetherWithThem() async throws {
    var second = try #require(Self.spelling.object)
    second["id"] = "c2"
    second["before"] = "Good evening."
    second["after"] = "Good night."
    try save([Self.spelling, .object(second)])
    _ = await run("apply", "fixes.json", "talk.json")
    let before = try folder.text(of: "talk.json")
    let refused = await run("undo", "talk.json", "c1")
    #expect(refused.code == .failed)
    #expect(refused.errors.contains("c2"))
    #expect(try folder.text(of: "talk.json") == before)
    #expect(await run("undo", "talk.json", "c1", "c2").code == .done)
    #expect(try document.corrections.isEmpty)
  }

  @Test func undoWantsToBeToldWhat() async throws {
    #expect(await run("undo", "talk.json").code == .usage)
    #expect(await run("undo", "talk.json", "--last").errors.contains("no corrections"))
    try save([Self.check])
    _ = await run("apply", "fixes.json", "talk.json")
    #expect(await run("undo", "talk.json", "c9").errors.contains("c9"))
    #expect(await run("undo", "talk.json", "c2", "--last").code == .usage)
    #expect(await run("undo", "talk.json", "--last").code == .done)
  }

  private static func check(_ number: Int) -> JSONValue {
    [
      "id": .string("k\(number)"), "at": .string(date), "kind": "checked",
      "row": .init(number % 2), "checked": true,
    ]
  }

  @Test func correctionsAppliedAtOnceAreAllKept() async throws {
    for number in 0..<8 { try save([Self.check(number)], to: "fix\(number).json") }
    try folder.write("old", to: "talk.html")
    await withTaskGroup(of: ExitCode.self) { group in
      for number in 0..<8 {
        group.addTask { await run("apply", "fix\(number).json", "talk.json").code }
      }
      for await code in group { #expect(code == .done) }
    }
    let ids = Set(try document.corrections.compactMap { $0["id"]?.string })
    #expect(ids == Set((0..<8).map { "k\($0)" }))
    #expect(!folder.names.contains { $0.hasPrefix(".") })
    await withTaskGroup(of: ExitCode.self) { group in
      for number in 0..<6 { group.addTask { await run("undo", "talk.json", "k\(number)").code } }
      for await code in group { #expect(code == .done) }
    }
    #expect(Set(try document.corrections.compactMap { $0["id"]?.string }) == ["k6", "k7"])
  }

  @Test func aFileKeepsItsPermissionsItsLinksAndItsOtherNames() async throws {
    try save([Self.check(0)])
    try save([Self.check(1)], to: "second.json")
    let manager = FileManager.default
    try manager.createDirectory(
      at: folder.url.appending(path: "real"),
      withIntermediateDirectories: true
    )
    try manager.moveItem(atPath: folder.path + "/talk.json", toPath: folder.path + "/real/t.json")
    try manager.createSymbolicLink(
      atPath: folder.path + "/talk.json",
      withDestinationPath: "real/t.json"
    )
    chmod(folder.path + "/real/t.json", 0o640)
    #expect(await run("apply", "fixes.json", "talk.json").code == .done)
    let link = try manager.destinationOfSymbolicLink(atPath: folder.path + "/talk.json")
    #expect(link == "real/t.json")
    #expect(try document.corrections.count == 1)
    try manager.linkItem(atPath: folder.path + "/real/t.json", toPath: folder.path + "/other.json")
    #expect(await run("apply", "second.json", "talk.json").code == .done)
    #expect(try document.corrections.count == 2)
    #expect(try folder.text(of: "other.json") == folder.text(of: "real/t.json"))
    let facts = try manager.attributesOfItem(atPath: folder.path + "/real/t.json")
    #expect(facts[.posixPermissions] as? Int == 0o640)
    #expect(folder.names == ["fixes.json", "other.json", "real", "second.json", "talk.json"])
  }

  @Test(.enabled(if: getuid() == 0, "only root may give a file away"))
  func aFileStaysItsOwners() async throws {
    try save([Self.check(0)])
    chown(folder.path + "/talk.json", 12_345, 23_456)
    #expect(await run("apply", "fixes.json", "talk.json").code == .done)
    let facts = try FileManager.default.attributesOfItem(atPath: folder.path + "/talk.json")
    #expect(facts[.ownerAccountID] as? Int == 12_345)
    #expect(facts[.groupOwnerAccountID] as? Int == 23_456)
  }

  @Test func whatAnotherProgramIsChangingIsLeftAlone() async throws {
    try save([Self.check(0)])
    let lock = folder.path + "/.talk.json.tabscribe-lock"
    let descriptor = open(lock, O_RDWR | O_CREAT, 0o666)
    #expect(flock(descriptor, LOCK_EX) == 0)
    let before = try folder.text(of: "talk.json")
    let file = folder.path + "/talk.json"
    let wasLeftAlone = Lock(false)
    Thread.detachNewThread {
      usleep(200_000)
      let text = try? String(contentsOfFile: file, encoding: .utf8)
      wasLeftAlone.withLock { $0 = text == before }
      // As a process that dies leaves it: the file stays and the lock goes.
      close(descriptor)
    }
    #expect(await run("apply", "fixes.json", "talk.json").code == .done)
    #expect(wasLeftAlone.withLock { $0 })
    #expect(try document.corrections.count == 1)
  }
}
