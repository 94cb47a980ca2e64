internal import OrderedJSON
internal import ReportSamples
import Testing
internal import TranscriptFormats
internal import TranscriptModel

/// Text that tries to become something else in a file.
@Suite struct HostileExportTests {
  static let texts =
    HostileTexts.all + [
      "a\tb\r\nc\n\nd", "1\n00:00:01,000 --> 00:00:02,000\nx", "NOTE x", "STYLE\n::cue{}",
      "</v><v Eve>", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\"", ",\",", "'",
      "\u{FEFF}BOM", "\u{0}", "&amp;", "a-->b", "--\u{0}>", "{\\an8}", "<font color=red>", " ",
    ]

  private func lines(_ format: any TranscriptFormat, _ text: String) -> [Substring] {
    let bytes = format.bytes(of: HostileTexts.document(with: text))
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test(arguments: texts) func captionsHaveArrowsOnlyBetweenTimes(_ text: String) {
    let formats: [any TranscriptFormat] = [SubRipFormat(), WebVTTFormat()]
    for format in formats {
      for line in lines(format, text) where line.contains("-->") {
        #expect(line.wholeMatch(of: /[0-9:,.]{12} --> [0-9:,.]{12}/) != nil, "\(line)")
      }
    }
  }

  @Test(arguments: texts) func webVTTHasNoTagsButItsOwn(_ text: String) {
    let cues = lines(WebVTTFormat(), text).drop { !$0.isEmpty }.dropFirst().drop { !$0.isEmpty }
    for line in cues where !line.contains(" --> ") {
      let rest = line.hasPrefix("<v ") ? line.dropFirst(3) : line
      let text = line.hasPrefix("<v ") ? rest.drop { $0 != ">" }.dropFirst() : rest
      #expect(!text.contains("<") && !text.contains(">"))
      #expect(!rest.prefix { $0 != ">" }.contains("<"))
    }
  }

  @Test(arguments: texts) func subRipHasNoTags(_ text: String) {
    for line in lines(SubRipFormat(), text) {
      // What has no end is no tag.
      #expect(line.firstMatch(of: /<[A-Za-z\/ ][^>]*>/) == nil)
      #expect(line.firstMatch(of: /\{[^}]*\}/) == nil)
      #expect(line.firstMatch(of: /\\[NnhA-Za-z]/) == nil)
    }
  }

  @Test(arguments: texts) func csvIsReadBackAndHasNoFormula(_ text: String) throws {
    let document = HostileTexts.document(with: text)
    let records = try CSVReader.records(CSVFormat().bytes(of: document))
    #expect(records.count == document.transcript.segments.count + 1)
    #expect(records.allSatisfy { $0.count == 11 })
    let cell = text.unicodeScalars.map {
      $0.properties.generalCategory == .control && !"\t\r\n".unicodeScalars.contains($0)
        ? "\u{FFFD}" : String($0)
    }.joined()
    #expect(
      Array(records[1][9].utf8.filter { $0 != 0x27 }) == Array(cell.utf8.filter { $0 != 0x27 })
    )
    for cell in records.dropFirst().joined() {
      for piece in cell.split(whereSeparator: { ";\t\r\n\r\n".contains($0) }) {
        let seen = piece.unicodeScalars.drop {
          $0.properties.isWhitespace || $0.properties.generalCategory == .format
        }
        #expect(!"=+-@＝＋－＠".unicodeScalars.contains(seen.first ?? " "), "\(cell)")
      }
    }
  }

  @Test(arguments: texts) func tablesAndTextsKeepOneLineForEachRow(_ text: String) throws {
    let document = HostileTexts.document(with: text)
    let tsv = lines(TSVFormat(), text)
    #expect(tsv.count == 4)
    #expect(
      tsv.dropLast().allSatisfy {
        $0.split(separator: "\t", omittingEmptySubsequences: false).count == 11
      }
    )
    #expect(lines(PlainTextFormat(), text).count == 3)
    for line in lines(JSONLinesFormat(), text).dropLast() {
      let row = try JSONValue(parsing: String(line))
      #expect(row["text"]?.string == text)
      #expect(row["name"]?.string == (row["voice"] == 1 ? text : nil))
    }
    #expect(document.transcript.segments.count == 2)
  }
}

/// Reads comma-separated values by the grammar of RFC 4180, and nothing else.
enum CSVReader {
  struct Fault: Error {}

  static func records(_ bytes: [UInt8]) throws -> [[String]] {
    var records: [[String]] = []
    var record: [String] = []
    var cell: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x22 {
        guard cell.isEmpty else { throw Fault() }
        cell = try quoted(bytes, &index)
      } else {
        while index < bytes.count, ![0x2C, 0x0D, 0x0A, 0x22].contains(bytes[index]) {
          cell.append(bytes[index])
          index += 1
        }
      }
      record.append(String(decoding: cell, as: UTF8.self))
      cell = []
      guard index < bytes.count else { throw Fault() }
      if bytes[index] == 0x2C {
        index += 1
      } else {
        guard bytes[index...].starts(with: [0x0D, 0x0A]) else { throw Fault() }
        index += 2
        records.append(record)
        record = []
      }
    }
    return records
  }

  private static func quoted(_ bytes: [UInt8], _ index: inout Int) throws -> [UInt8] {
    var cell: [UInt8] = []
    index += 1
    while index < bytes.count {
      if bytes[index] == 0x22 {
        index += 1
        guard index < bytes.count, bytes[index] == 0x22 else { return cell }
      }
      cell.append(bytes[index])
      index += 1
    }
    throw Fault()
  }
}
