import Testing

@testable internal import CommandLineInterface

@Suite struct ValueReaderTests {
  @Test(arguments: [
    ("0", 0), ("500", 500), ("500B", 500), ("20k", 20_000), ("20 kB", 20_000), ("1.5MB", 1_500_000),
    ("64MiB", 67_108_864), ("1KiB", 1024), ("2g", 2_000_000_000), ("1TiB", 1_099_511_627_776),
    ("0.5", 1), ("1.", 1),
  ])
  func sizesAreReadAsPeopleWriteThem(_ text: String, _ bytes: Int) throws {
    #expect(try ValueReader.size().read(text) == bytes)
  }

  @Test(arguments: ["", "-1", "k", "1.2.3k", "5 parsecs", "9999999TB", "٣k", "1e3", "0x10"])
  func whatIsNoSizeIsRefused(_ text: String) {
    #expect(throws: ValueProblem(expected: "a size such as 500, 20k, 1.5MB or 64MiB")) {
      try ValueReader.size().read(text)
    }
  }

  @Test(arguments: ["nan", "inf", "0x1p3", "1,5", "", " 1", "25", "-1", "1e400", "٣"])
  func onlyPlainNumbersWithinTheLimitsAreRead(_ text: String) {
    #expect(throws: ValueProblem(expected: "a number from 0.0 to 24.0")) {
      try ValueReader.decimal("FPS", in: 0...24).read(text)
    }
  }

  @Test func openLimitsAreSaidInWords() {
    #expect(throws: ValueProblem(expected: "a whole number, 1 or more")) {
      try ValueReader.integer("N", in: 1...Int.max).read("0")
    }
    #expect(throws: ValueProblem(expected: "a text that is not empty")) {
      try ValueReader.text("T").read("")
    }
  }
}

@Suite struct TextWrappingTests {
  @Test func linesBreakAtBlanksAndKeepLongWordsWhole() {
    #expect(TextWrapping.lines("one two  three", width: 7) == ["one two", "three"])
    #expect(TextWrapping.lines("a verylongword b", width: 5) == ["a", "verylongword", "b"])
    #expect(TextWrapping.lines("日本 語", width: 5) == ["日本", "語"])
    #expect(TextWrapping.lines("", width: 5) == [])
  }
}
