import CommandLineInterface
import Foundation
import GeminiEmulation
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

  private static let hasSpeaker = ChildProcess.path(of: "espeak-ng") != nil

  @Test(.enabled(if: hasSpeaker, "espeak-ng is not installed"))
  func timesSetByTheSoundAreAnOverlay() async throws {
    try write(shift: 5000)
    let before = try folder.text(of: "talk.json")
    let plan = await run("align", "talk.json")
    #expect(plan.code == .done, "\(plan.errors)")
    #expect(plan.output.contains("--apply puts the times into the transcript"))
    #expect(try folder.text(of: "talk.json") == before)
    let done = await run("align", "talk.json", "--apply", "--json")
    #expect(done.code == .done, "\(done.errors)")
    #expect(try done.json["rows"]?.array?.count == 10)
    let document = try JSONValue(parsing: folder.text(of: "talk.json"))
    #expect(document["segments"]?[0]?["startMS"]?.int == speech.rows[0].startMS + 5000)
    #expect(document["corrections"]?[0]?["kind"] == "times")
    // Captions have the new times, and the check finds nothing to say of them.
    let captions = await run("export", "talk.json", "-f", "jsonl", "-o", "-")
    let first = try JSONValue(parsing: String(captions.output.split(separator: "\n").first ?? ""))
    #expect(abs((first["startMS"]?.int ?? 0) - speech.rows[0].startMS) < 1000)
    #expect(try await run("check-time", "talk.json", "--json").json["isOff"] == false)
    let undone = await run("correct", "undo", "talk.json", "--last")
    #expect(undone.code == .done, "\(undone.errors)")
    #expect(try await run("check-time", "talk.json", "--json").json["isOff"] == true)
  }

  @Test(.enabled(if: hasSpeaker, "espeak-ng is not installed"))
  func aLanguageThatNobodySpeaksIsRefused() async {
    let run = await run("align", "talk.json", "--language", "tlh-x")
    #expect(run.code == .usage)
    #expect(run.errors.contains("has no voice"))
  }

  @Test func rowsTakeTimesFromTheWordsOfAnotherTool() async throws {
    try write(shift: 5000)
    // As Whisper writes words; one row is not heard, and signs and case differ.
    let segments = speech.rows.enumerated().map { row, spoken -> String in
      let words = spoken.text.split(separator: " ").enumerated().map { word, text in
        let start = Double(spoken.startMS + 200 * word) / 1000
        return "{\"word\": \" \(text.capitalized),\", \"start\": \(start), \"end\": \(start + 0.2)}"
      }
      let list = row == 4 ? "" : words.joined(separator: ",")
      return "{\"start\": 0.0, \"end\": 1.0, \"text\": \"x\", \"words\": [\(list)]}"
    }
    try folder.write("{\"segments\": [\(segments.joined(separator: ","))]}", to: "whisper.json")
    // Nobody listens where the recording is not at hand.
    let sound = folder.url.appending(path: "talk.wav")
    try FileManager.default.moveItem(at: sound, to: folder.url.appending(path: "kept.wav"))
    let run = await run("align", "talk.json", "--with", "whisper.json", "--json")
    #expect(run.code == .done, "\(run.errors)")
    let rows = try #require(try run.json["rows"]?.array)
    for (row, spoken) in zip(rows, speech.rows).dropFirst(7) {
      #expect(row["startMS"]?.int == spoken.startMS)
      #expect(row["confidence"]?.double == 1)
    }
    let starts = rows.compactMap { $0["startMS"]?.int }
    #expect(starts == starts.sorted() && starts.count == 10)
  }

  @Test(.enabled(if: hasSpeaker, "espeak-ng is not installed"))
  func wordsThatTheSoundHasElsewhereAreAFinding() async throws {
    func words(shift: Int) -> String {
      let list = speech.rows.flatMap { spoken in
        spoken.text.split(separator: " ").enumerated().map { word, text in
          let start = Double(spoken.startMS + shift + 200 * word) / 1000
          return "{\"word\": \" \(text)\", \"start\": \(start), \"end\": \(start + 0.2)}"
        }
      }
      return "{\"segments\": [{\"start\": 0.0, \"end\": 1.0, \"text\": \"x\", \"words\": ["
        + list.joined(separator: ",") + "]}]}"
    }
    try folder.write(words(shift: 0), to: "right.json")
    try folder.write(words(shift: 6000), to: "late.json")
    let right = await run("align", "talk.json", "--with", "right.json", "--json")
    #expect(right.code == .done, "\(right.output)\(right.errors)")
    let late = await run("align", "talk.json", "--with", "late.json")
    #expect(late.code == .incomplete, "\(late.output)\(late.errors)")
    #expect(late.output.contains("elsewhere than the sound"))
  }

  @Test func transcribingListensUnlessToldNotTo() async throws {
    try await EmulatedRun.run { emulated in
      let silence = SyntheticSpeech.wave([UInt8](repeating: 0, count: 960_000), rate: 8000)
      try silence.write(to: emulated.folder.url.appending(path: "talk.wav"))
      let environment = [
        "GOOGLE_GEMINI_BASE_URL": emulated.emulator.baseURL, "GEMINI_API_KEY": emulated.key,
      ]
      let heard = await CommandRun.tabscribe(
        ["transcribe", "talk.wav", "-f", "json", "--fill-gaps"],
        in: emulated.folder,
        environment: environment,
        listens: true
      )
      #expect(heard.code == .done, "\(heard.errors)")
      let codes = try JSONValue(parsing: emulated.folder.text(of: "talk.json"))["findings"]?.array?
        .compactMap { $0["code"]?.string }
      // The emulator hears words in any recording.
      let sound = ["row-in-silence"]
      #expect(codes?.contains(where: sound.contains) == true, "\(codes ?? [])")
      let deaf = await CommandRun.tabscribe(
        ["transcribe", "talk.wav", "-f", "json", "--force"],
        in: emulated.folder,
        environment: environment
      )
      #expect(deaf.code == .done, "\(deaf.errors)")
      let others = try JSONValue(parsing: emulated.folder.text(of: "talk.json"))["findings"]?.array?
        .compactMap { $0["code"]?.string }
      #expect(others?.contains(where: sound.contains) == false, "\(others ?? [])")
    }
  }

  /// An emulator that runs ahead of the sound, the sample in a folder, and a way to run commands there.
  private func drifting(
    _ body: (EmulatedRun, ([String]) async -> CommandRun) async throws -> Void
  ) async throws {
    var options = EmulatorOptions()
    options.scenario = try #require(Scenario.preset(named: "drift"))
    try await EmulatedRun.run(options) { emulated in
      try await body(emulated) { words in
        await CommandRun.tabscribe(
          words,
          in: emulated.folder,
          environment: [
            "GOOGLE_GEMINI_BASE_URL": emulated.emulator.baseURL, "GEMINI_API_KEY": emulated.key,
          ],
          listens: true
        )
      }
    }
  }

  @Test(.enabled(if: hasSpeaker, "espeak-ng is not installed"))
  func transcribingSetsTimesWhereThatIsAskedFor() async throws {
    try await drifting { emulated, run in
      let done = await run(["transcribe", "sample.webm", "-f", "json,srt", "--align"])
      #expect(done.code == .done, "\(done.errors)")
      #expect(done.errors.contains("times set by the sound"))
      let document = try JSONValue(parsing: emulated.folder.text(of: "sample.json"))
      #expect(document["findings"]?.array?.contains { $0["code"] == "time-drift" } == true)
      // The machine's rows stay; the last of them stands four seconds late.
      #expect(document["segments"]?[21]?["startMS"] == 97_000)
      let times = try #require(document["corrections"]?[0])
      #expect(times["kind"] == "times")
      let start = try #require(times["rows"]?[21]?["startMS"]?.int)
      #expect(abs(start - 93_100) < 500, "\(start)")
      let words = (times["rows"]?[0]?["words"]?.array ?? []).compactMap(\.int)
      #expect(words.first == 0 && words.count == 9 && words == words.sorted())
      #expect(try emulated.folder.text(of: "sample.srt").contains("00:01:33,"))
      let karaoke = await run(["export", "sample.json", "-f", "vtt", "--word-times", "-o", "-"])
      #expect(karaoke.output.contains(#/<00:00:0\d\.\d{3}>/#), "\(karaoke.output)")
      let idle = await run([
        "export", "sample.json", "-f", "vtt", "--word-times", "--machine", "-o", "-",
      ])
      #expect(idle.errors.contains("--word-times has no effect"))
      // What is there stays as it is, and how it gets times is said.
      let again = await run(["transcribe", "sample.webm", "-f", "json", "-o", "other", "--align"])
      #expect(again.code == .done && !again.errors.contains("align last"))
      let other = try JSONValue(parsing: emulated.folder.text(of: "other/sample.json"))
      #expect(other["corrections"] == document["corrections"])
    }
  }

  @Test(.enabled(if: hasSpeaker, "espeak-ng is not installed"))
  func aSourceThatIsNotHereIsNotAligned() async throws {
    try await drifting { _, run in
      let address = "https://example.org/talk.mp4"
      let done = await run(["transcribe", address, "--duration", "2:00", "-f", "json", "--align"])
      #expect(done.code == .done, "\(done.errors)")
      #expect(done.errors.contains("--align has no effect on \"\(address)\""))
    }
  }

  @Test func timesOfARecordingElsewhereAreHeldAgainstStretchesOfIt() async throws {
    try await drifting { emulated, run in
      let address = "https://example.org/talk.mp4"
      let made = await run(["transcribe", address, "--duration", "10:00", "-f", "json"])
      #expect(made.code == .done, "\(made.errors)")
      // Who is asked again states times that are right.
      let folder = emulated.folder
      try await EmulatedRun.run(EmulatorOptions(), in: folder) { right in
        let plan = await right.tabscribe("verify", "talk.json", "--dry-run")
        #expect(plan.code == .done, "\(plan.errors)")
        #expect(plan.errors.contains("5 requests") && plan.errors.contains("USD"))
        #expect(right.emulator.log.answeredGenerationCount == 0)
        let check = await right.tabscribe("verify", "talk.json", "--json")
        #expect(check.code == .incomplete, "\(check.errors)")
        let json = try check.json
        #expect(json["isOff"] == true && json["made"] == false)
        let drift = try #require(json["drift"]?.double)
        #expect(abs(drift - 0.05) < 0.01, "\(drift)")
        let sent = right.emulator.log.answeredGenerationCount
        let apply = await right.tabscribe("verify", "talk.json", "--apply")
        #expect(apply.code == .done, "\(apply.output)\(apply.errors)")
        #expect(right.emulator.log.answeredGenerationCount == sent, "asked twice")
        let document = try JSONValue(parsing: folder.text(of: "talk.json"))
        let last = try #require(document["corrections"]?[0]?["rows"]?.array?.last)
        let (stated, start) = (last["before"]?.int ?? 0, last["startMS"]?.int ?? 0)
        #expect(abs(start - Int(Double(stated) / 1.05)) < 3000, "\(stated) \(start)")
        #expect(last["confidence"] == 0)
      }
    }
  }

  @Test func aRunThatIsTakenUpListensToo() async throws {
    var options = EmulatorOptions()
    var fault = Scenario.Rule(Fault(.quotaPerDay))
    fault.times = 1
    options.scenario = Scenario(rules: [fault])
    try await EmulatedRun.run(options) { emulated in
      let silence = SyntheticSpeech.wave([UInt8](repeating: 0, count: 320_000), rate: 8000)
      try silence.write(to: emulated.folder.url.appending(path: "talk.wav"))
      let environment = [
        "GOOGLE_GEMINI_BASE_URL": emulated.emulator.baseURL, "GEMINI_API_KEY": emulated.key,
      ]
      let failed = await CommandRun.tabscribe(
        ["transcribe", "talk.wav", "-f", "json"],
        in: emulated.folder,
        environment: environment,
        listens: true
      )
      #expect(failed.code != .done, "\(failed.errors)")
      let resumed = await emulated.tabscribe("runs", "resume")
      #expect(resumed.code == .done, "\(resumed.errors)")
      let document = try JSONValue(parsing: emulated.folder.text(of: "talk.json"))
      #expect(document["findings"]?.array?.contains { $0["code"] == "row-in-silence" } == true)
    }
  }

  @Test func whatABatchBringsIsHeldAgainstTheSound() async throws {
    let sample = try BatchSample()
    let silence = SyntheticSpeech.wave([UInt8](repeating: 0, count: 320_000), rate: 8000)
    try silence.write(to: sample.folder.url.appending(path: "talk.wav"))
    let id = try await sample.submitted(["talk.wav"])
    try await sample.waitForEnd(of: id)
    let fetch = await CommandRun.tabscribe(
      ["batch", "fetch", id, "-f", "json"],
      in: sample.folder,
      environment: [
        "GOOGLE_GEMINI_BASE_URL": sample.emulator.baseURL, "GEMINI_API_KEY": "k",
      ],
      listens: true
    )
    #expect(fetch.code == .done, "\(fetch.errors)")
    let document = try JSONValue(parsing: sample.folder.text(of: "talk.json"))
    #expect(document["findings"]?.array?.contains { $0["code"] == "row-in-silence" } == true)
    await sample.stop()
  }

  @Test func aRecordingThatIsGoneIsSaid() async throws {
    try FileManager.default.removeItem(at: folder.url.appending(path: "talk.wav"))
    let run = await run("check-time", "talk.json")
    #expect(run.code == .failed)
    #expect(run.errors.contains("not there any more") && run.errors.contains("--media"))
  }
}
