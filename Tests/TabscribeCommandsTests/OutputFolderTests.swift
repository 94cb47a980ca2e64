internal import CommandLineInterface
import Foundation
internal import HostSystem
import Testing
import TranscriptionRuns

@testable internal import TabscribeCommands

@Suite struct OutputFolderTests {
  let folder: TemporaryFolder
  let context: CommandContext

  init() throws {
    folder = try TemporaryFolder()
    context = CommandContext(
      standardOutput: TextBuffer(),
      standardError: TextBuffer(),
      environment: [:],
      workingFolder: folder.path
    )
  }

  @Test func aMissingFolderIsMadeAndLeftClean() throws {
    let output = try OutputFolder("a/b", force: false, in: context.workplace)
    #expect(folder.names == ["a"])
    let made = folder.path + "/a/b"
    #expect(try FileManager.default.contentsOfDirectory(atPath: made).isEmpty)
    #expect(try output.write(Array("x".utf8), to: "talk.json") == "talk.json")
    #expect(try folder.text(of: "a/b/talk.json") == "x")
    #expect(output.display("talk.json") == "a/b/talk.json")
  }

  @Test func aFileInTheWayIsNamedBeforeAnythingIsSent() throws {
    try folder.write("", to: "file")
    #expect {
      try OutputFolder("file", force: false, in: context.workplace)
    } throws: { error in
      let failure = error as? Refusal
      return failure?.message.contains(#""file" cannot be written to"#) == true
        && failure?.remedy.contains("nothing was sent") == true && failure?.kind == .failed
    }
  }

  @Test(.enabled(if: getuid() != 0, "root may write anywhere"))
  func aFolderWithoutPermissionIsRefused() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/locked",
      withIntermediateDirectories: false,
      attributes: [.posixPermissions: 0o555]
    )
    #expect(throws: Refusal.self) {
      try OutputFolder("locked", force: false, in: context.workplace)
    }
  }

  @Test func existingFilesAreKeptUnlessForced() throws {
    try folder.write("old", to: "talk.html")
    let careful = try OutputFolder(".", force: false, in: context.workplace)
    #expect {
      try careful.checkFree(["talk.html", "talk.json"])
    } throws: { error in
      (error as? Refusal)?.message == "talk.html exists already."
    }
    try careful.checkFree(["talk.json"])
    let forced = try OutputFolder(".", force: true, in: context.workplace)
    try forced.checkFree(["talk.html"])
    #expect(try forced.write(Array("new".utf8), to: "talk.html") == "talk.html")
    #expect(try folder.text(of: "talk.html") == "new")
    #expect(folder.names == ["talk.html"])
  }

  @Test func aResultIsNotLostWhenItsNameWasTakenMeanwhile() throws {
    let output = try OutputFolder(".", force: false, in: context.workplace)
    try folder.write("somebody else's", to: "talk.html")
    #expect(try output.write(Array("ours".utf8), to: "talk.html") == "talk-2.html")
    #expect(try folder.text(of: "talk.html") == "somebody else's")
    #expect(try folder.text(of: "talk-2.html") == "ours")
  }

  @Test(arguments: [
    ("My talk", "My talk"), ("../../etc/passwd", "etc-passwd"), ("", "untitled"),
    ("...", "untitled"), ("-rf", "rf"), (".hidden", "hidden"), ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
    ("line\nbreak\u{1B}[31m", "line-break-[31m"), ("evil\u{202E}gpj.exe", "evil-gpj.exe"),
    ("CON", "CON-"), ("com1.txt", "com1.txt-"), ("日本語の講演", "日本語の講演"),
    ("dots at end. . .", "dots at end"), ("\u{0}", "untitled"), ("<b>\"x\"|y</b>", "b-x-y-b"),
  ])
  func stemsAreHarmlessNames(_ title: String, _ stem: String) {
    #expect(FileStem.cleaned(title) == stem)
  }

  @Test func longStemsAreCutBetweenCharacters() {
    let stem = FileStem.cleaned(String(repeating: "👩‍👩‍👧語", count: 100))
    #expect(stem.utf8.count <= FileStem.limit)
    #expect(stem.utf8.count > FileStem.limit - 30)
    #expect(stem.allSatisfy { $0 == "👩‍👩‍👧" || $0 == "語" })
  }

  @Test(arguments: ["2", "transcribe-audio", String(repeating: "語", count: 100)])
  func whatTellsLongNamesApartIsNotCut(_ ending: String) {
    let stem = FileStem.cleaned(String(repeating: "会議", count: 40), with: ending)
    #expect(stem.utf8.count <= FileStem.limit)
    #expect(stem.hasPrefix("会議会議"))
    #expect(stem.hasSuffix("-" + ending.prefix(20)))
    #expect(FileStem.cleaned(stem) == stem)
  }

  @Test func whatAKilledWriterLeftIsRemovedAndWhatAnotherWritesIsNot() throws {
    try folder.write("half", to: ".tabscribe-dead.part")
    try folder.write("half", to: ".tabscribe-alive.part")
    try folder.write("", to: ".talk.json.tabscribe-lock")
    let descriptor = open(folder.path + "/.tabscribe-alive.part", O_RDONLY)
    #expect(flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    defer { close(descriptor) }
    usleep(2_100_000)
    _ = try OutputFolder(".", force: false, in: context.workplace)
    #expect(folder.names == [".tabscribe-alive.part"])
  }

  @Test func aPipeIsNoFile() throws {
    #expect(mkfifo(folder.path + "/talk.json", 0o600) == 0)
    #expect(throws: SystemFailure.self) { try HostFiles.read(folder.path + "/talk.json") }
  }

  @Test func aFolderOfEndlessDepthIsRefusedAndNoCrash() {
    let path = String(repeating: "a/", count: 100_000)
    #expect(throws: Refusal.self) { try OutputFolder(path, force: false, in: context.workplace) }
  }
}
