internal import CommandLineInterface
import Foundation
import Testing

@testable internal import TabscribeCommands

@Suite struct BrowserLauncherTests {
  @Test func thePathReachesTheProgramAsOneArgument() async throws {
    let folder = try TemporaryFolder()
    let program = folder.path + "/browser"
    try folder.write(
      "#!/bin/sh\nprintf '%s|%s' \"$#\" \"$1\" > '\(folder.path)/seen.part'\n"
        + "mv '\(folder.path)/seen.part' '\(folder.path)/seen'\n",
      to: "browser"
    )
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    let path = "/a b/$(touch x); 'q'.html"
    try BrowserLauncher(program: program).open(path)
    for _ in 0..<500 where !folder.names.contains("seen") {
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(try folder.text(of: "seen") == "1|\(path)")
  }

  @Test func withoutABrowserThePathIsGivenToThePerson() throws {
    #expect {
      try BrowserLauncher(program: "no-such-browser-anywhere").open("/tmp/talk.html")
    } throws: { error in
      let failure = error as? CommandError
      return failure?.remedy == "Open /tmp/talk.html in a browser yourself."
    }
  }
}
