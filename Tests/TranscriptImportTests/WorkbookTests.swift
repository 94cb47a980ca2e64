internal import ReportSamples
import Testing
internal import TranscriptFormats
import TranscriptImport
internal import TranscriptModel

/// Our workbooks, read again by our own reader.
@Suite("Workbooks there and back") struct WorkbookTests {
  private static func book(_ texts: [String], tables: [Table] = []) -> [UInt8] {
    let segments = texts.enumerated().map { row, text in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 1001),
        end: nil,
        endIsEstimate: true,
        voice: nil,
        text: text
      )
    }
    var document = SampleDocuments.made(uri: "x", title: nil, segments: segments, speakers: [])
    document.tables = tables
    return XLSXFormat().bytes(of: document)
  }

  @Test("Every text and time comes back, whatever signs it has")
  func texts() throws {
    let texts = [
      "<b>bold</b> & \"quoted\"", "_x0041_ and _x41_", "bell\u{7} and escape\u{1B}", "tab\tthere",
      "日本語 👩‍👩‍👧‍👦 \u{FFFD}", "=1+1", "]]>", "x", "007",
    ]
    let rows = try TranscriptImporter.read(Self.book(texts)).rows
    #expect(rows.map(\.text) == texts)
    #expect(rows.map(\.start) == texts.indices.map { $0 * 1001 })
    let mended = try TranscriptImporter.read(Self.book(["a\u{0}b\u{FFFF}c"])).rows
    #expect(mended.map(\.text) == ["a\u{FFFD}b\u{FFFD}c"])
  }

  @Test(
    "Texts longer than a cell, numbers longer than a number and odd names of sheets are no fault"
  )
  func limits() throws {
    let names = ["history", "History", "a/b", "", String(repeating: "👩‍🚀", count: 20)]
    let tables = names.map { name in
      var table = Table(name: name, columns: [Column(name: "n", type: .number)])
      table.append([.number("1e999")])
      table.append([.integer(1_234_567_890_123_456_789)])
      return table
    }
    let long = String(repeating: "word and ", count: 5000)
    let rows = try TranscriptImporter.read(Self.book([long], tables: tables)).rows
    #expect(rows.count == 1 && rows[0].text.utf8.count > 32_000)
  }
}
