internal import CommandLineInterface
import Foundation
internal import OrderedJSON
internal import RunStore
import Testing
internal import TranscriptModel

@testable internal import TestSupport

/// `serve` behind a real nginx with the very configuration of the documentation, over TLS.
@Suite(.enabled(if: Nginx.isInstalled, "no nginx is installed"))
struct GroupServeTests {
  private static let engines =
    ["SQLite"] + (PostgreSQLServer.isInstalled ? ["PostgreSQL"] : [])

  private static func store(_ engine: String, in folder: TemporaryFolder) throws -> String {
    engine == "SQLite"
      ? folder.path + "/data/tabscribe.db" : try PostgreSQLServer.shared().newSchema()
  }

  /// A site of a store with one transcript of two rows.
  private static func site(
    _ engine: String,
    takesCorrections: Bool = true
  ) throws -> (site: GroupSite, store: RunStore, item: Int64) {
    let folder = try TemporaryFolder()
    let place = try store(engine, in: folder)
    let samples = StoreSamples(try RunStore(path: place))
    try samples.add("talk", ["We are in orbit.", "All is well."], in: "/videos")
    let site = try GroupSite(folder, store: place, takesCorrections: takesCorrections)
    return (site, samples.store, try samples.store.resolveItem("last").id)
  }

  private static func correction(
    _ id: String,
    row: Int = 0,
    _ before: String,
    _ after: String
  ) -> JSONValue {
    [
      "id": .string(id), "at": "2026-03-12T18:04:00Z", "kind": "text", "row": .init(row),
      "before": .string(before), "after": .string(after),
    ]
  }

  @Test(arguments: engines)
  func whoComesSecondIsToldOfTheFirstAndNothingIsLost(_ engine: String) throws {
    let (site, store, item) = try Self.site(engine)
    let (anna, ben) = (try site.page(of: "anna", item), try site.page(of: "ben", item))
    let first = Self.correction("a1", "We are in orbit.", "We are in Paris.")
    #expect(try anna.save([first], seen: []).json["applied"] == ["a1"])
    // Ben's page is as old as Anna's was.
    let second = Self.correction("b1", "We are in orbit.", "We are in Rome.")
    let other = Self.correction("b2", row: 1, "All is well.", "All is very well.")
    let told = try ben.save([second, other], seen: []).json
    #expect(told["applied"] == ["b2"])
    let problem = told["problems"]?[0]
    #expect(problem?["code"] == "before-differs" && problem?["index"] == 0)
    #expect(problem?["message"]?.string?.contains("anna changed it meanwhile") == true)
    #expect(told["corrections"]?[0]?["after"] == "We are in Paris.")
    // Knowing that, he may go on from there.
    let third = Self.correction("b3", "We are in Paris.", "We are in Rome.")
    #expect(try ben.save([third], seen: ["a1", "b2"]).json["applied"] == ["b3"])
    let kept = try store.corrections(of: item)
    #expect(kept.map { $0.value["by"] } == ["anna", "ben", "ben"])
    #expect(kept.map { $0.value["id"] } == ["a1", "b2", "b3"])
    // Nobody takes back what another did; what others build on stays.
    let foreign = try ben.takeBack(["a1"])
    #expect(foreign.status == 409 && foreign.json["error"]?.string?.contains("anna") == true)
    #expect(try anna.takeBack(["a1"]).status == 409)
    #expect(try ben.takeBack(["b3"]).status == 200)
    #expect(try store.corrections(of: item).count { !$0.isUndone } == 2)
    // An answer that was lost is asked for again.
    #expect(try anna.save([first], seen: []).json["alreadyThere"] == 1)
  }

  /// What a row has beside its text is not written over either.
  @Test func aTickAndATimeMeetWhatOthersDid() throws {
    let (site, store, item) = try Self.site("SQLite")
    let (anna, ben) = (try site.page(of: "anna", item), try site.page(of: "ben", item))
    let text = Self.correction("a1", "We are in orbit.", "We are in Paris.")
    #expect(try anna.save([text], seen: []).json["applied"] == ["a1"])
    let at: JSONValue = "2026-03-12T18:05:00Z"
    let tick: JSONValue = ["id": "b1", "at": at, "kind": "checked", "row": 0, "checked": true]
    let times: JSONValue = [
      "id": "b2", "at": at, "kind": "retime", "row": 0,
      "before": ["startMS": 0, "endMS": 12_500], "after": ["startMS": 0, "endMS": 9000],
    ]
    let told = try ben.save([tick, times], seen: []).json
    #expect(told["applied"] == [] && told["problems"]?.array?.count == 2)
    #expect(try ben.save([tick, times], seen: ["a1"]).json["applied"] == ["b1", "b2"])
    #expect(try store.corrections(of: item).count == 3)
  }

