import CurlHTTP
import Foundation
import GeminiAPI
import Redacting
import TestSupport
import Testing

@testable import ObjectStorage

/// S3 as `moto` plays it, which takes nothing that botocore would have signed otherwise.
@Suite(.enabled(if: MotoServer.isInstalled, ".ci/setup installs moto"))
struct S3Tests {
  private let server = Result { try MotoServer.shared() }

  private func storage(_ environment: [String: String]) -> ObjectStorage {
    ObjectStorage(
      environment: environment,
      baseURL: GeminiConfiguration.aiStudioURL,
      transport: CurlTransport(),
      secrets: KnownSecrets()
    )
  }

  private func place(_ bucket: String, _ key: String) throws -> StorageAddress {
    try StorageAddress(parsing: "s3://\(bucket)/\(key)", of: [.s3])
  }

  private static let names = [
    "plain.mp4", "a folder/ü ~'()*!$&+,;=:@ %41.mp4", "a//b/../c.mp4", "日本語/#?x.webm",
  ]

  @Test(
    "an object is put, looked at, read in parts and listed, whatever its name",
    arguments: names
  )
  func aRoundTrip(_ name: String) async throws {
    let server = try server.get()
    let storage = storage(server.environment)
    let place = try place(server.newBucket(), name)
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try await storage.put(bytes, at: place, type: "video/mp4", isReplacing: false))
    #expect(try server.contents(of: name, in: place.bucket) == Data(bytes))
    let (object, head) = try await storage.look(at: place)
    #expect(object.size == bytes.count)
    #expect(!object.version.isEmpty)
    #expect(head == Array(bytes.prefix(1024)))
    #expect(try await storage.bytes(of: object, 5000..<70_001) == Array(bytes[5000..<70_001]))
    let listed = try await storage.objects(below: place.named(String(name.prefix(3))))
    #expect(listed == [object])
  }

  @Test("a key that lasts an hour goes with its session token")
  func aSessionToken() async throws {
    let server = try server.get()
    let place = try place(server.newBucket(["x": Array("hallo".utf8)]), "x")
    #expect(try await storage(server.lasting).look(at: place).head == Array("hallo".utf8))
    let bare = server.lasting.merging(["AWS_SESSION_TOKEN": ""]) { $1 }
    let error = await #expect(throws: GeminiError.self) { try await storage(bare).look(at: place) }
    #expect(error?.code == .invalidCredentials)
  }

  @Test("what is there stays unless it is to be replaced")
  func nothingIsOverwritten() async throws {
    let server = try server.get()
    let storage = storage(server.environment)
    let place = try place(server.newBucket(["r.json": Array("old".utf8)]), "r.json")
    let new = Array("new".utf8)
    let isSo1 = try await storage.put(new, at: place, type: "text/plain", isReplacing: false)
    #expect(!isSo1)
    #expect(try server.contents(of: "r.json", in: place.bucket) == Data("old".utf8))
    #expect(try await storage.put(new, at: place, type: "text/plain", isReplacing: true))
    #expect(try server.contents(of: "r.json", in: place.bucket) == Data("new".utf8))
    #expect(try await storage.isThere(place))
    let isSo2 = try await storage.isThere(place.named("other"))
    #expect(!isSo2)
  }

  @Test("an empty object is put, and known to be empty")
  func anEmptyObject() async throws {
    let server = try server.get()
    let storage = storage(server.environment)
    let place = try place(server.newBucket(), "empty.txt")
    #expect(try await storage.put([], at: place, type: "text/plain", isReplacing: false))
    #expect(try server.contents(of: "empty.txt", in: place.bucket) == Data())
    #expect(try await storage.look(at: place).object.size == 0)
  }

  @Test("a service that knows no conditions is asked first whether something is there")
  func withoutConditions() async throws {
    let server = try server.get()
    let storage = ObjectStorage(
      environment: server.environment,
      baseURL: GeminiConfiguration.aiStudioURL,
      transport: UnconditionalTransport(),
      secrets: KnownSecrets()
    )
    let place = try place(server.newBucket(["old": Array("old".utf8)]), "old")
    let isPut = try await storage.put([1], at: place, type: "text/plain", isReplacing: false)
    #expect(!isPut)
    #expect(try server.contents(of: "old", in: place.bucket) == Data("old".utf8))
    let new = place.named("new")
    #expect(try await storage.put([1], at: new, type: "text/plain", isReplacing: false))
    #expect(try server.contents(of: "new", in: place.bucket) == Data([1]))
  }

  @Test("a large object is put whole")
  func aLargeObject() async throws {
    let server = try server.get()
    let storage = storage(server.environment)
    let place = try place(server.newBucket(), "large")
    let bytes = [UInt8](repeating: 7, count: 9 << 20)
    #expect(try await storage.put(bytes, at: place, type: "video/mp4", isReplacing: true))
    let object = try await storage.look(at: place).object
    #expect(try await storage.bytes(of: object, 0..<object.size) == bytes)
  }

  @Test("lists go on over their pages")
  func manyObjects() async throws {
    let server = try server.get()
    let storage = storage(server.environment)
    let bucket = try server.newBucket()
    for number in 0..<1003 {
      let place = try place(bucket, "n/\(number)")
      #expect(try await storage.put([1], at: place, type: "text/plain", isReplacing: true))
    }
    let found = try await storage.objects(below: place(bucket, "n/"))
    #expect(found.count == 1003)
    #expect(Set(found.map(\.place)).count == 1003)
    await #expect(throws: GeminiError.self) {
      try await storage.objects(below: place(bucket, "n/"), limit: 1000)
    }
  }

  @Test("an object that changes while it is read is an error")
  func aChange() async throws {
    let server = try server.get()
    let storage = storage(server.environment)
    let place = try place(server.newBucket(["x": [1, 2, 3]]), "x")
    let object = try await storage.look(at: place).object
    try server.put([4, 5, 6], at: "x", in: place.bucket)
    let error = await #expect(throws: GeminiError.self) {
      try await storage.bytes(of: object, 0..<3)
    }
    #expect(error?.message.contains("has changed meanwhile") == true, "\(error?.message ?? "")")
    #expect(try await storage.look(at: place).object != object)
  }

  @Test("faults say what was asked, what was found and what to do, and hold no key")
  func faults() async throws {
    let server = try server.get()
    let bucket = try server.newBucket(["x": [1]])
    let there = try place(bucket, "x")
    var wrong = server.environment
    wrong["AWS_SECRET_ACCESS_KEY"] = "wrong-secret-0123456789"
    let cases: [([String: String], StorageAddress, GeminiError.Code, String)] = [
      (
        server.environment, try place(bucket, "y"), .notFound, "there is no object s3://\(bucket)/y"
      ),
      (server.environment, try place("no-such-bucket", "y"), .notFound, "there is no bucket"),
      (server.powerless, there, .permissionDenied, "may not do that"),
      (wrong, there, .invalidCredentials, "is not accepted"),
      (["HOME": "/nowhere"], there, .missingCredentials, "there is no key for S3"),
    ]
    for (environment, place, code, words) in cases {
      let error = await #expect(throws: GeminiError.self) {
        try await storage(environment).look(at: place)
      }
      #expect(error?.code == code, "\(words): \(String(describing: error))")
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(error?.remedy != nil)
      let all = String(reflecting: error)
      for (name, value) in environment where name.contains("KEY") && value.count > 8 {
        #expect(!all.contains(value), "\(name) is told")
      }
    }
  }
}

/// Answers as services do that do not know `If-None-Match`.
private struct UnconditionalTransport: HTTPTransport {
  private let inner = CurlTransport()

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard request.headers["If-None-Match"] != nil else { return try await inner.send(request) }
    let words = "<Error><Code>NotImplemented</Code><Message>No.</Message></Error>"
    return HTTPResponse(status: 501, body: HTTPBody(words))
  }
}
