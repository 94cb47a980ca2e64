import CommandLineInterface
import Foundation
import OrderedJSON
import TestSupport
import Testing

@Suite(.enabled(if: ChildProcess.path(of: "ffmpeg") != nil, "ffmpeg is not installed"))
struct TimingCommandTests {
  let folder: TemporaryFolder
  private let speech = SyntheticSpeech(rows: 10, seed: 3)

  init() throws {
    folder = try TemporaryFolder()
    try speech.wave.write(to: folder.url.appending(path: "talk.wav"))
    try write(shift: 0)
  }

  private func write(shift: Int) throws {
    let segments = speech.rows.enumerated().map { row, spoken in
      """
      {"row": \(row), "startMS": \(spoken.startMS + shift), "endMS": null, "endIsEstimate": true,
       "voice": 1, "text": "\(spoken.text)"}
      """
    }
    try folder.write(
      SavedTranscript.text()
        .replacing(#/"segments": \[.*\],\s+"corrections"/#.dotMatchesNewlines()) { _ in
          "\"segments\": [\(segments.joined(separator: ","))], \"corrections\""
        }
        .replacing("media/talk.mp4", with: "talk.wav"),
      to: "talk.json"
    )
  }

  private func run(_ arguments: String...) async -> CommandRun {
    await .tabscribe(arguments, in: folder)
  }

  @Test func timesThatAreRightHaveNoFindings() async throws {
    let run = await run("check-time", "talk.json")
    #expect(run.code == .done, "\(run.errors)\(run.output)")
    #expect(run.output.contains("10 rows with a time"))
    #expect(run.output.contains("No findings."))
  }

  @Test func timesThatAreOffAreAFinding() async throws {
    try write(shift: 5000)
    let run = await run("check-time", "talk.json", "--json")
    #expect(run.code == .incomplete, "\(run.errors)")
    let json = try run.json
    #expect(json["isOff"] == true)
    #expect(json["findings"]?[0]?["code"] == "time-drift")
    let offset = try #require(json["pieces"]?[0]?["offset"]?.double)
    #expect(abs(offset + 5) < 0.3)
  }

  @Test func aRecordingThatIsGoneIsSaid() async throws {
    try FileManager.default.removeItem(at: folder.url.appending(path: "talk.wav"))
    let run = await run("check-time", "talk.json")
    #expect(run.code == .failed)
    #expect(run.errors.contains("not there any more") && run.errors.contains("--media"))
  }
}
