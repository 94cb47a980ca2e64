internal import CommandLineInterface
import Testing

@Suite struct TextTableTests {
  private var table: TextTable {
    var table = TextTable([.numbers("#"), .words("source", mayShrink: true), .numbers("USD")])
    table.add(["1", "talk.mp4", "0.14"])
    table.add(["10", "基調講演.mp4", "1,200.00"])
    table.add(["11"])
    return table
  }

  @Test func columnsAlignWithWideCharacters() {
    #expect(
      table.lines(width: nil) == [
        " #  source             USD",
        " 1  talk.mp4          0.14",
        "10  基調講演.mp4  1,200.00",
        "11",
      ]
    )
  }

  @Test func onlyColumnsThatMayShrinkAreCut() {
    let lines = table.lines(width: 22)
    #expect(lines[2] == "10  基調講…   1,200.00")
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= 22 })
  }

  @Test func aCutColumnKeepsEnoughToBeTold() {
    #expect(table.lines(width: 5)[1] == " 1  talk.mp4      0.14")
  }

  @Test func fileNamesAreCutInTheMiddle() {
    var table = TextTable([.names("source"), .words("state")])
    table.add(["recordings/1990/interview-12.mp4", "failed"])
    #expect(table.lines(width: 28)[1] == "recordings…ew-12.mp4  failed")
  }

  @Test func escapeSequencesInCellsAreNeutralised() {
    var table = TextTable([.words("name")])
    table.add(["\u{1B}[31mred\nnext"])
    #expect(table.lines(width: nil) == ["name", "\u{241B}[31mred next"])
  }

  @Test func theHeadingIsSetApartOnlyWithStyle() {
    let lines = table.lines(width: nil, style: TextStyle(isEnabled: true))
    #expect(lines[0].hasPrefix("\u{1B}[2m"))
    #expect(!lines[1].contains("\u{1B}"))
  }
}
