import CommandLineInterface
import Foundation
import GeminiEmulation
import OrderedJSON
import RunStore
import Testing

@testable import TabscribeCommands

/// What earlier versions kept in files is used by this one, and then kept in the store alone.
@Suite struct EarlierFilesTests {
  private static let data = ".local/share/tabscribe"

  private func names(_ folder: TemporaryFolder) -> [String] {
    let path = folder.path + "/" + Self.data
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
      .filter { !$0.hasPrefix("tabscribe.db") }
  }

  @Test func anUploadThatAnEarlierVersionNotedIsNotSentAgain() async throws {
    try await EmulatedRun.run { run in
      try run.writeLargeVideo("big.webm")
      let first = await run.tabscribe("files", "upload", "big.webm", "--json")
      #expect(first.code == .done, "\(first.errors)")
      // The same notes as the earlier version would have written them.
      let path = run.folder.path + "/" + Self.data + "/tabscribe.db"
      let account = try Self.account(path)
      let file = try #require(try first.json["files"]?[0])
      let digest = try #require(file["name"]?.string)
      try FileManager.default.removeItem(atPath: path)
      for tail in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + tail) }
      let sha = try Self.sha256(run.folder.path + "/big.webm")
      try run.folder.write(
        """
        {"schemaVersion": 1, "localFiles": [], "uploads": [{"digest": "\(sha)", "size": 15000000,
          "account": "\(account)", "name": "\(digest)", "expiration": 4000000000}]}
        """,
        to: Self.data + "/uploads.json"
      )
      try run.folder.write("", to: Self.data + "/uploads.json.lock")
      let again = await run.tabscribe("transcribe", "big.webm", "-f", "json")
      #expect(again.code == .done, "\(again.errors)")
      #expect(run.uploadCount == 1)
      #expect(names(run.folder) == [])
    }
  }

  private static func account(_ path: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      "import sqlite3,sys;print(sqlite3.connect(sys.argv[1])"
        + ".execute('select account from uploads').fetchone()[0])", path,
    ]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  private static func sha256(_ path: String) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sha256sum")
    process.arguments = [path]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    return String(String(decoding: data, as: UTF8.self).prefix(64))
  }

  @Test func notesAboutCachesAndRatesAreTakenInOnce() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"schemaVersion": 1, "label": "tabscribe-1", "account": "a", "process": 2147483647,
       "host": "\(ProcessIdentity.current.host)", "expiration": 4000000000}
      """,
      to: Self.data + "/caches/tabscribe-1.json"
    )
    try folder.write("{", to: Self.data + "/caches/damaged.json")
    try folder.write("{ damaged", to: Self.data + "/learned-rates.json")
    for _ in 0..<2 {
      let run = await CommandRun.tabscribe(["doctor", "--json"], in: folder)
      let check = try run.json["checks"]?.array?.first { $0["name"] == "caches" }
      #expect(check?["finding"]?.string?.hasPrefix("1 cache of runs") == true)
    }
    // What cannot be read stays, since it may stand for a cache that is paid for.
    #expect(names(folder) == ["caches"])
    let store = try RunStore(readingFrom: folder.path + "/" + Self.data + "/tabscribe.db")
    #expect(try store.caches().map(\.label) == ["tabscribe-1"])
  }

  @Test func nothingIsLearnedFromAnEmulator() async throws {
    try await EmulatedRun.run { run in
      for name in ["a.json", "b.json", "c.json"] {
        try? FileManager.default.removeItem(atPath: run.folder.path + "/" + name)
        let outcome = await run.tabscribe("transcribe", "sample.webm", "-f", "json", "--force")
        #expect(outcome.code == .done, "\(outcome.errors)")
      }
      let plan = try await run.tabscribe("plan", "sample.webm", "--json").json
      let basis = plan["requests"]?[0]?["estimate"]?["outputBasis"]?.string ?? ""
      #expect(!basis.contains("your runs"), "\(basis)")
      let real = await CommandRun.tabscribe(["plan", "sample.webm"], in: run.folder)
      #expect(!real.output.contains("your runs"), "\(real.output)")
    }
  }
}
