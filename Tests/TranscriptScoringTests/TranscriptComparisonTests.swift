import Testing
import TranscriptModel
import TranscriptScoring

@Suite("Transcripts row by row")
struct TranscriptComparisonTests {
  private func transcript(_ rows: [(Int?, Int, String)], names: [Int: String] = [:]) -> Transcript {
    Transcript(
      segments: rows.enumerated().map { index, row in
        TranscriptSegment(
          row: index,
          start: row.0.map { Timecode(milliseconds: $0 * 1000) },
          end: nil,
          endIsEstimate: true,
          voice: row.1,
          text: row.2
        )
      },
      speakers: names.sorted { $0.key < $1.key }.map { Speaker(voice: $0.key, name: $0.value) }
    )
  }

  private func changes(_ one: Transcript, _ other: Transcript) -> [Set<TranscriptComparison.Change>]
  {
    TranscriptComparison(one, other, tolerance: 1000).rows.map(\.changes)
  }

  private let before: [(Int?, Int, String)] = [
    (1, 1, "Good evening to all."), (5, 2, "Thank you."), (9, 1, "What did you find there?"),
    (14, 2, "Mould, and under it sheets."),
  ]

  @Test("The same is the same, whatever voices are numbered")
  func sameness() {
    let renumbered = before.map { ($0.0, 3 - $0.1, $0.2) }
    let one = transcript(before, names: [1: "Ada", 2: "Ben"])
    let other = transcript(renumbered, names: [1: "Ben", 2: "Ada"])
    #expect(TranscriptComparison(one, other, tolerance: 0).isSame)
  }

  @Test("Each kind of change is told from the others")
  func kinds() {
    var rows = before
    rows[0].2 = "Good evening to everyone."
    rows[1].0 = 8
    rows[2].1 = 2
    rows.remove(at: 3)
    rows.append((20, 1, "Applause"))
    #expect(
      changes(transcript(before), transcript(rows))
        == [[.text], [.time], [.speaker], [.missing], [.added]]
        || changes(transcript(before), transcript(rows))
          == [[.text], [.time], [.speaker], [.added], [.missing]]
    )
  }

  @Test("A voice with another name changes its rows' name, not their speaker")
  func names() {
    let one = transcript(before, names: [1: "Ada", 2: "Ben"])
    let other = transcript(before, names: [1: "Ida", 2: "Ben"])
    #expect(changes(one, other) == [[.name], [], [.name], []])
    let voices = TranscriptComparison(one, other, tolerance: 0).voices
    #expect(voices.map(\.secondLabel) == ["Ida", "Ben"])
  }

  @Test("A row that was split keeps its counterpart, and the rest is added")
  func splitting() {
    var rows = before
    rows[3] = (14, 2, "Mould, and")
    rows.append((16, 2, "under it sheets."))
    let found = changes(transcript(before), transcript(rows))
    #expect(found.count == 5)
    #expect(found.filter { $0 == [.text] || $0 == [.text, .time] }.count == 1)
    #expect(found.filter { $0 == [.added] }.count == 1)
  }

  @Test("Nothing against something is all added or all missing")
  func emptiness() {
    let empty = transcript([])
    #expect(changes(empty, transcript(before)).allSatisfy { $0 == [.added] })
    #expect(changes(transcript(before), empty).allSatisfy { $0 == [.missing] })
    #expect(TranscriptComparison(empty, empty, tolerance: 0).isSame)
  }
}
