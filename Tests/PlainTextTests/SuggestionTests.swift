import PlainText
import Testing

@Suite struct SuggestionTests {
  static let commands = ["transcribe", "prompts", "schemas", "doctor", "demo", "emulate", "help"]

  @Test(arguments: [
    ("trancsribe", "transcribe"), ("transcibe", "transcribe"), ("prompt", "prompts"),
    ("PROMPTS", "prompts"), ("dmeo", "demo"), ("doc", "doctor"), ("emulator", "emulate"),
    ("trans", "transcribe"), ("halp", "help"),
  ])
  func aSlipIsRecognised(_ text: String, _ meant: String) {
    #expect(Suggestion.nearest(to: text, among: Self.commands) == meant)
  }

  @Test(arguments: ["", "x", "zzzz", "list", String(repeating: "demo", count: 1000)])
  func somethingElseIsNotGuessedAt(_ text: String) {
    #expect(Suggestion.nearest(to: text, among: Self.commands) == nil)
  }
}
