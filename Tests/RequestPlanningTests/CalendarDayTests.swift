import RequestPlanning
import Testing

@Suite struct CalendarDayTests {
  @Test(arguments: ["1970-01-01", "2000-02-29", "2026-11-20", "2027-12-31", "0001-01-01"])
  func aDayIsTheSameAfterCountingItsDays(_ text: String) throws {
    let day = try #require(CalendarDay(parsing: text))
    #expect(day.description == text)
    #expect(CalendarDay(secondsSince1970: day.daysSince1970 * 86_400 + 86_399) == day)
  }

  @Test func daysAreCountedFrom1970() throws {
    #expect(CalendarDay(parsing: "1970-01-01")?.daysSince1970 == 0)
    #expect(CalendarDay(parsing: "2026-11-20")?.daysSince1970 == 20_777)
    #expect(CalendarDay(secondsSince1970: -1).description == "1969-12-31")
  }

  @Test(arguments: [
    "", "2026", "2026-2-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-04-30",
    "+026-04-01", "2026-04-0x", "2026-04-01-",
  ])
  func whatIsNoDayIsRefused(_ text: String) {
    #expect(CalendarDay(parsing: text) == nil)
  }
}
