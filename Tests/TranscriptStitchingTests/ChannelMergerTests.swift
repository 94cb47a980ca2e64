import TabularExtraction
import Testing
import TranscriptModel
import TranscriptStitching

/// Channels of a recording, each the line of one speaker.
@Suite struct ChannelMergerTests {
  private static let length = TimeRange(start: .zero, end: Timecode(milliseconds: 60_000))

  private func piece(
    _ rows: [(start: Int, voice: Int, text: String)],
    names: [(voice: Int, name: String?)],
    findings: [Finding] = []
  ) -> ReplyPiece {
    var said = Table(
      name: "transcripts",
      columns: [
        Column(name: "start", role: .start), Column(name: "text", role: .text),
        Column(name: "voice", type: .integer, role: .voice),
      ]
    )
    for row in rows {
      said.append([
        .time(Timecode(milliseconds: row.start)), .text(row.text), .integer(row.voice),
      ])
    }
    var speakers = Table(
      name: "speakers",
      columns: [
        Column(name: "voice", type: .integer, role: .voice), Column(name: "name", role: .name),
      ]
    )
    for speaker in names {
      speakers.append([.integer(speaker.voice), speaker.name.map { .text($0) } ?? .missing])
    }
    return ReplyPiece(
      range: Self.length,
      tables: names.isEmpty ? [said] : [said, speakers],
      findings: findings
    )
  }

  private func merge(_ pieces: [ReplyPiece]) -> StitchedReply {
    ChannelMerger(assembler: TranscriptAssembler(duration: Self.length.end)).merge(
      pieces.enumerated().map { .init(name: "Channel \($0 + 1)", pieces: [$1]) }
    )
  }

  @Test func rowsStandByTimeAndEachChannelIsOneVoice() throws {
    let left = piece(
      [(1000, 1, "Good morning."), (9000, 2, "Yes?"), (12_000, 1, "How can I help you?")],
      names: [(1, "Ada Lindqvist"), (2, nil)]
    )
    let doubt = Finding(
      "bad-type",
      .warning,
      "A cell is odd.",
      rows: [.init(table: "transcripts", index: 1)]
    )
    let right = piece(
      [(5000, 7, "Good morning."), (15_000, 7, "My line is dead.")],
      names: [],
      findings: [doubt]
    )
    let whole = merge([left, right])
    #expect(
      whole.transcript.segments.map(\.text) == [
        "Good morning.", "Good morning.", "Yes?", "How can I help you?", "My line is dead.",
      ]
    )
    #expect(whole.transcript.segments.map(\.voice) == [1, 2, 1, 1, 2])
    #expect(whole.transcript.speakers.map(\.name) == ["Ada Lindqvist", "Channel 2"])
    let found = try #require(whole.findings.first { $0.code == "bad-type" })
    #expect(found.message == "Channel 2: A cell is odd.")
    #expect(found.rows == [.init(table: "transcripts", index: 4)])
  }

  @Test func namesComeFromTheChannelsWhereNobodySaysThem() {
    let whole = merge([
      piece([(1000, 1, "One.")], names: []), piece([(2000, 1, "Two.")], names: []),
      piece([], names: []),
    ])
    // A channel in which nobody speaks is nobody.
    #expect(whole.transcript.speakers.map(\.name) == ["Channel 1", "Channel 2"])
  }
}
