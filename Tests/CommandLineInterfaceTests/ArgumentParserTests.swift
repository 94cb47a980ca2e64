import Testing

@testable internal import CommandLineInterface

@Suite struct ArgumentParserTests {
  typealias Sample = SampleProgram

  @Test func aValueFollowsOrIsAttached() throws {
    #expect(try Sample.parsed("send", "a", "--model", "x")[Sample.model] == "x")
    #expect(try Sample.parsed("send", "a", "--model=x=y")[Sample.model] == "x=y")
    #expect(try Sample.parsed("send", "a", "-m", "x")[Sample.model] == "x")
    #expect(try Sample.parsed("send", "a", "-mx")[Sample.model] == "x")
    #expect(try Sample.parsed("send", "a", "-m=x")[Sample.model] == "x")
    #expect(try Sample.parsed("send", "a", "-j4")[Sample.jobs] == 4)
  }

  @Test func shortFlagsMayBeJoinedAndEndWithAValue() throws {
    let arguments = try Sample.parsed("send", "a", "-xyj", "8")
    #expect(arguments[Sample.force])
    #expect(arguments[Sample.loud])
    #expect(arguments[Sample.jobs] == 8)
    #expect(try Sample.parsed("send", "a", "-xj8")[Sample.jobs] == 8)
  }

  @Test func whatIsNotGivenIsAbsent() throws {
    let arguments = try Sample.parsed("send", "a")
    #expect(arguments[Sample.model] == nil)
    #expect(!arguments[Sample.force])
    #expect(arguments[Sample.format].isEmpty)
    #expect(!arguments[GlobalFlags.json])
  }

  @Test func repeatedOptionsKeepTheirOrderAndSingleOnesTheLastValue() throws {
    let arguments = try Sample.parsed(
      "send",
      "-f",
      "html",
      "a",
      "--format=srt",
      "--model",
      "x",
      "--model",
      "y"
    )
    #expect(arguments[Sample.format] == ["html", "srt"])
    #expect(arguments[Sample.model] == "y")
    #expect(arguments[Sample.sources] == ["a"])
  }

  @Test func twoDashesEndTheOptions() throws {
    let arguments = try Sample.parsed("send", "--force", "--", "--model", "-", "--")
    #expect(arguments[Sample.sources] == ["--model", "-", "--"])
    #expect(arguments[Sample.model] == nil)
  }

  @Test func aSingleDashIsAValue() throws {
    #expect(try Sample.parsed("send", "-")[Sample.sources] == ["-"])
    #expect(try Sample.parsed("send", "a", "-o", "-")[Sample.output] == "-")
  }

  @Test func namesAndValuesAreTakenApartAtTheFirstSign() throws {
    let arguments = try Sample.parsed("send", "a", "--param", "q=a=b", "--param=r=")
    #expect(arguments[Sample.param].map(\.name) == ["q", "r"])
    #expect(arguments[Sample.param].map(\.value) == ["a=b", ""])
  }

  @Test func operandsFillInOrder() throws {
    let both = try Sample.parsed("things", "show", "one", "two")
    #expect(both[Sample.shown] == "one")
    #expect(both[Sample.extra] == "two")
    #expect(try Sample.parsed("things", "show", "one")[Sample.extra] == nil)
  }

  @Test func globalFlagsStandAnywhere() throws {
    #expect(try Sample.parsed("--json", "send", "a")[GlobalFlags.json])
    #expect(try Sample.parsed("things", "--json", "show", "a")[GlobalFlags.json])
    #expect(try Sample.parsed("send", "a", "-q")[GlobalFlags.quiet])
  }

  @Test func choicesIgnoreCase() throws {
    #expect(try Sample.parsed("send", "a", "--encoding", "TSV")[Sample.encoding] == .tsv)
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let line: [String]
    let message: String
    let remedy: String
    var testDescription: String { line.joined(separator: " ") }
  }

  static let mistakes = [
    Mistake(
      line: ["sned", "a"],
      message: #"There is no command "sned"."#,
      remedy: "Did you mean send? Or see sample --help."
    ),
    Mistake(
      line: ["qqqqqq"],
      message: #"There is no command "qqqqqq"."#,
      remedy: "For what it takes, see sample --help."
    ),
    Mistake(
      line: ["things"],
      message: "sample things needs a command: show.",
      remedy: "For what it takes, see sample things --help."
    ),
    Mistake(
      line: ["send", "a", "--modle", "x"],
      message: #"There is no option "--modle"."#,
      remedy: "Did you mean --model? Or see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "-z"],
      message: #"There is no option "-z"."#,
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send"],
      message: "SOURCE is missing: a video.",
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["things", "show", "a", "b", "c"],
      message: #""c" is one argument too many."#,
      remedy: "For what it takes, see sample things show --help."
    ),
    Mistake(
      line: ["send", "a", "--force=yes"],
      message: "--force takes no value.",
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--model"],
      message: "--model needs a value: --model MODEL.",
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--model", "--force"],
      message: #"--model needs a value: --model MODEL; "--force" after it is an option."#,
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--encoding", "tvs"],
      message: #"--encoding: found "tvs", expected one of json, tsv."#,
      remedy: "Did you mean tsv? Or see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "-j0"],
      message: #"-j: found "0", expected a whole number from 1 to 64."#,
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--fps", "30"],
      message: #"--fps: found "30", expected a number from 0.1 to 24.0."#,
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--limit", "big"],
      message: #"--limit: found "big", expected a size such as 500, 20k, 1.5MB or 64MiB."#,
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--param", "=x"],
      message: #"--param: found "=x", expected NAME=VALUE."#,
      remedy: "For what it takes, see sample send --help."
    ),
    Mistake(
      line: ["send", "a", "--bad\u{1B}[31m"],
      message: "There is no option \"--bad\u{241B}[31m\".",
      remedy: "For what it takes, see sample send --help."
    ),
  ]

  @Test(arguments: mistakes) func aMistakeIsNamedWithARemedy(_ mistake: Mistake) {
    var parser = ArgumentParser(SampleProgram.program, mistake.line)
    #expect(throws: CommandError.usage(mistake.message, remedy: mistake.remedy)) {
      try parser.parse()
    }
  }
}
