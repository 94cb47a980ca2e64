internal import CommandLineInterface
import Testing

@Suite struct StatusReporterTests {
  private func written(_ mode: StatusReporter.Mode, _ body: (StatusReporter) -> Void) -> String {
    let buffer = TextBuffer()
    body(StatusReporter(buffer, style: .plain, mode: mode))
    return buffer.text
  }

  private func session(_ reporter: StatusReporter) {
    reporter.stage("uploading")
    reporter.update("half")
    reporter.message("a note")
    reporter.warning("careful")
    reporter.clear()
  }

  @Test func withoutATerminalEachStageIsALine() {
    #expect(written(.lines, session) == "uploading\na note\nwarning: careful\n")
  }

  @Test func withoutProgressOnlyMessagesRemain() {
    #expect(written(.messages, session) == "a note\nwarning: careful\n")
  }

  @Test func quietKeepsWarnings() {
    #expect(written(.quiet, session) == "warning: careful\n")
  }

  @Test func onATerminalOneLineIsRedrawnAndMessagesStandAboveIt() {
    let clear = "\r\u{1B}[K"
    #expect(
      written(.live(width: 40), session)
        == "\(clear)uploading\(clear)half\(clear)a note\nhalf\(clear)warning: careful\nhalf\(clear)"
    )
  }

  @Test func theLineNeverWraps() {
    let text = written(.live(width: 10)) { $0.stage("a long line of progress") }
    #expect(text == "\r\u{1B}[Ka long l…")
  }

  @Test func stepsInQuickSuccessionAreLeftOut() {
    let text = written(.live(width: 40)) { reporter in
      for step in 0..<1000 { reporter.update("step \(step)") }
    }
    #expect(text.split(separator: "\r").count < 100)
  }
}
