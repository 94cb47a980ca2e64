import Testing
import TranscriptFormats
import TranscriptModel

/// Formats that show when words are spoken, where the sound has told.
@Suite struct SpokenWordsTests {
  private let document: TranscriptDocument

  init() throws {
    document = try #require(FormatConformanceTests.cases.first { $0.name == "spoken" }).document
  }

  private func text(_ format: some TranscriptFormat, _ options: FormatOptions) -> String {
    String(decoding: format.bytes(of: document, options: options), as: UTF8.self)
  }

  /// The milliseconds of `HH:MM:SS.mmm`.
  private func milliseconds(_ clock: Substring) throws -> Int {
    let numbers = clock.split { $0 == ":" || $0 == "." }.compactMap { Int($0) }
    try #require(numbers.count == 4)
    return ((numbers[0] * 60 + numbers[1]) * 60 + numbers[2]) * 1000 + numbers[3]
  }

  @Test func wordsAreMarkedWhereTheirTimesAreKnown() throws {
    let lines = text(CTMFormat(), FormatOptions()).split(separator: "\n")
      .filter { !$0.hasPrefix(";;") }.map { $0.split(separator: " ") }
    #expect(lines.count > 3 && lines.allSatisfy { $0.count == 5 && $0[1] == "1" })
    let starts = try lines.map { try #require(Double($0[2])) }
    #expect(starts == starts.sorted())
    #expect(lines.contains { $0[2] == "12.740" && $0[4] == "is" }, "\(lines)")
    // What nobody has heard word by word is left out.
    #expect(!lines.contains { $0[4].hasPrefix("Nobody") })
  }

  @Test(arguments: [0, 36_000_000]) func captionsShowWordsAsTheyAreSpoken(offset: Int) throws {
    var options = FormatOptions()
    options.showsWordTimes = true
    options.timeOffset = offset
    let text = text(WebVTTFormat(), options)
    let hours = offset == 0 ? "00" : "10"
    #expect(text.contains("<v Ada>Tonight <\(hours):00:12.740>is <\(hours):00:12.940>about "))
    // What nobody knows is not told, and the first word comes with its caption.
    #expect(text.contains("\n<v Ben>Nobody changed the sheet."))
    for cue in text.split(separator: "\n\n").filter({ $0.contains("-->") }) {
      let clocks = cue.matches(of: #/[0-9:]{8}\.[0-9]{3}/#).map(\.output)
      let times = try clocks.map(milliseconds)
      // A player takes a time within the caption, and later than the one before.
      #expect(times.count >= 2 && (times.dropFirst(2) + [times[1]]).first ?? 0 > times[0])
      let inner = [times[0]] + times.dropFirst(2) + [times[1]]
      #expect(zip(inner, inner.dropFirst()).allSatisfy { $0 < $1 }, "\(cue)")
    }
  }

  @Test func captionsAreTheSameButForTheTimesOfWords() {
    var options = FormatOptions()
    let plain = text(WebVTTFormat(), options)
    options.showsWordTimes = true
    #expect(text(WebVTTFormat(), options).replacing(#/<[0-9:.]+>/#, with: "") == plain)
    options.isMachineText = true
    #expect(!text(WebVTTFormat(), options).contains(#/<[0-9:.]+>/#))
  }

  @Test func wordsPlayTheRecordingOnWebPages() {
    let text = text(HyperaudioFormat(), FormatOptions())
    #expect(text.contains("<span data-m=\"12340\" data-d=\"400\">Tonight </span>\n"))
    // A pause follows.
    #expect(text.contains("<span data-m=\"14240\" data-d=\"500\">paper </span>\n"))
    #expect(text.contains("data-m=\"40100\" data-d=\"1800\">Nobody changed the sheet. </span>"))
  }
}
