internal import CommandLineInterface
import PlainText
import Testing

@Suite struct TerminalTextTests {
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
      for cut in [DisplayWidth.truncated, DisplayWidth.shortened] {
        #expect(DisplayWidth.of(cut("a日b本c語 wide and narrow", columns)) <= columns)
      }
    }
  }

  @Test func namesKeepTheirBeginningAndEnding() {
    #expect(DisplayWidth.shortened("1990/box/interview-12.mp4", to: 16) == "1990/box…-12.mp4")
    #expect(DisplayWidth.shortened("会議会議会議会議会議-2.webm", to: 14) == "会議会…2.webm")
    #expect(DisplayWidth.shortened("talk.mp4", to: 8) == "talk.mp4")
    #expect(DisplayWidth.shortened("talk-long.mp4", to: 2) == "t…")
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
