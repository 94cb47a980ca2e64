internal import CommandLineInterface
import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

/// What can have no effect is said, or refused where it was to change what is paid for or where data
/// go.
@Suite struct IdleOptionTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let code: ExitCode
    let words: String

    init(_ arguments: String..., code: ExitCode = .done, says words: String) {
      (self.arguments, self.code, self.words) = (arguments, code, words)
    }

    var testDescription: String { arguments.joined(separator: " ") }
  }

  /// A prompt without a variable for what is known.
  private static let bare =
    "---\ninput: { schema: { video: string } }\noutput: { schema: transcripts-speakers }\n---\n"
    + "Transcribe {{media url=video}}.\n"

  static let cases = [
    Case("--param", "favour=recall", code: .usage, says: "Did you mean favor?"),
    Case("-p", "sounds", "--param", "rows=turn", code: .usage, says: "--param rows has no effect"),
    Case(
      "-p",
      "./bare.prompt",
      "--context",
      "c.txt",
      code: .usage,
      says: "--context has no effect"
    ),
    Case(
      "-p",
      "transcribe",
      "-p",
      "sounds",
      "--param",
      "rows=turn",
      says: "--param rows has no effect on the prompt sounds."
    ),
    Case("-p", "sounds", "--passes", "2", says: "--passes 2 has no effect on the prompt sounds."),
    Case(
      "--end",
      "5:00",
      says: "--end 05:00 is behind the end of the source, which is 01:38 long."
    ),
    Case("--duration", "10:00", says: "--duration has no effect on files that say themselves"),
    Case("--location", "eu", code: .usage, says: "the Gemini API has no locations"),
    Case("--project", "mine", code: .usage, says: "the Gemini API has no projects"),
  ]

  @Test(arguments: cases)
  func isSaid(_ one: Case) async throws {
    let folder = try EmulatedRun.folderWithSample()
    try folder.write("Somebody.", to: "c.txt")
    try folder.write(Self.bare, to: "bare.prompt")
    let key = ["GEMINI_API_KEY": "test-key"]
    let run = await CommandRun.tabscribe(
      ["plan", "sample.webm"] + one.arguments,
      in: folder,
      environment: key
    )
    #expect(run.code == one.code, "\(run.errors)")
    #expect(run.errors.contains(one.words), "\(run.errors)")
  }

  /// What has no effect is not paid for and makes no other work.
  @Test func whatHasNoEffectIsNoPartOfTheWork() async throws {
    let folder = try EmulatedRun.folderWithSample()
    let key = ["GEMINI_API_KEY": "test-key"]
    func plan(_ more: String...) async throws -> String {
      let words = ["plan", "sample.webm", "-p", "sounds", "--json"]
      let run = await CommandRun.tabscribe(words + more, in: folder, environment: key)
      return try #require(try run.json["requests"]).rendered()
    }
    #expect(try await plan("--passes", "2") == plan())
    #expect(try await plan("--end", "5:00") == plan())
  }

  @Test func aVariableOfTheEnvironmentIsNoPromise() throws {
    let variables = ["GEMINI_API_KEY": "k", "GOOGLE_CLOUD_LOCATION": "eu"]
    #expect(try GeminiConfiguration(environment: variables).backend == .aiStudio)
  }
}