  @Test(arguments: engines)
  func manyAtOnceLoseNothing(_ engine: String) async throws {
    let (site, store, item) = try Self.site(engine)
    let pages = try ["anna", "ben"].map { try site.page(of: $0, item) }
    let outcomes = try await withThrowingTaskGroup(of: JSONValue.self) { group in
      for number in 0..<8 {
        group.addTask {
          let one = Self.correction("c\(number)", "We are in orbit.", "Version \(number).")
          return try pages[number % 2].save([one], seen: []).json
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes.count { $0["applied"]?.array?.count == 1 } == 1)
    let told = outcomes.filter { $0["problems"]?.array?.count == 1 }
    #expect(told.count == 7 && told.allSatisfy { $0["corrections"]?.array?.count == 1 })
    #expect(try store.corrections(of: item).count == 1)
  }

  @Test(arguments: engines)
  func aNameComesFromTheProxyAlone(_ engine: String) throws {
    let (site, store, item) = try Self.site(engine)
    let forged = [("X-Tabscribe-User", "ben"), ("x-tabscribe-user", "ben")]
    // Without a password, and with a wrong one, nobody gets through.
    #expect(try site.send("GET", "/", headers: forged).status == 401)
    #expect(try site.send("GET", "/", user: ("anna", "wrong"), headers: forged).status == 401)
    #expect(try site.send("GET", "/", user: ("anna", "anna's")).status == 200)
    // Whom a browser claims to be does not count, neither in a field nor in what it sends.
    var claim = try #require(Self.correction("a1", "We are in orbit.", "We are in Paris.").object)
    claim["by"] = "ben"
    let anna = try site.page(of: "anna", item)
    let reply = try anna.save(
      [.object(claim)],
      seen: [],
      headers: forged + [("X_Tabscribe_User", "ben")]
    )
    #expect(reply.json["applied"] == ["a1"])
    #expect(try store.corrections(of: item).map { $0.value["by"] } == ["anna"])
    #expect(
      try site.send("GET", "/items/\(item)", user: ("ben", "ben's")).text.contains(
        "data-user=\"ben\""
      )
    )
    // Where the proxy names nobody, nothing is answered, and no correction taken.
    for target in ["/", "/items/\(item)", "/items/\(item).json", "/search?q=orbit"] {
      #expect(try site.send("GET", target, through: .nameless).status == 403)
    }
    let nameless = try anna.save([.object(claim)], seen: [], through: .nameless)
    #expect(nameless.status == 403)
    #expect(try site.send("GET", "/", through: .twice).status == 403)
    #expect(try store.corrections(of: item).count == 1)
  }

  @Test func pagesOfOtherSitesAndNamesAreRefused() throws {
    let (site, store, item) = try Self.site("SQLite")
    let anna = try site.page(of: "anna", item)
    let one = Self.correction("a1", "We are in orbit.", "We are in Paris.")
    for origin in [
      "https://evil.example", "null", "http://videos.example.org",
      "https://videos.example.org.evil.example",
      "http://127.0.0.1", "",
    ] {
      #expect(try anna.save([one], seen: [], origin: origin).status == 403, "\(origin)")
    }
    let crossing = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "cors")]
    #expect(try anna.save([one], seen: [], headers: crossing).status == 403)
    #expect(try anna.save([one], seen: [], token: "").status == 403)
    #expect(try anna.save([one], seen: [], type: "text/plain").status == 403)
    let user = ("anna", "anna's")
    let embedded = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")]
    #expect(
      try site.send("GET", "/items/\(item).json", user: user, headers: embedded).status == 403
    )
    let link = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")]
    #expect(try site.send("GET", "/items/\(item)", user: user, headers: link).status == 200)
    for host in ["evil.example", "127.0.0.1", "localhost"] {
      #expect(try site.send("GET", "/", user: user, headers: [("Host", host)]).status == 403)
    }
    #expect(try store.corrections(of: item).isEmpty)
    #expect(try anna.save([one], seen: []).json["applied"] == ["a1"])
  }

  @Test func withoutLeaveItIsForReading() throws {
    let (site, store, item) = try Self.site("SQLite", takesCorrections: false)
    let page = try site.send("GET", "/items/\(item)", user: ("anna", "anna's"))
    #expect(page.status == 200 && !page.text.contains("data-token="))
    let one = Self.correction("a1", "We are in orbit.", "We are in Paris.")
    let anna = GroupSite.UserPage(site: site, name: "anna", item: item, token: "any")
    let refused = try anna.save([one], seen: [])
    #expect(refused.status == 403 && refused.json["error"] == "This library is for reading only.")
    #expect(try anna.takeBack(["a1"]).status == 403)
    #expect(try store.corrections(of: item).isEmpty)
  }

  @Test func theSocketIsForItsGroupAndOneServer() throws {
    let (site, _, _) = try Self.site("SQLite")
    let facts = try FileManager.default.attributesOfItem(atPath: site.socket)
    #expect(facts[.posixPermissions] as? Int == 0o660)
    let words = ["serve", "--site", "https://x.example", "--socket"]
    let second = try site.tabscribe(words + [site.socket])
    #expect(second.code == 1 && second.errors.contains("it is there"), "\(second.errors)")
    let long = try site.tabscribe(words + ["/" + String(repeating: "x", count: 200)])
    #expect(long.code == 1 && long.errors.contains("107 bytes"), "\(long.errors)")
    // What a server leaves behind that is killed is no hindrance.
    try site.restart()
    #expect(try site.send("GET", "/", user: ("anna", "anna's")).status == 200)
  }

  @Test(arguments: [
    (["--socket", "s"], "--socket is for a site"),
    (["--user-header", "X-User"], "--user-header is for a site"),
    (["--allow-corrections"], "--allow-corrections is for a site"),
    (["--site", "https://x.example", "--allow-corrections"], "needs to know who corrects"),
    (["--site", "https://x.example/videos"], "scheme and name of a site"),
    (["--site", "x.example"], "scheme and name of a site"),
    (["--site", "https://x.example", "--user-header", "X User"], "the name of a header"),
  ])
  func optionsThatDoNotFitAreRefused(_ words: [String], _ sentence: String) async throws {
    let run = await CommandRun.tabscribe(["serve"] + words, in: try TemporaryFolder())
    #expect(run.code == .usage && run.errors.contains(sentence), "\(run.errors)")
  }
}
