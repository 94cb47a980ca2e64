import Testing
import UnicodeText

@Suite("Unicode text")
struct UnicodeTextTests {
  @Test("Compatibility forms become plain ones, accents join their letters")
  func compatibility() {
    let form = UnicodeForm.compatibilityComposed
    #expect(form("ＡＢＣ ﬁ ①") == "ABC fi 1")
    #expect(Array(form("e\u{301}").unicodeScalars) == ["\u{e9}"])
    #expect(form("\u{FDFA}").unicodeScalars.count == 18)
    #expect(form("") == "")
    let apart = UnicodeForm.compatibilityDecomposed("\u{e9}ﬁ")
    #expect(Array(apart.unicodeScalars) == ["e", "\u{301}", "f", "i"])
  }

  @Test("Folding lets texts be compared without regard to case")
  func folding() {
    #expect(UnicodeForm.caseFolded("Straße ΣΊΣΥΦΟΣ") == UnicodeForm.caseFolded("STRASSE σίσυφος"))
    #expect(UnicodeForm.caseFolded("👩‍👩‍👧 OK") == "👩‍👩‍👧 ok")
  }

  @Test(
    "Words are found where no blanks part them",
    arguments: [
      ("We don't. Do 3.5 things!", ["We", "don't", "Do", "3.5", "things"]),
      ("我们今天在", ["我们", "今天", "在"]),
      ("東京に", ["東京", "に"]),
      ("สวัสดีครับ", ["สวัสดี", "ครับ"]),
    ]
  )
  func words(_ text: String, _ words: [String]) {
    #expect(TextBreaker(.word).words(of: text).map(String.init) == words)
  }

  @Test("The pieces of a text are the whole text", arguments: ["", "a b\nc", "🇩🇪🇫🇷é漢字 — ok"])
  func wholeness(_ text: String) {
    for unit in [TextBreaker.Unit.character, .word, .line, .sentence] {
      #expect(TextBreaker(unit).pieces(of: text).map { String($0.text) }.joined() == text)
    }
  }

  @Test("Lines end at blanks, within unspaced scripts, never before closing punctuation")
  func lines() {
    let latin = TextBreaker(.line).pieces(of: "one two\nthree")
    #expect(latin.map(\.text) == ["one ", "two\n", "three"])
    #expect(latin.map(\.endsLine) == [false, true, false])
    let japanese = TextBreaker(.line, language: "ja").pieces(of: "港。「港」へ").map(\.text)
    #expect(japanese == ["港。", "「港」", "へ"])
    #expect(TextBreaker(.line, language: "th").pieces(of: "สวัสดีครับ").map(\.text).count == 2)
  }

  @Test("A character is what a reader takes for one")
  func characters() {
    #expect(
      TextBreaker(.character).pieces(of: "👩‍👩‍👧e\u{301}क्षि").map(\.text).prefix(2) == ["👩‍👩‍👧", "e\u{301}"]
    )
  }

  @Test("A breaker goes on after other texts, and an unknown language has the rules for all")
  func reuse() {
    let breaker = TextBreaker(.word, language: "not-a-language-at-all")
    #expect(breaker.words(of: "one two") == ["one", "two"])
    #expect(breaker.words(of: "") == [])
    #expect(breaker.words(of: "three") == ["three"])
  }

  @Test(
    "The script of a text is the one most of it is written in",
    arguments: [
      ("Hello, мир", "Latn"), ("Привет, ok", "Cyrl"), ("档案馆 A", "Hani"), ("مرحبا", "Arab"),
    ]
  )
  func script(_ text: String, _ code: String) {
    #expect(TextScript.dominant(in: text)?.code == code)
  }

  @Test("A text without letters has no script, and not all scripts have blanks")
  func scripts() {
    #expect(TextScript.dominant(in: "12:30, …") == nil)
    #expect(TextScript(code: "Latn").partsWordsByBlanks)
    #expect(!TextScript(code: "Thai").partsWordsByBlanks)
  }

  @Test("Wide characters take two cells")
  func width() {
    #expect(TextWidth.isWide("漢"))
    #expect(TextWidth.isWide("Ａ"))
    #expect(!TextWidth.isWide("a"))
  }

  @Test("The library tells its version")
  func version() {
    #expect(Int(UnicodeLibrary.version.prefix { $0 != "." }) ?? 0 >= 72)
  }
}
