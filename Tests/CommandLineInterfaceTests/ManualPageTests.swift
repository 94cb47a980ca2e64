internal import CommandLineInterface
internal import TestSupport
import Testing

@Suite struct ManualPageTests {
  private static func isInstalled(_ program: String) -> Bool {
    ChildProcess.path(of: program) != nil
  }

  @Test(.enabled(if: isInstalled("mandoc"))) func mandocFindsNoErrors() throws {
    let outcome = try ChildProcess.run(
      try #require(ChildProcess.path(of: "mandoc")),
      ["-Tlint", "-Werror"],
      input: SampleProgram.program.manualPage
    )
    #expect(outcome.code == 0, "\(outcome.output)")
  }

  @Test(.enabled(if: isInstalled("groff"))) func groffPrintsEveryCommandAndOption() throws {
    let outcome = try ChildProcess.run(
      try #require(ChildProcess.path(of: "groff")),
      ["-man", "-Tutf8", "-ww", "-P-cbou"],
      input: SampleProgram.program.manualPage
    )
    #expect(outcome.errors.isEmpty)
    let wanted = [
      "send SOURCE...", "things show NAME [EXTRA]", "-m, --model MODEL", "--format FORMAT",
      "how rows come: json, tsv", "sample send talk.mp4", "--no-progress",
    ]
    for text in wanted { #expect(outcome.output.contains(text), "\(text) is missing") }
  }

  @Test(.enabled(if: isInstalled("mandoc"))) func everyCommandHasAPageOfItsOwn() throws {
    let pages = SampleProgram.program.manualPages
    #expect(pages.first?.file == "sample.1")
    #expect(pages.first?.text == SampleProgram.program.manualPage)
    #expect(pages.contains { $0.file == "sample-send.1" })
    let things = try #require(pages.first { $0.file == "sample-things.1" }?.text)
    // Of a group all its commands, and no other.
    #expect(things.contains(".SS things show NAME [EXTRA]") && !things.contains(".SS send"))
    for page in pages {
      let outcome = try ChildProcess.run(
        try #require(ChildProcess.path(of: "mandoc")),
        ["-Tlint", "-Werror"],
        input: page.text
      )
      #expect(outcome.code == 0, "\(page.file): \(outcome.output)")
    }
  }

  @Test func textThatRoffWouldObeyIsEscaped() {
    let program = Program(
      Command(
        "dots",
        abstract: "Dots",
        examples: [.init(#".rm 'x' \n~^"#, "tricky")],
        discussion: ".so /etc/passwd",
        subcommands: []
      ),
      version: "1"
    ) { _ in CommandError("", remedy: "") }
    let page = program.manualPage
    #expect(page.contains("\\&.so /etc/passwd"))
    #expect(page.contains(#"\fB\&.rm \(aqx\(aq \en\(ti\(ha\fR"#))
  }
}
