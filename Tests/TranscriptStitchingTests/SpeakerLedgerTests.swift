import OrderedJSON
import TabularExtraction
import Testing
import TranscriptModel
import TranscriptStitching

@Suite struct SpeakerLedgerTests {
  @Test("a ledger keeps names, completes what is known, and comes back from JSON")
  func keepsNames() throws {
    var ledger = SpeakerLedger()
    ledger.note(
      Transcript(speakers: [
        Speaker(voice: 1, name: "Ada Byron", company: "Acme"), Speaker(voice: 2),
        Speaker(voice: 3, name: "Speaker 3"),
      ])
    )
    ledger.note(
      Transcript(speakers: [
        Speaker(voice: 1, name: "Mary Jones"), Speaker(voice: 2, name: "ada byron", role: "Host"),
      ])
    )
    #expect(ledger.context == "Mary Jones\nada byron, Acme, Host")
    #expect(try SpeakerLedger(json: ledger.json) == ledger)
  }

  @Test("a ledger is bounded, and its text has no line breaks of others")
  func isBounded() throws {
    var ledger = SpeakerLedger()
    let speakers = (0..<500).map {
      Speaker(voice: $0, name: "Ada\nNumber\($0) " + String(repeating: "x", count: 999))
    }
    ledger.note(Transcript(speakers: speakers))
    #expect(ledger.entries.count == SpeakerLedger.mostEntries)
    #expect(ledger.context.split(separator: "\n").count == SpeakerLedger.mostEntries)
    #expect(ledger.entries.allSatisfy { $0.name.count <= 200 })
    #expect(throws: TranscriptDocumentError.self) {
      try SpeakerLedger(json: ["speakers": [["name": 3]]])
    }
  }

  @Test("a second reply gives voices of the first their names")
  func secondPass() {
    let first = Sample.piece(0, 60, [(5, "Good evening.", 1), (9, "Hello.", 2)])
    let second = Sample.piece(0, 60, [], names: [1: "Ada Byron", 2: "?"])
    let piece = first.identified(by: DecodedReply(tables: [second.tables[1]]))
    let whole = Sample.stitch([piece], until: 60)
    #expect(whole.transcript.speakers.map(\.name) == ["Ada Byron", nil])
    #expect(whole.transcript.segments.count == 2)
  }
}
