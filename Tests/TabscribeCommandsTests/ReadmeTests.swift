internal import CommandLineInterface
internal import EmbeddedLibrary
import Foundation
internal import GeminiEmulation
internal import OrderedJSON
internal import TabscribeCommands
internal import TestSupport
import Testing

/// What the README shows, done.
///
/// Blocks marked `sh` are run in their order, in one folder with a video, by the program as it was
/// built; blocks marked `shell` install things and are not.
@Suite struct ReadmeTests {
  struct Block: Sendable, CustomTestStringConvertible {
    let language: String
    let text: String
    var testDescription: String { text }
  }

  static let text: String =
    (try? String(
      contentsOf: SharedFixtures.projectRoot.appending(path: "README.md"),
      encoding: .utf8
    ))
    ?? ""

  static let blocks: [Block] = {
    var blocks: [Block] = []
    var language: String?
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let open = language {
          blocks.append(Block(language: open, text: lines.joined(separator: "\n")))
        }
        language = language == nil ? String(line.dropFirst(3)) : nil
        lines = []
      } else {
        lines.append(line)
      }
    }
    return blocks
  }()

  @Test func everyCommandShownWorks() async throws {
    let folder = try TemporaryFolder()
    let video = try #require(EmbeddedLibrary.sample.file(named: "sample.webm"))
    try Data(video.bytes).write(to: folder.url.appending(path: "talk.webm"))
    let emulator = try GeminiEmulator.start()
    let program = URL(filePath: try ChildProcess.product("tabscribe")).deletingLastPathComponent()
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let environment = [
      "PATH": "\(program.path):\(path)", "HOME": folder.path, "TMPDIR": NSTemporaryDirectory(),
      "GOOGLE_GEMINI_BASE_URL": emulator.baseURL,
    ]
    for block in Self.blocks where block.language == "sh" {
      let outcome = try ChildProcess.run(
        "/bin/sh",
        ["-euc", "trap 'kill ${!-} 2>/dev/null || :' EXIT\n" + block.text],
        environment: environment,
        folder: folder.url
      )
      #expect(outcome.code == 0, "\(block.text)\n\(outcome.errors)")
    }
    await emulator.stop()
    try checkWhatIsLeftBehind(in: folder)
  }

  /// An exit code says little: the files that people go on with have to be whole.
  private func checkWhatIsLeftBehind(in folder: TemporaryFolder) throws {
    #expect(try folder.text(of: ".env") == "GEMINI_API_KEY=your-key\n")
    for name in ["talk.json", "clips/talk.json", "batch/talk-transcribe.json"] {
      let rows = try JSONValue(parsing: folder.text(of: name))["segments"]?.array ?? []
      #expect(rows.count > 10, "\(name)")
    }
    for name in ["talk.html", "talk.srt", "talk.csv", "talk.md"] {
      #expect(try folder.text(of: name).utf8.count > 1000, "\(name)")
    }
    let library = try #require(EmbeddedLibrary.prompts.file(named: "transcribe.prompt"))
    #expect(
      try folder.text(of: "prompts/transcribe.prompt")
        == String(decoding: library.bytes, as: UTF8.self)
    )
    #expect(try folder.text(of: "prompts/mine.prompt").contains("name_evidence"))
  }

  @Test func everyCommandShownStandsInABlockThatIsRun() {
    #expect(Self.blocks.count { $0.language == "sh" } >= 5)
    for block in Self.blocks where block.language != "sh" {
      let commands = block.text.split(separator: "\n").filter { $0.hasPrefix("tabscribe ") }
      #expect(commands.isEmpty)
    }
  }

  @Test func theTableOfCommandsNamesEachCommand() {
    for command in TabscribeProgram.program.root.subcommands {
      let isNamed =
        Self.text.contains("`\(command.name)`") || Self.text.contains("`\(command.name) ")
      #expect(isNamed, "\(command.name) is missing")
    }
  }

  @Test func everyExitCodeOfTheManualPageIsThere() {
    for section in TabscribeProgram.program.appendix where section.title == "Exit status" {
      for entry in section.entries { #expect(Self.text.contains("| \(entry.term) | ")) }
    }
  }

  @Test func itIsNeitherTooLongNorTooShort() {
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect((100...182).contains(lines))
  }
}
