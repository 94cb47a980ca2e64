internal import CommandLineInterface
import Foundation
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
}
