internal import CommandLineInterface
import Foundation
internal import GeminiEmulation
internal import OrderedJSON
internal import RunStore
import TestSupport
import Testing
internal import TranscriptModel

/// The commands on a store that many machines share.
@Suite(.enabled(if: PostgreSQLServer.isInstalled, "no PostgreSQL server is installed"))
struct SharedStoreTests {
  private let address: String

  init() throws { address = try PostgreSQLServer.shared().newSchema() }

  @Test func whatOneTranscribedOthersFindAndCarryAway() async throws {
    try await EmulatedRun.run { one in
      let before = await one.tabscribe("runs", "list", "--store", address)
      #expect(before.code == .done, "\(before.errors)")
      let done = await one.tabscribe(
        "transcribe",
        "sample.webm",
        "-f",
        "json",
        "--store",
        address
      )
      #expect(done.code == .done, "\(done.errors)")
      let other = try TemporaryFolder()
      func run(_ arguments: String...) async -> CommandRun {
        await .tabscribe(arguments, in: other, environment: ["TABSCRIBE_STORE": address])
      }
      #expect(await run("runs", "show", "last").output.contains("sample.webm"))
      #expect(await run("search", "orbit").code == .done)
      #expect(await run("runs", "check").output.contains("is sound"))
      #expect(await run("runs", "path").output == address + "\n")
      let doctor = try await run("doctor", "--json").json
      let check = doctor["checks"]?.array?.first { $0["name"] == "run store" }
      #expect(check?["finding"]?.string?.contains("PostgreSQL") == true)
      #expect(check?["finding"]?.string?.hasSuffix("1 run") == true)
      #expect(await run("runs", "backup", "copy.db").code == .done)
      let new = try PostgreSQLServer.shared().newSchema()
      for (store, from) in [("own.db", address), (new, "copy.db"), (new, address)] {
        let merge = await run("runs", "merge", from, "--store", store)
        #expect(merge.code == .done, "\(merge.errors)")
        #expect(await run("runs", "list", "--store", store).output.contains("finished"))
        let hits = await run("search", "orbit", "--store", store)
        #expect(hits.output == (await run("search", "orbit").output))
      }
      // Asked again from another folder, what is there is taken and not sent.
      let again = await one.tabscribe(
        "transcribe",
        "sample.webm",
        "-f",
        "json",
        "-o",
        "again",
        "--store",
        address
      )
      #expect(again.code == .done && one.emulator.log.answeredGenerationCount == 1)
    }
  }

  @Test func correctionsSayWhoMadeThem() async throws {
    let samples = StoreSamples(try RunStore(path: address))
    try samples.add("talk", ["We are in orbit."], in: "/videos")
    let item = try samples.store.resolveItem("last").id
    let tick: JSONValue = [
      "id": "c1", "at": "2026-03-12T18:04:00Z", "kind": "checked", "row": 0, "checked": true,
    ]
    let (added, again) = try (
      samples.store.changeCorrections(of: item) { $0.add([tick]).added.count },
      samples.store.changeCorrections(of: item) { $0.add([tick]).knownCount }
    )
    #expect(added == 1 && again == 1)
    #expect(
      try samples.store.corrections(of: item).map { $0.value["by"] } == [.string(NSUserName())]
    )
    let list = await CommandRun.tabscribe(
      ["correct", "list", "last"],
      in: try TemporaryFolder(),
      environment: ["TABSCRIBE_STORE": address]
    )
    #expect(list.output.contains(" \(NSUserName()) "), "\(list.output)")
  }

  @Test func theConfigurationNamesItAndAFolderDoesNot() async throws {
    let folder = try TemporaryFolder()
    try folder.write("{\"store\": \"\(address)\"}", to: ".config/tabscribe/config.json")
    try folder.write("TABSCRIBE_STORE=/elsewhere.db\n", to: ".env")
    #expect(await CommandRun.tabscribe(["runs", "path"], in: folder).output == address + "\n")
    let given = await CommandRun.tabscribe(["runs", "path", "--store", "a/b.db"], in: folder)
    #expect(given.output == folder.path + "/a/b.db\n")
  }

  @Test func aPasswordInAnAddressIsRefusedBeforeAnythingIsDone() async throws {
    let folder = try TemporaryFolder()
    let address = "postgresql://me:secret123@localhost/videos"
    let given = await CommandRun.tabscribe(["runs", "list", "--store", address], in: folder)
    let set = await CommandRun.tabscribe(
      ["runs", "list"],
      in: folder,
      environment: ["TABSCRIBE_STORE": address]
    )
    for run in [given, set] {
      #expect(run.code == .usage)
      #expect(run.errors.contains("~/.pgpass"))
      #expect(!run.errors.contains("secret123"))
    }
  }

  @Test func aServerThatIsAwayIsSaidByEveryCommand() async throws {
    try await EmulatedRun.run { run in
      for arguments in [
        ["runs", "list"], ["search", "orbit"], ["transcribe", "sample.webm"], ["runs", "check"],
        ["doctor"],
      ] {
        let result = await run.tabscribe(
          arguments + ["--store", "postgresql:///videos?host=/tmp/nowhere"]
        )
        #expect(result.code == .failed, "\(arguments)")
        // As one line, which a narrow terminal breaks.
        let text = (result.errors + result.output).split { $0.isWhitespace }.joined(separator: " ")
        #expect(text.contains("No such file or directory") && text.contains("Start the server"))
      }
      #expect(run.emulator.log.entries.isEmpty)
    }
  }
}
