internal import CommandLineInterface
import Testing

@Suite struct TerminalTextTests {
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
    ("0", "0"), ("0.000", "0"), ("1", "1.00"), ("1234.5", "1,234.50"), ("0.2261", "0.23"),
    ("0.1", "0.10"), ("0.0163", "0.016"), ("0.00996", "0.0100"), ("0.000012", "0.000012"),
    ("0.999", "1.00"), ("9.995", "10.00"), ("-0.5", "-0.50"), ("007.1", "7.10"),
    ("0.1349999999999999999", "0.13"), ("about 3", "about 3"), ("", ""), (".5", ".5"),
  ])
  func moneyHasTheDigitsThatMatter(_ exact: String, _ text: String) {
    #expect(MoneyText.rendered(exact) == text)
  }

  @Test func rangesThatLookTheSameAreOneNumber() {
    #expect(MoneyText.range("0.14", "0.17") == "0.14–0.17")
    #expect(MoneyText.range("0.141", "0.142") == "0.14")
  }

  @Test(arguments: [
    ("abc", 3), ("日本語", 6), ("ｶﾅ", 2), ("e\u{301}", 1), ("👩‍👩‍👧", 2), ("🇯🇵", 2), ("❤️", 2),
    ("한국", 4), ("Ω", 1), ("", 0), ("\u{301}", 0), ("…", 1),
  ])
  func widthIsCountedAsATerminalDoes(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test func cuttingNeverExceedsTheColumns() {
    #expect(DisplayWidth.truncated("日本語の字幕", to: 6) == "日本…")
    #expect(DisplayWidth.truncated("日本語", to: 6) == "日本語")
    for columns in 0...20 {
      let cut = DisplayWidth.truncated("a日b本c語 wide and narrow", to: columns)
      #expect(DisplayWidth.of(cut) <= columns)
    }
  }

  @Test func hostileTextIsShownAndNotObeyed() {
    #expect(SafeText.line("a\u{1B}[2Jb\tc\r\nd\u{7}") == "a\u{241B}[2Jb c  d\u{2407}")
    #expect(SafeText.line("\u{9B}31m\u{202E}abc\u{7F}") == "\u{FFFD}31m\u{FFFD}abc\u{2421}")
    #expect(SafeText.line("Zoë 日本 👩‍👧") == "Zoë 日本 👩‍👧")
    #expect(SafeText.quoted(String(repeating: "x", count: 500)).count == 122)
  }

  @Test func barsFillInEighths() {
    #expect(ProgressBar.rendered(0, width: 6) == "▕    ▏")
    #expect(ProgressBar.rendered(0.5, width: 6) == "▕██  ▏")
    #expect(ProgressBar.rendered(0.66, width: 6) == "▕██▋ ▏")
    #expect(ProgressBar.rendered(7, width: 6) == "▕████▏")
    #expect(ProgressBar.rendered(.nan, width: 6) == "▕    ▏")
  }

  @Test func whatReachesATerminalKeepsOnlyOurOwnCodes() {
    let style = TextStyle(isEnabled: true)
    #expect(SafeText.terminal(style.green("✓") + " a\tb\n") == style.green("✓") + " a\tb\n")
    #expect(SafeText.terminal("\u{1B}]0;x\u{7}\u{1B}[2J") == "\u{241B}]0;x\u{2407}\u{241B}[2J")
    #expect(SafeText.terminal("a\u{9B}2J\u{202E}b") == "a\u{FFFD}2J\u{FFFD}b")
  }

  @Test func jsonEscapesWhatATerminalWouldObey() {
    #expect(SafeText.json("[\"a\u{9B}b\u{202E}c é\"]") == #"["a\u009bb\u202ec é"]"#)
    #expect(SafeText.json("[1]") == "[1]")
  }
}
