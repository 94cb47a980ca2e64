import Testing
import TranscriptModel

@Suite struct TimecodeTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let milliseconds: Int
    var testDescription: String { text }

    init(_ text: String, _ milliseconds: Int) {
      self.text = text
      self.milliseconds = milliseconds
    }
  }

  static let accepted = [
    Case("0", 0), Case("5", 5000), Case("90.5", 90500), Case("7,25", 7250),
    Case("0:05", 5000), Case("00:05", 5000), Case("1:5", 65000), Case("65:42", 3_942_000),
    Case("0:65", 65000), Case("125:00", 7_500_000), Case("1:02:03", 3_723_000),
    Case("00:65:42", 3_942_000), Case("01:09:10", 4_150_000), Case("100:00:00", 360_000_000),
    Case("00:05.5", 5500), Case("00:05.050", 5050), Case("00:05,500", 5500),
    Case("1:02:03.004", 3_723_004), Case("00:05.1239", 5123),
    Case("00:01:234", 1234), Case("00:01:75", 1750), Case("00:01:05:12", 65000),
    Case("00:01:05:120", 65120), Case("01:00:00;12", 3_600_000),
    Case("90s", 90000), Case("1.5s", 1500), Case("1h2m3s", 3_723_000), Case("1H 2M 3S", 3_723_000),
    Case("2m", 120_000), Case("2m30", 150_000), Case("1h30", 5_400_000), Case("5 min", 300_000),
    Case("1 hour 5 seconds", 3_605_000), Case("1s500ms", 1500), Case("PT1M5S", 65000),
    Case("[00:05]", 5000), Case("(1:05)", 65000), Case(" 00:05 ", 5000), Case("[ 00:05 ]", 5000),
    Case("<00:05>", 5000), Case("00：05", 5000), Case("00∶05", 5000), Case("０１：０５", 65000),
    Case("٠١:٠٥", 65000), Case("\u{200E}00:05\u{200F}", 5000), Case("00:05\u{00A0}", 5000),
  ]

  @Test("reads every spelling of a time", arguments: accepted)
  func reads(_ example: Case) throws {
    #expect(try Timecode(parsing: example.text).milliseconds == example.milliseconds)
  }

  static let refused: [(String, TimecodeError.Reason)] = [
    ("", .empty), ("  ", .empty), ("[]", .empty), ("-0:05", .negative), ("−5", .negative),
    ("abc", .malformed), ("?", .malformed), ("a:b", .malformed), ("0:-1", .malformed),
    ("1:", .malformed), (":05", .malformed), ("1::05", .malformed), ("00:05.", .malformed),
    ("1:2:3:4:5", .malformed), ("5:75:10", .malformed), ("1s2h", .malformed), ("1m2m", .malformed),
    ("1x", .malformed), ("00:05 am", .malformed), ("99999999999:00", .malformed),
    ("0x10", .malformed), ("1e3", .malformed), ("00:05 - end", .malformed),
    (String(repeating: "1", count: 100_000), .malformed), ("00:05 - 00:09", .range),
  ]

  @Test("refuses what is no time, and says why", arguments: refused)
  func refuses(_ text: String, _ reason: TimecodeError.Reason) {
    #expect(throws: TimecodeError(text: text, reason: reason)) { try Timecode(parsing: text) }
  }

  @Test("an error quotes a bounded part of the text and what to write instead")
  func boundsErrors() {
    let error = TimecodeError(text: String(repeating: "x", count: 5000), reason: .malformed)
    #expect(error.description.utf8.count < 200)
    #expect(error.description.hasSuffix("write M:SS, H:MM:SS, seconds or 1h2m3s"))
  }

  @Test("printing and reading give the same moment")
  func printsWhatItReads() throws {
    var moments = Array(stride(from: 0, to: 20000, by: 37))
    moments += stride(from: 3_590_000, to: 3_610_000, by: 333)
    moments += stride(from: 0, to: 90_000_000, by: 777_777)
    for milliseconds in moments {
      let time = Timecode(milliseconds: milliseconds)
      #expect(try Timecode(parsing: time.renderedExactly) == time)
    }
  }
}

@Suite struct TimeSpellingTests {
  static let readings: [(String, [Int])] = [
    ("00:05", [5000]), ("65:42", [3_942_000]), ("1:02:03.5", [3_723_500]),
    ("01:09:10", [4_150_000, 69100]), ("00:11:00", [660_000, 11000]),
    ("1500", [1_500_000, 1500]), ("999", [999_000]), ("00:01:75", [1750]),
  ]

  @Test("an ambiguous spelling has all its readings, the usual one first", arguments: readings)
  func listsReadings(_ text: String, _ expected: [Int]) throws {
    #expect(try TimeSpelling(parsing: text).readings.map(\.milliseconds) == expected)
  }

  @Test(
    "of a range the start is read",
    arguments: [
      "00:05 - 00:09", "0:05-0:09", "00:05 – 00:09", "[00:05 --> 00:09]", "[00:05] - [00:09]",
      "00:05 to 00:09", "5s - 9s", "00:05 → 00:09", "00:05~00:09", "00:05,000 --> 00:09,000",
    ]
  )
  func readsStartOfRange(_ text: String) throws {
    let spelling = try TimeSpelling(parsing: text)
    #expect(spelling.isRange)
    #expect(spelling.time == Timecode(milliseconds: 5000))
  }

  @Test(
    "only what was asked for counts as plain",
    arguments: [
      ("0:05", true), ("00:05", true), ("65:42", true), ("1:02:03", true), ("00:05.500", true),
      ("1:02:03.5", true), ("5", false), ("0:65", false), ("1:5", false), ("[00:05]", false),
      ("90s", false), ("00：05", false), ("00:05 - 00:09", false), ("00:01:75", false),
    ]
  )
  func tellsPlainFromLenient(_ text: String, _ isPlain: Bool) throws {
    #expect(try TimeSpelling(parsing: text).isPlain == isPlain)
  }
}
