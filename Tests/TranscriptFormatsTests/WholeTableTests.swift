internal import ReportSamples
import Testing
internal import TranscriptModel

@testable import TranscriptFormats

/// Tables with their own columns, beside the rows.
@Suite struct WholeTableTests {
  private static func document(rows: Bool) -> TranscriptDocument {
    var table = Table(
      name: "Objects / seen",
      columns: [
        Column(name: "when", role: .start), Column(name: "=what"),
        Column(name: "count", type: .integer),
      ]
    )
    table.append([.time(Timecode(milliseconds: 61_500)), .text("a; =1+1"), .integer(2)])
    table.append([.missing, .text("two\nlines, \"quoted\""), .missing])
    let row = TranscriptSegment(
      row: 0,
      start: .zero,
      end: nil,
      endIsEstimate: true,
      voice: nil,
      text: "Good evening."
    )
    let segments = rows ? [row] : []
    var document = SampleDocuments.made(uri: "x", title: nil, segments: segments, speakers: [])
    document.tables = [table]
    return document
  }

  private func texts(_ format: any TranscriptFormat, rows: Bool) -> [String: String] {
    let transcript = ExportedTranscript(Self.document(rows: rows))
    let files = format.companions(of: transcript, options: .init())
    return files.reduce(
      into: ["": String(decoding: format.bytes(of: transcript, options: .init()), as: UTF8.self)]
    ) { $0[$1.suffix] = String(decoding: $1.bytes, as: UTF8.self) }
  }

  private static let csv =
    "when,'=what,count\r\n00:01:01.500,a;' =1+1,2\r\n?,\"two\nlines, \"\"quoted\"\"\",?\r\n"

  @Test func eachTableHasAFileOfItsOwn() {
    let csv = texts(CSVFormat(), rows: true)
    #expect(csv[".Objects___seen.csv"] == Self.csv)
    #expect(csv[""]?.hasPrefix("row,start,end,") == true)
    let tsv = texts(TSVFormat(), rows: true)[".Objects___seen.tsv"]
    #expect(tsv?.hasPrefix("when\t'=what\tcount\n00:01:01.500\ta;' =1+1\t2\n?\t") == true)
  }

  @Test func aTableStandsInForRowsThatThereAreNot() {
    #expect(texts(CSVFormat(), rows: false) == ["": Self.csv])
  }
}
