import AudioTiming
import Foundation
import TestSupport
import Testing
import TranscriptModel

/// Whether FFmpeg's decoder can be run here.
let hasDecoder = ChildProcess.path(of: "ffmpeg") != nil

@Suite(.enabled(if: hasDecoder, "ffmpeg is not installed")) struct TimeCheckTests {
  private static let speech = SyntheticSpeech(rows: 30)

  /// Listened to once.
  private static let listening = Task {
    try await speech.withFile { try await SoundProfile.listening(to: $0).activity }
  }

  private func activity() async throws -> SpeechActivity { try await Self.listening.value }

  /// The rows with the times that a model may state.
  private func rows(_ stated: (Int) -> Int) -> [SpokenRow] {
    Self.speech.rows.map { SpokenRow(text: $0.text, startMS: stated($0.startMS)) }
  }

  @Test func speechIsFoundWhereItIs() async throws {
    let activity = try await activity()
    let intervals = activity.intervals
    let rows = Self.speech.rows
    for row in rows {
      let near = intervals.contains { abs($0.range.start.milliseconds - row.startMS) < 150 }
      #expect(near, "nothing begins at \(row.startMS)")
    }
    #expect(intervals.allSatisfy { (0.5...1).contains($0.confidence) })
    let said = rows.reduce(0) { $0 + $1.endMS - $1.startMS }
    let heard = intervals.reduce(0) { $0 + $1.range.milliseconds }
    #expect(abs(heard - said) < said / 10)
    let silences = activity.silences
    #expect(!silences.isEmpty)
    #expect(zip(silences, silences.dropFirst()).allSatisfy { $0.end < $1.start })
  }

  @Test func whatIsRightIsLeftAlone() async throws {
    let check = TimeCheck(rows { $0 / 1000 * 1000 }, in: try await activity())
    #expect(!check.isOff)
    #expect(check.silentRows.isEmpty)
    #expect(check.untranscribed.isEmpty)
    #expect(abs(check.line.drift) < 0.005)
  }

  @Test func offsetDriftAndJumpAreMeasured() async throws {
    let jump = Self.speech.rows[15].startMS
    let check = TimeCheck(
      rows { 2000 + $0 * 105 / 100 + ($0 >= jump ? 15_000 : 0) },
      in: try await activity()
    )
    #expect(check.isOff)
    #expect(abs(check.line.drift - 0.05) < 0.005)
    #expect(check.line.pieces.count == 2)
    #expect(abs((check.line.pieces.last?.firstRow ?? 0) - 15) <= 2)
    let errors = zip(check.startsMS, Self.speech.rows).map { abs($0 - $1.startMS) }.sorted()
    #expect(errors[errors.count / 2] < 250)
  }

  @Test func whatNobodyTranscribedIsTold() async throws {
    let missing = Self.speech.rows[10...12]
    let kept = Self.speech.rows.filter { !missing.map(\.startMS).contains($0.startMS) }
    let rows = kept.map { SpokenRow(text: $0.text, startMS: $0.startMS) }
    let check = TimeCheck(rows, in: try await activity())
    let stretch = try #require(check.untranscribed.first)
    #expect(check.untranscribed.count == 1)
    #expect(stretch.range.start.milliseconds <= missing[10].startMS + 2000)
    #expect(stretch.range.end.milliseconds >= missing[12].endMS - 500)
    #expect(stretch.after == 9)
  }

  @Test func wordsThatAreSaidSlowlyHideAndInventNothing() async throws {
    let spoken = Self.speech.rows
    let missing = try #require(
      spoken.indices[18...].first { spoken[$0].endMS - spoken[$0].startMS > 3000 }
    )
    // In the first half each letter takes twice as long as in the second.
    let rows = spoken.indices.filter { $0 != missing }.map { row in
      let text = spoken[row].text
      return SpokenRow(
        text: row < 15 ? String(text.prefix(text.count / 2)) : text,
        startMS: spoken[row].startMS
      )
    }
    let told = TimeCheck(rows, in: try await activity()).untranscribed
    #expect(told.count == 1)
    #expect(told.first?.after == missing - 1)
  }

  @Test func aRowAfterTheEndStandsInSilence() async throws {
    var rows = rows { $0 }
    rows.append(SpokenRow(text: "Thanks for watching!", startMS: rows[29].startMS + 60_000))
    // What is no speech may stand in silence.
    rows.append(SpokenRow(text: "[applause]", startMS: rows[29].startMS + 90_000))
    #expect(TimeCheck(rows, in: try await activity()).silentRows == [30])
  }

  @Test func findingsNameRowsAndSizes() async throws {
    let segments = Self.speech.rows.enumerated().map { row, spoken in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: spoken.startMS + 4000),
        end: nil,
        endIsEstimate: true,
        voice: nil,
        text: spoken.text
      )
    }
    let found = TimeFindings(
      Transcript(segments: segments),
      table: "transcripts",
      in: try await activity()
    )
    let drift = try #require(found.findings.first { $0.code == .timeDrift })
    #expect(drift.message.contains(/Rows stand (3\.9|4\.0|4\.1) s after the words/))
  }

  @Test func whatIsNoSoundIsSaid() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).mp4")
    try Data("no video".utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    await #expect {
      try await SoundProfile.listening(to: file.path)
    } throws: { error in
      (error as? SoundError)?.reason == .noSound
    }
    await #expect {
      try await SoundProfile.listening(to: file.path, program: "no-such-decoder")
    } throws: { error in
      (error as? SoundError)?.reason == .decoderMissing
    }
  }

  @Test func noRowsAndNoSpeechAreNoTrouble() async throws {
    let activity = try await activity()
    let none = TimeCheck([], in: activity)
    #expect(none.startsMS.isEmpty && !none.isOff)
    #expect(none.untranscribed.count == 1)
  }
}
