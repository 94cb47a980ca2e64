internal import CommandLineInterface
import Foundation
import TestSupport
import Testing

@testable internal import TabscribeCommands

@Suite struct BrowserLauncherTests {
  @Test func thePathReachesTheProgramAsOneArgument() async throws {
    let folder = try TemporaryFolder()
    let name = "a b $(echo x); 'q' \"r\".html"
    // A program that leaves a trace of the one path it is given.
    try BrowserLauncher(program: "touch").open(folder.path + "/" + name)
    for _ in 0..<500 where folder.names.isEmpty {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(folder.names == [name])
  }

  @Test func withoutABrowserThePathIsGivenToThePerson() throws {
    #expect {
      try BrowserLauncher(program: "no-such-browser-anywhere").open("/tmp/talk.html")
    } throws: { error in
      let failure = error as? CommandError
      return failure?.remedy == "Open /tmp/talk.html in a browser yourself."
    }
  }

  /// What the program gives the desktop, with a launcher that notes it.
  @Test(arguments: [["html"], ["json"]])
  func aReportIsOpenedOnceItIsThere(_ formats: [String]) async throws {
    try await EmulatedRun.run { run in
      let launcher =
        "#!/bin/sh\ntest -s \"$1\" && printf %s \"$1\" > opened.part && mv opened.part opened\n"
      try run.folder.write(launcher, to: "bin/xdg-open")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755],
        ofItemAtPath: run.folder.path + "/bin/xdg-open"
      )
      // The program answers from a recording: while it runs, nothing of this process does.
      _ = await run.tabscribe("transcribe", "sample.webm", "--record", "tape", "-o", "first")
      let outcome = try ChildProcess.run(
        try ChildProcess.product("tabscribe"),
        ["transcribe", "sample.webm", "--replay", "tape", "--open", "-o", "out"]
          + formats.flatMap { ["-f", $0] },
        environment: [
          "HOME": run.folder.path, "PATH": run.folder.path + "/bin:/usr/bin:/bin",
        ],
        folder: run.folder.url
      )
      #expect(outcome.code == 0, "\(outcome.errors)")
      guard formats == ["html"] else {
        #expect(outcome.errors.contains("--open has no effect: no report was written."))
        return
      }
      for _ in 0..<500 where !run.folder.names.contains("opened") {
        try await Task.sleep(for: .milliseconds(10))
      }
      #expect(try run.folder.text(of: "opened").hasSuffix("/out/sample.html"))
    }
  }
}
