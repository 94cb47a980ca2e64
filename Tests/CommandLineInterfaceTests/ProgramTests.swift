internal import OrderedJSON
import Testing

@testable internal import CommandLineInterface

@Suite struct ProgramTests {
  struct Mishap: Error {}

  private struct Run {
    let code: ExitCode
    let output: String
    let errors: String
  }

  private func run(_ line: String..., action: @escaping Command.Action) async -> Run {
    let program = Program(
      Command(
        "sample",
        abstract: "A sample",
        examples: [.init("sample act", "acts")],
        subcommands: [Command("act", abstract: "Act", examples: [], run: action), .help]
      ),
      version: "1.2.3"
    ) { CommandError("It was \($0).", remedy: "Mend it.", exitCode: .unavailable) }
    let output = TextBuffer()
    let errors = TextBuffer()
    let context = CommandContext(
      standardOutput: output,
      standardError: errors,
      environment: [:],
      workingFolder: "/"
    )
    let code = await program.run(line, in: context)
    return Run(code: code, output: output.text, errors: errors.text)
  }

  @Test func theCodeOfTheActionIsTheCodeOfTheProgram() async {
    let result = await run("act") { _, context in
      context.print("data")
      context.status.message("a word")
      return .incomplete
    }
    #expect(result.code == .incomplete)
    #expect(result.output == "data\n")
    #expect(result.errors == "a word\n")
  }

  @Test func anErrorIsTwoLinesOnStandardError() async {
    let result = await run("act") { _, _ in
      throw CommandError("No \u{1B}[2J key.", remedy: "Set one.", exitCode: .credentials)
    }
    #expect(result.code == .credentials)
    #expect(result.output.isEmpty)
    #expect(result.errors == "error: No \u{241B}[2J key.\nSet one.\n")
  }

  @Test func errorsOfLibrariesAreExplained() async {
    let result = await run("act") { _, _ in throw Mishap() }
    #expect(result.code == .unavailable)
    #expect(result.errors == "error: It was Mishap().\nMend it.\n")
  }

  @Test func withJSONTheErrorIsOneObjectOnStandardOutput() async throws {
    let result = await run("act", "--json") { _, _ in
      throw CommandError("Full.", remedy: "Wait.", exitCode: .limit, details: ["costUSD": 3])
    }
    #expect(result.code.rawValue == 4)
    #expect(result.errors.isEmpty)
    #expect(
      try JSONValue(parsing: result.output) == [
        "error": [
          "code": "limit", "exitCode": 4, "message": "Full.", "remedy": "Wait.", "costUSD": 3,
        ]
      ]
    )
  }

  @Test func withJSONAlsoAnUnreadableCommandLineIsAnObject() async throws {
    let result = await run("--json", "atc") { _, _ in .done }
    #expect(result.code == .usage)
    let error = try JSONValue(parsing: result.output)["error"]
    #expect(error?["code"] == "usage")
    #expect(error?["remedy"]?.string?.contains("Did you mean act?") == true)
  }

  @Test func quietAndNoProgressReachTheReporter() async {
    let quiet = await run("act", "-q") { _, context in
      context.status.message("a word")
      context.status.warning("careful")
      return .done
    }
    #expect(quiet.errors == "warning: careful\n")
    let silent = await run("act", "--no-progress") { _, context in
      context.status.stage("uploading")
      context.status.message("a word")
      return .done
    }
    #expect(silent.errors == "a word\n")
  }

  @Test func aCancelledRunIsAnInterrupt() async {
    let task = Task {
      await run("act") { _, _ in
        do { try await Task.sleep(for: .seconds(60)) } catch { throw Mishap() }
        return .done
      }
    }
    task.cancel()
    let result = await task.value
    #expect(result.code == .interrupted)
    #expect(result.errors == "Interrupted.\nRun the same command again to start over.\n")
  }

  @Test func versionAndHelpGoToStandardOutput() async {
    let version = await run("--version") { _, _ in .done }
    #expect(version.output == "sample 1.2.3\n")
    let help = await run("act", "--help") { _, _ in .failed }
    #expect(help.code == .done)
    #expect(help.output.contains("Usage: sample act"))
    let named = await run("help", "act") { _, _ in .failed }
    #expect(named.output == help.output)
    let bare = await run { _, _ in .failed }
    #expect(bare.output.contains("Commands:\n  act   Act\n"))
  }

  @Test func helpOpensWithTheExampleAndGroupsOptionsByPurpose() throws {
    let help = try SampleProgram.program.help(for: ["send"])
    #expect(help == Self.sendHelp)
  }

  private static let sendHelp = """
    $ sample send talk.mp4  the common case

    Send videos.
    Usage: sample send [OPTION…] SOURCE…
      SOURCE…                  a video

    A paragraph.

    Model:
      -m, --model MODEL        which model
          --encoding ENCODING  how rows come: json, tsv
          --param NAME=VALUE   a variable (repeatable)

    Video:
          --fps FPS            frames a second

    Result:
      -f, --format FORMAT      what to write (repeatable)
      -o, --output DIR         where to
      -x, --force              replace files
          --limit SIZE         bytes at most
      -j, --jobs N             at once
      -y, --loud               make noise

    Everywhere: -h, --help, --json, -q, --quiet, --no-progress

    """
}
