import Foundation
import PlainText
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (297_153, "297,153"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func wholeNumbersHaveSeparators(_ number: Int, _ text: String) {
    #expect(NumberText.grouped(number) == text)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1k"), (1400, "1.4k"), (31_200, "31k"), (999_499, "999k"),
    (999_500, "1M"), (1_700_000, "1.7M"), (9_960_000, "10M"), (-2500, "-2.5k"),
    (5_000_000_000_000, "5000G"),
  ])
  func countsAreShortened(_ number: Int, _ text: String) {
    #expect(NumberText.compact(number) == text)
  }

  @Test func bytesHaveAUnit() {
    #expect(NumberText.bytes(812) == "812 B")
    #expect(NumberText.bytes(1_540_000) == "1.5 MB")
  }

  @Test(arguments: [
    (Duration.milliseconds(420), "0.4 s"), (.seconds(3), "3 s"), (.seconds(59), "59 s"),
    (.seconds(200), "3 min 20 s"), (.seconds(120), "2 min"), (.seconds(3900), "1 h 5 min"),
  ])
  func lengthsOfTimeAreWords(_ duration: Duration, _ text: String) {
    #expect(NumberText.duration(duration) == text)
  }

  @Test(arguments: [
    (Duration.zero, "5 s"), (.seconds(38), "40 s"), (.seconds(119), "2 min"),
    (.seconds(2385), "40 min"), (.seconds(4700), "1 h 20 min"), (.seconds(86_400), "24 h"),
  ])
  func guessesOfTimeAreRound(_ duration: Duration, _ text: String) {
    #expect(NumberText.roughly(duration) == text)
  }

  @Test(arguments: [
    ("0", "0"), ("0.000", "0"), ("1", "1.00"), ("1234.5", "1,234.50"), ("0.2261", "0.23"),
    ("0.1", "0.10"), ("0.0163", "0.016"), ("0.00996", "0.0100"), ("0.000012", "0.000012"),
    ("0.999", "1.00"), ("9.995", "10.00"), ("-0.5", "-0.50"), ("007.1", "7.10"),
    ("0.1349999999999999999", "0.13"), ("about 3", "about 3"), ("", ""), (".5", ".5"),
  ])
  func moneyHasTheDigitsThatMatter(_ exact: String, _ text: String) {
    #expect(MoneyText.rendered(exact) == text)
  }

  @Test func rangesThatLookTheSameAreOneNumber() {
    #expect(MoneyText.range(0.14, 0.17) == "0.14–0.17")
    #expect(MoneyText.range(Decimal(141) / 1000, Decimal(142) / 1000) == "0.14")
  }

  @Test func oneThingIsNamedInTheSingular() {
    #expect(NumberText.counted(1, "row") == "1 row")
    #expect(NumberText.counted(9812, "row") == "9,812 rows")
    #expect(NumberText.counted(0, "copy", "copies") == "0 copies")
  }

  @Test func littleIsNotNothing() {
    #expect(NumberText.percent(0.342) == "34 %")
    #expect(NumberText.percent(0.001) == "under 1 %")
    #expect(NumberText.percent(0) == "0 %")
  }

  @Test func numbersAreFilledUpWithZeros() {
    #expect(NumberText.padded(7, 3) == "007")
    #expect(NumberText.padded(1234, 3) == "1234")
    #expect(NumberText.hexadecimal(0xAB) == "00000000000000ab")
  }
}

@Suite struct MomentTextTests {
  @Test(arguments: [
    ("2026-11-20T10:15:00Z", 1_795_169_700.0), ("2026-11-20T11:15:00+01:00", 1_795_169_700),
    ("2026-11-20T10:15:00.25Z", 1_795_169_700.25),
    ("2026-11-20T10:15:00.123456789Z", 1_795_169_700.123456789),
    ("2026-11-20T05:15:00.5-05:00", 1_795_169_700.5),
  ])
  func momentsAreReadInEveryForm(_ text: String, _ seconds: Double) throws {
    let date = try #require(MomentText.date(text))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_001)
  }

  @Test(arguments: ["", "yesterday", "2026-11-20", "2026-11-20T10:15:00", "2026-13-20T10:15:00Z"])
  func whatIsNoMomentIsNone(_ text: String) {
    #expect(MomentText.date(text) == nil)
  }

  @Test func momentsAreWrittenInUTC() {
    let date = Date(timeIntervalSince1970: 1_795_169_700)
    #expect(MomentText.exact(date) == "2026-11-20T10:15:00Z")
    #expect(MomentText.minute(date) == "2026-11-20 10:15")
    #expect(MomentText.day(date) == "2026-11-20")
    #expect(
      MomentText.precise(secondsSince1970: 1_795_169_700.5) == "2026-11-20T10:15:00.500000Z"
    )
  }
}

@Suite struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func bytesComeBack(_ plain: String, _ text: String) {
    #expect(Base64.encoded(Array(plain.utf8)) == text)
    #expect(Base64.decoded(text) == Array(plain.utf8))
    #expect(Base64.decoded(text.replacing("=", with: "")) == Array(plain.utf8))
  }

  @Test func bothAlphabetsAreRead() {
    let bytes: [UInt8] = [0xFB, 0xFF, 0xBF, 0xFE]
    #expect(Base64.encoded(bytes) == "+/+//g==")
    #expect(Base64.encoded(bytes, urlSafe: true) == "-_-__g")
    #expect(Base64.decoded("+/+//g==") == bytes)
    #expect(Base64.decoded("-_-__g") == bytes)
  }

  @Test(arguments: ["Z", "Zg=a", "Zm9v Zm9v", "Zg===", "Zm9vé"])
  func otherTextIsRefused(_ text: String) {
    #expect(Base64.decoded(text) == nil)
  }
}

@Suite struct ComparingTests {
  @Test(arguments: [("", "", 0), ("abc", "", 3), ("abc", "acb", 1), ("kitten", "sitting", 3)])
  func distanceCountsEdits(_ left: String, _ right: String, _ edits: Int) {
    let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    #expect(EditDistance.between(left, right, countsSwaps: true) == edits)
    #expect(EditDistance.between(right, left, countsSwaps: true) == edits)
  }

  @Test func aSwapIsTwoEditsUnlessItCounts() {
    #expect(EditDistance.between([1, 2, 3], [1, 3, 2]) == 2)
  }

  /// The published values (draft-eastlake-fnv, appendix C).
  @Test(arguments: [
    ("", "cbf29ce484222325"), ("a", "af63dc4c8601ec8c"), ("foobar", "85944171f73967e8"),
  ])
  func hashesAreThePublishedOnes(_ text: String, _ digits: String) {
    #expect(StableHash(text.utf8).hexadecimal == digits)
  }
}
