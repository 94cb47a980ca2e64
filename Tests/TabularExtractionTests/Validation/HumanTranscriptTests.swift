import Foundation
import OrderedJSON
import TabularExtraction
import TestSupport
import Testing
import TranscriptModel

/// Transcripts that people made: what the validator says about them should be true.
@Suite(.enabled(if: SharedFixtures.isPresent)) struct HumanTranscriptTests {
  static func assemble(_ rows: [(Double, Double?, String, String)]) -> AssembledTranscript {
    var table = Table(
      name: "transcripts",
      columns: [
        Column(name: "start", type: .number, role: .start),
        Column(name: "end", type: .number, role: .end), Column(name: "text", role: .text),
        Column(name: "voice", role: .voice),
      ]
    )
    for (start, end, text, voice) in rows {
      table.append([
        .number("\(start)"), end.map { .number("\($0)") } ?? .missing, .text(text), .text(voice),
      ])
    }
    return TranscriptAssembler().assemble([table])
  }

  static func count(_ findings: [Finding]) -> [String: Int] {
    findings.reduce(into: [:]) { $0[$1.code.rawValue, default: 0] += 1 }
  }

  @Test("a space flight by radio has its long silences, and nothing else")
  func readsAirToGround() throws {
    let lines = try SharedFixtures.text(
      "fixtures/transcripts/nasa/mercury-redstone3-air-to-ground.turns.jsonl"
    )
    let rows: [(Double, Double?, String, String)] = try lines.split(separator: "\n").map { line in
      let row = try JSONValue(parsing: String(line))
      return (
        try #require(row["startSeconds"]?.double), nil, try #require(row["text"]?.string),
        try #require(row["speaker"]?.string)
      )
    }
    let result = Self.assemble(rows)
    #expect(result.transcript.segments.count == rows.count)
    #expect(Self.count(result.findings) == ["gap": 1])
  }

  @Test("a conversation cut to single words and phrases is left alone")
  func readsConversation() throws {
    let lines = try SharedFixtures.text("fixtures/transcripts/pyannote/sample.stm")
    let rows = lines.split(separator: "\n").compactMap {
      line -> (Double, Double?, String, String)? in
      let fields = line.split(separator: " ", maxSplits: 5).map(String.init)
      guard fields.count == 6, let start = Double(fields[3]) else { return nil }
      return (start, Double(fields[4]), fields[5], fields[2])
    }
    let result = Self.assemble(rows)
    #expect(!rows.isEmpty)
    #expect(result.findings.isEmpty)
  }

  @Test("a flight of five hours by radio has its long silences, and next to nothing else")
  func readsLongFlight() throws {
    let text = try SharedFixtures.text("fixtures/transcripts/nasa/gemini3.txt")
    var rows: [(Double, Double?, String, String)] = []
    var start = 0.0
    for line in text.split(separator: "\n") {
      if line.hasPrefix("[") {
        let fields = line.dropFirst().dropLast().split(separator: ":").compactMap { Double($0) }
        guard fields.count == 4 else { continue }
        start = ((fields[0] * 24 + fields[1]) * 60 + fields[2]) * 60 + fields[3]
      } else if let colon = line.firstIndex(of: ":"), !line.hasPrefix("_") {
        let said = line[line.index(after: colon)...].drop { $0 == " " }
        rows.append((start, nil, String(said), String(line[..<colon])))
      }
    }
    let result = Self.assemble(rows)
    #expect(rows.count > 1000)
    let counts = Self.count(result.findings)
    #expect(Set(counts.keys) == ["gap", "impossible-pace"])
    // The log has rows of 70 words four seconds before the next: its times are the mistake.
    #expect(counts["impossible-pace", default: 0] <= 6)
  }

  @Test("of a podcast only what is wrong with it is found")
  func readsPodcast() throws {
    let text = try SharedFixtures.text(
      "fixtures/transcripts/podcasts/the-bitcoin-core-wallet-and-wrangling-bitcoin-data.md"
    )
    var rows: [(String, String, Int?)] = []
    let names = [1: "Mark Erhardt", 2: "Adam Jonas", 3: "Josibake"]
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
      let voice = names.first { $0.value == parts.first }?.key
      if let voice, parts.count == 2 {
        rows.append((parts[1], "", voice))
      } else if let last = rows.indices.last {
        rows[last].1 += rows[last].1.isEmpty ? "\(line)" : " \(line)"
      }
    }
    let tables = [Reply.transcripts(rows), Reply.speakers(names: names)]
    let result = TranscriptAssembler(duration: time("36:00")).assemble(tables)
    #expect(rows.count > 100)
    // One turn is written down a second early, and nobody wrote down the end.
    #expect(Self.count(result.findings) == ["time-reversed": 1, "gap": 1])
  }
}
