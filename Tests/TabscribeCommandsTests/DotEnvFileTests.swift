import Testing

@testable internal import TabscribeCommands

@Suite struct DotEnvFileTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let line: String
    let value: String
    var testDescription: String { line }
  }

  static let accepted = [
    Case(line: "A=plain", value: "plain"),
    Case(line: "  export A = spaced out  ", value: "spaced out"),
    Case(line: "A=", value: ""),
    Case(line: "A=with # a comment", value: "with"),
    Case(line: "A=no#comment", value: "no#comment"),
    Case(line: "A=# only a comment", value: ""),
    Case(line: "A='as $it \\n is # here' # note", value: "as $it \\n is # here"),
    Case(line: #"A="tab\tline\n\"q\" \\ \$HOME""#, value: "tab\tline\n\"q\" \\ $HOME"),
    Case(line: "A=$HOME", value: "$HOME"),
    Case(line: "A=x=y", value: "x=y"),
    Case(line: "A=1\nA=2", value: "2"),
    Case(line: "\u{FEFF}A=mark", value: "mark"),
    Case(line: "# first\r\n\r\nA=crlf\r\n", value: "crlf"),
    Case(line: "A=日本", value: "日本"),
  ]

  @Test(arguments: accepted) func reads(_ example: Case) throws {
    #expect(try DotEnvFile(parsing: example.line).variables == ["A": example.value])
  }

  @Test(arguments: [
    ("A=1\nsecret-without-sign", 2), ("=1", 1), ("1A=x", 1), ("A-B=x", 1), ("A='open", 1),
    (#"A="open"#, 1), (#"A="bad \x""#, 1), ("A='x' y", 1), (#"A="x"y"#, 1), (#"A="\"#, 1),
  ])
  func namesTheLineThatCannotBeReadButNotItsText(_ text: String, _ line: Int) {
    #expect {
      try DotEnvFile(parsing: text)
    } throws: { error in
      let problem = error as? DotEnvFile.Problem
      return problem?.line == line && problem?.message.contains("secret") == false
    }
  }
}
