import TabularExtraction
import Testing
import TranscriptModel

@Suite struct TimebaseTests {
  /// 229 s to 239 s, and ten minutes from the first hour on.
  static let short = range("3:49", "3:59")
  static let long = range("1:00:00", "1:10:00")

  static func assemble(
    _ times: [String],
    clip: TimeRange,
    timebase: Timebase = .auto
  ) -> (starts: [String], finding: Finding?) {
    let table = Reply.transcripts(times.enumerated().map { ($1, "This is row \($0).", 1) })
    let assembler = TranscriptAssembler(clip: clip, duration: time("2:00:00"), timebase: timebase)
    let result = assembler.assemble([table])
    return (
      result.transcript.segments.map { $0.start?.rendered ?? "?" },
      result.findings.first { $0.code == .timebaseShifted }
    )
  }

  @Test(
    "source times stay, without a finding",
    arguments: [
      (["03:49", "03:52", "03:58"], short), (["03:50"], short), (["03:48", "04:00"], short),
      (["1:00:00", "1:04:00", "1:09:59"], long), (["1:00:05", "12:00:00", "1:09:00"], long),
    ]
  )
  func keepsSourceTime(_ times: [String], _ clip: TimeRange) {
    let result = Self.assemble(times, clip: clip)
    #expect(result.starts.last == time(times.last ?? "").rendered)
    #expect(result.finding == nil)
  }

  @Test("times that count from the clip are moved, and a note says so")
  func movesClipTime() {
    let result = Self.assemble(["00:00", "00:04", "00:09"], clip: Self.short)
    #expect(result.starts == ["03:49", "03:53", "03:58"])
    #expect(result.finding?.severity == .note)
    #expect(result.finding?.message.contains("03:49 was added") == true)
  }

  @Test("a stray time does not keep the others from being moved")
  func toleratesStrays() {
    let times = (0..<30).map { "0\($0 / 6):\($0 % 6)0" } + ["45:00"]
    let result = Self.assemble(times, clip: Self.long)
    #expect(result.starts.first == "1:00:00")
    #expect(result.finding?.severity == .note)
  }

  @Test("where clip and source overlap, times that fit the source stay")
  func prefersSource() {
    let clip = range("1:00", "10:00")
    #expect(Self.assemble(["01:00", "05:00", "09:00"], clip: clip).starts.first == "01:00")
    #expect(Self.assemble(["01:00", "05:00", "09:00"], clip: clip).finding == nil)
  }

  @Test("doubtful times stay, with a warning that says how to move them")
  func warnsOfDoubt() {
    let result = Self.assemble(
      ["00:10", "00:40", "03:00", "06:00", "08:00"],
      clip: range("1:00", "10:00")
    )
    #expect(result.starts == ["00:10", "00:40", "03:00", "06:00", "08:00"])
    #expect(result.finding?.severity == .warning)
    #expect(result.finding?.message.contains("the setting timebase clip") == true)
  }

  @Test("--timebase overrides what is found out")
  func obeysOverride() {
    let forced = Self.assemble(["03:49", "03:52"], clip: Self.short, timebase: .clip)
    #expect(forced.starts == ["07:38", "07:41"])
    #expect(forced.finding?.severity == .note)
    let kept = Self.assemble(["00:00", "00:04"], clip: Self.short, timebase: .source)
    #expect(kept.starts == ["00:00", "00:04"])
    #expect(kept.finding == nil)
  }

  @Test("a clip from the start, or none, needs no decision")
  func ignoresClipFromStart() {
    let result = Self.assemble(["00:01", "00:30"], clip: range("0:00", "0:20"), timebase: .clip)
    #expect(result.starts == ["00:01", "00:30"])
    #expect(result.finding == nil)
  }

  @Test("every table with times is moved alike, its ends too")
  func movesAllTables() {
    var sounds = Table(
      name: "sounds",
      columns: [Column(name: "start", role: .start), Column(name: "end", role: .end)]
    )
    sounds.append([.text("00:02"), .text("00:05")])
    let result = TranscriptAssembler(clip: Self.short)
      .assemble([Reply.transcripts([("00:00", "a", 1), ("00:04", "b", 1)]), sounds])
    #expect(result.tables[1][0, 0] == .time(time("3:51")))
    #expect(result.tables[1][0, 1] == .time(time("3:54")))
  }
}
