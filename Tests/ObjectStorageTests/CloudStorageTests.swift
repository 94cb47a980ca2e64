import CurlHTTP
import Foundation
import GeminiAPI
import GeminiEmulation
import HostSystem
import Redacting
import TestSupport
import Testing

@testable import ObjectStorage

/// Cloud Storage as our own emulator plays it.
@Suite struct CloudStorageTests {
  private static func withEmulator(
    token: String = "emulated",
    _ body: (ObjectStorage, _ folder: URL) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var options = EmulatorOptions()
    options.storageFolder = folder.path
    let emulator = try GeminiEmulator.start(options)
    let storage = ObjectStorage(
      environment: ["GOOGLE_OAUTH_ACCESS_TOKEN": token],
      baseURL: emulator.baseURL,
      transport: CurlTransport(),
      secrets: KnownSecrets()
    )
    do { try await body(storage, folder) } catch {
      await emulator.stop()
      throw error
    }
    await emulator.stop()
  }

  @Test("an object is put, looked at, read in parts and listed")
  func aRoundTrip() async throws {
    try await Self.withEmulator { storage, folder in
      let place = try StorageAddress(parsing: "gs://b/a folder/ü ~'()*!$&+.mp4")
      let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      #expect(try await storage.put(bytes, at: place, type: "video/mp4", isReplacing: false))
      let file = folder.appending(path: "b/a folder/ü ~'()*!$&+.mp4")
      #expect(try Data(contentsOf: file) == Data(bytes))
      let (object, head) = try await storage.look(at: place)
      #expect(object.size == bytes.count)
      #expect(head == Array(bytes.prefix(1024)))
      #expect(try await storage.bytes(of: object, 5000..<70_001) == Array(bytes[5000..<70_001]))
      #expect(try await storage.objects(below: place.named("a f")) == [object])
      let isPut = try await storage.put([1], at: place, type: "video/mp4", isReplacing: false)
      #expect(!isPut)
      #expect(try await storage.put([1], at: place, type: "video/mp4", isReplacing: true))
      let error = await #expect(throws: GeminiError.self) {
        try await storage.bytes(of: object, 0..<5)
      }
      #expect(error?.message.contains("has changed meanwhile") == true)
    }
  }

  @Test("lists go on over their pages")
  func manyObjects() async throws {
    try await Self.withEmulator { storage, folder in
      let inner = folder.appending(path: "b/n")
      try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
      for number in 0..<1003 { try Data([1]).write(to: inner.appending(path: "\(number)")) }
      let found = try await storage.objects(below: StorageAddress(parsing: "gs://b/n/"))
      #expect(found.count == 1003)
    }
  }

  @Test("a service that cannot be reached is told with what was asked of it")
  func unreachable() async throws {
    let storage = ObjectStorage(
      environment: [
        "GOOGLE_OAUTH_ACCESS_TOKEN": "emulated", "STORAGE_EMULATOR_HOST": "http://127.0.0.1:9",
      ],
      baseURL: GeminiConfiguration.aiStudioURL,
      transport: CurlTransport(),
      secrets: KnownSecrets(),
      retryPolicy: RetryPolicy(maximumAttempts: 2, firstDelay: .milliseconds(1))
    )
    let place = try StorageAddress(parsing: "gs://b/x")
    let error = await #expect(throws: GeminiError.self) { try await storage.look(at: place) }
    #expect(error?.code == .connection)
    #expect(error?.message.hasPrefix("reading gs://b/x: no connection to 127.0.0.1") == true)
    let listing = await #expect(throws: GeminiError.self) {
      try await storage.objects(below: place)
    }
    #expect(listing?.message.hasPrefix("listing gs://b/x: ") == true)
  }

  @Test("faults say what to do")
  func faults() async throws {
    let place = try StorageAddress(parsing: "gs://b/x")
    try await Self.withEmulator { storage, _ in
      let error = await #expect(throws: GeminiError.self) { try await storage.look(at: place) }
      #expect(error?.code == .notFound)
      #expect(error?.message.contains("gs://b/x") == true)
      let isSo1 = try await storage.isThere(place)
      #expect(!isSo1)
    }
    try await Self.withEmulator(token: "invalid-token") { storage, _ in
      let error = await #expect(throws: GeminiError.self) { try await storage.look(at: place) }
      #expect(error?.code == .invalidCredentials)
      #expect(error?.remedy?.contains("gcloud auth application-default login") == true)
    }
  }
}

/// Breaks off bodies after some bytes, and fails some requests at once.
private final class BreakingTransport: HTTPTransport {
  private let inner = CurlTransport()
  private let asked = Lock<[String]>([])

  var ranges: [String] { asked.withLock { $0 } }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let number = asked.withLock { asked in
      asked.append(request.headers["Range"] ?? "")
      return asked.count
    }
    if number == 2 { throw TransportError(.cannotConnect, "no connection") }
    var response = try await inner.send(request)
    guard number < 4 else { return response }
    let left = Lock(1000)
    let body = Lock(response.body.makeAsyncIterator())
    response.body = HTTPBody {
      var iterator = body.withLock { $0 }
      guard let piece = try await iterator.next() else { return nil }
      let room = left.withLock { left in
        defer { left -= min(left, piece.count) }
        return left
      }
      if room == 0 { throw TransportError(.connectionLost, "the connection broke") }
      return Array(piece.prefix(room))
    }
    return response
  }
}

extension CloudStorageTests {
  @Test("a part goes on where its connection broke")
  func broken() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    let bucket = folder.appending(path: "b")
    try FileManager.default.createDirectory(at: bucket, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try Data(bytes).write(to: bucket.appending(path: "x"))
    var options = EmulatorOptions()
    options.storageFolder = folder.path
    let emulator = try GeminiEmulator.start(options)
    let transport = BreakingTransport()
    let storage = ObjectStorage(
      environment: ["GOOGLE_OAUTH_ACCESS_TOKEN": "emulated"],
      baseURL: emulator.baseURL,
      transport: transport,
      secrets: KnownSecrets(),
      retryPolicy: RetryPolicy(firstDelay: .milliseconds(1))
    )
    let object = StoredObject(
      place: try StorageAddress(parsing: "gs://b/x"),
      size: 100_000,
      version: ""
    )
    let read = try await storage.bytes(of: object, 10..<90_000)
    await emulator.stop()
    #expect(read == Array(bytes[10..<90_000]))
    #expect(
      transport.ranges
        == ["bytes=10-89999", "bytes=1010-89999", "bytes=1010-89999", "bytes=2010-89999"]
    )
  }
}
