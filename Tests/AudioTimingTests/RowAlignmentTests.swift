import AudioTiming
import Foundation
import TestSupport
import Testing
import TranscriptModel

/// Rows that `espeak-ng` speaks with another voice than the one they are looked for with.
@Suite(
  .enabled(
    if: hasDecoder && ChildProcess.path(of: "espeak-ng") != nil,
    "ffmpeg or espeak-ng is not installed"
  )
)
struct RowAlignmentTests {
  private static let texts = [
    "The minutes of the last meeting were read and approved.",
    "Thank you, chair.",
    "Our first guest has worked on lighthouses for thirty years.",
    "How did you come to that?",
    "My grandfather kept the light on the northern island.",
    "And the winters were long.",
    "He wrote down every ship that passed, with a pencil, in a green book.",
  ]

  /// A recording of the texts with pauses, and when each begins.
  private func recording() throws -> (path: String, starts: [Int], folder: URL) {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let speaker = try #require(ChildProcess.path(of: "espeak-ng"))
    var samples = [UInt8](repeating: 0, count: 22_050 * 2)
    var starts: [Int] = []
    var rate = 22_050
    for (row, text) in Self.texts.enumerated() {
      let file = folder.appending(path: "\(row).wav")
      _ = try ChildProcess.run(
        speaker,
        ["-v", "en-gb+f3", "-s", "145", "-p", "70", "-w", file.path, text]
      )
      let bytes = [UInt8](try Data(contentsOf: file))
      rate = Int(bytes[24]) | Int(bytes[25]) << 8
      starts.append(samples.count / 2 * 1000 / rate)
      samples += bytes[44...] + [UInt8](repeating: 0, count: rate * (row % 3 + 1) / 2 * 2)
    }
    let path = folder.appending(path: "talk.s16").path
    let wave = SyntheticSpeech.wave(samples, rate: rate)
    try wave.write(to: URL(filePath: path + ".wav"))
    return (path + ".wav", starts, folder)
  }

  @Test func rowsBeginWhenTheirWordsDo() async throws {
    let (path, starts, folder) = try recording()
    defer { try? FileManager.default.removeItem(at: folder) }
    let sound = try await SoundProfile.listening(to: path, detail: true)
    // Whole seconds, and three of them off.
    let rows = zip(Self.texts, starts).map {
      SpokenRow(text: $0, startMS: ($1 + 3000) / 1000 * 1000)
    }
    let check = TimeCheck(rows, in: sound.activity)
    let speaker = try await RowSpeaker()
    #expect(speaker.voice(for: "pt_BR") == "pt-br")
    #expect(speaker.voice(for: "de-CH") == "de")
    #expect(speaker.voice(for: "xx") == nil)
    let aligned = await RowAlignment(rows, in: sound, from: check, by: speaker).rows
    #expect(aligned.count == rows.count)
    for (row, start) in zip(aligned, starts) {
      #expect(row.isFound)
      #expect(abs(row.startMS - start) < 250, "\(row.startMS) for \(start)")
      #expect(row.endMS > row.startMS)
      let times = row.words.flatMap { [$0.startMS, $0.endMS] }
      #expect(times == times.sorted())
      #expect((row.startMS...row.endMS).contains(times.last ?? 0))
    }
    #expect(zip(aligned, aligned.dropFirst()).allSatisfy { $0.startMS <= $1.startMS })
    #expect(aligned.map(\.words.count) == Self.texts.map { $0.split(separator: " ").count })
  }

  @Test(.timeLimit(.minutes(1)))
  func timesFarBehindTheEndAndEmptyRowsAreNoTrouble() async throws {
    let speech = SyntheticSpeech(rows: 2)
    let sound = try await speech.withFile { try await SoundProfile.listening(to: $0, detail: true) }
    let texts = ["Good evening, and welcome.", "--help", "", "[laughter]", "far away"]
    let rows = zip(texts, [1000, 2000, 3000, 4000, 1 << 40]).map {
      SpokenRow(text: $0, startMS: $1)
    }
    let check = TimeCheck(rows, in: sound.activity)
    let speaker = try await RowSpeaker()
    let aligned = await RowAlignment(rows, in: sound, from: check, by: speaker).rows
    #expect(aligned.count == rows.count)
    #expect(zip(aligned, aligned.dropFirst()).allSatisfy { $0.startMS <= $1.startMS })
  }

  @Test func aSpeakerThatIsMissingIsSaid() async {
    await #expect {
      try await RowSpeaker(program: "no-such-speaker")
    } throws: { error in
      (error as? SoundError)?.reason == .speakerMissing
    }
  }
}
