import Foundation
import HostSystem
import OrderedJSON
import Testing

@testable import GeminiAPI

@Suite struct UploadTests {
  private static let session: HTTPHeaders = [
    "X-Goog-Upload-Status": "active", "X-Goog-Upload-Chunk-Granularity": "4",
    "X-Goog-Upload-URL": "https://elsewhere.example/upload/v1beta/files?upload_id=secret",
  ]
  private static let started = ScriptedTransport.Answer.json("", headers: session)
  private static let taken = ScriptedTransport.Answer.json(
    "",
    headers: ["X-Goog-Upload-Status": "active"]
  )
  private static let done = ScriptedTransport.Answer.json(
    #"{"file": {"name": "files/a", "uri": "https://x/files/a", "sizeBytes": "10"}}"#,
    headers: ["X-Goog-Upload-Status": "final"]
  )

  private static func received(_ count: Int) -> ScriptedTransport.Answer {
    .json(
      "",
      headers: ["X-Goog-Upload-Status": "active", "X-Goog-Upload-Size-Received": "\(count)"]
    )
  }

  private static let upload: FileUpload = {
    var upload = FileUpload(
      path: "/talk.mp4",
      size: 10,
      mimeType: "video/mp4",
      displayName: "é.mp4"
    )
    upload.chunkSize = 6
    return upload
  }()

  /// The commands and offsets of an upload that is answered so, and how it ended.
  private func steps(
    _ answers: [ScriptedTransport.Answer]
  ) async -> ([String], Result<String, GeminiError>) {
    let transport = ScriptedTransport(answers)
    var result: Result<String, GeminiError>
    do {
      result = .success(try await GeminiClient.forTest(transport).uploadFile(Self.upload).name)
    } catch {
      result = .failure(error as? GeminiError ?? GeminiError(.transport, "\(error)"))
    }
    let steps = transport.requests.map { request in
      let offset = request.headers["X-Goog-Upload-Offset"].map { " at \($0)+\(request.body.count)" }
      return (request.headers["X-Goog-Upload-Command"] ?? "") + (offset ?? "")
    }
    return (steps, result)
  }

  @Test func sendsChunksOfTheSizeTheServiceWants() async {
    let (steps, result) = await steps([Self.started, Self.taken, Self.taken, Self.done])
    #expect(
      steps == ["start", "upload at 0+4", "upload at 4+4", "upload, finalize at 8+2"]
    )
    #expect(result == .success("files/a"))
  }

  @Test(arguments: [
    "http://x\\@127.0.0.2:18099/steal", "https://x@evil.example/steal", "https://x/a b", "/steal",
    "",
    "https://evil.example\u{3002}x/steal",
  ])
  func sendsNothingToAnAddressThatMisleads(_ address: String) async {
    var headers = Self.session
    headers["X-Goog-Upload-URL"] = address
    let (steps, result) = await steps([.json("", headers: headers), Self.done])
    #expect(steps == ["start"])
    #expect(throws: GeminiError.self) { try result.get() }
  }

  @Test func sendsTheFileOnlyToTheHostOfTheService() async throws {
    var headers = Self.session
    headers["X-Goog-Upload-URL"] = "https://evil.example//other.example/a?upload_id=b"
    let transport = ScriptedTransport([.json("", headers: headers), Self.taken, Self.done])
    _ = try await GeminiClient.forTest(transport).uploadFile(Self.upload)
    let hosts = transport.requests.map { WebAddress($0.url)?.host }
    #expect(Set(hosts) == ["generativelanguage.googleapis.com"])
  }

  @Test(arguments: [
    ScriptedTransport.Answer.failure(TransportError(.connectionLost, "reset")),
    .json("{}", status: 503), .json("{}", status: 429), .json("{}", status: 412), .json("{}"),
  ])
  func asksHowMuchHasArrivedAfterAFault(_ fault: ScriptedTransport.Answer) async {
    let (steps, result) = await steps([
      Self.started, Self.taken, fault, Self.received(6), Self.done,
    ])
    #expect(
      steps == ["start", "upload at 0+4", "upload at 4+4", "query", "upload, finalize at 6+4"]
    )
    #expect(result == .success("files/a"))
  }

  @Test func takesTheFileWhenOnlyTheReceiptWasLost() async {
    let lost = ScriptedTransport.Answer.failure(TransportError(.connectionLost, "reset"))
    let (steps, result) = await steps([Self.started, Self.taken, Self.taken, lost, Self.done])
    #expect(steps.last == "query")
    #expect(result == .success("files/a"))
  }

  @Test func givesUpWhenNothingArrivesAnyMore() async {
    let fault = ScriptedTransport.Answer.json("{}", status: 503)
    var answers = [Self.started]
    for _ in 0..<10 { answers += [fault, Self.received(0)] }
    let (steps, result) = await steps(answers)
    #expect(steps.filter { $0.hasPrefix("upload") }.count == 5)
    guard case .failure(let error) = result else {
      Issue.record("the upload ended well")
      return
    }
    #expect(error.code == .unavailable)
  }

  @Test func believesNoSuccessWithoutTheFinalMark() async {
    let (_, result) = await steps([
      Self.started, Self.taken, Self.taken,
      .json("{}", status: 403, headers: ["X-Goog-Upload-Status": "final"]),
    ])
    guard case .failure(let error) = result else {
      Issue.record("the upload ended well")
      return
    }
    #expect(error.code == .permissionDenied)
  }

  @Test func showsNoSessionAddress() async throws {
    let transport = ScriptedTransport([
      Self.started, .json("{}", status: 404, headers: ["X-Goog-Upload-Status": "final"]),
    ])
    let error = await #expect(throws: GeminiError.self) {
      try await GeminiClient.forTest(transport).uploadFile(Self.upload)
    }
    #expect(error?.request?.contains("upload_id=REDACTED") == true)
    #expect(!"\(String(describing: error)) \(transport.requests)".contains("upload_id=secret"))
  }

  @Test func waitsUntilAFileIsReady() async throws {
    func file(_ state: String) -> ScriptedTransport.Answer {
      .json(#"{"name": "files/a", "uri": "u", "state": "\#(state)"}"#)
    }
    let clock = ManualClock()
    let transport = ScriptedTransport([file("PROCESSING"), file("PROCESSING"), file("ACTIVE")])
    let client = GeminiClient.forTest(transport, clock)
    let fresh = try #require(GeminiFile(json: ["name": "files/a"]))
    #expect(try await client.waitUntilActive(fresh).state == .active)
    #expect(clock.sleeps == [.milliseconds(100), .milliseconds(200)])
    let failing = GeminiClient.forTest(ScriptedTransport([file("FAILED")]))
    let error = await #expect(throws: GeminiError.self) { try await failing.waitUntilActive(fresh) }
    #expect(error?.code == .fileFailed)
    let slow = ScriptedTransport(
      [ScriptedTransport.Answer](repeating: file("PROCESSING"), count: 99)
    )
    let late = await #expect(throws: GeminiError.self) {
      try await GeminiClient.forTest(slow).waitUntilActive(fresh, deadline: .seconds(20))
    }
    #expect(late?.code == .timedOut)
  }

  @Test func sendsNoContentsTwiceWithinTwoDays() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "talk.mp4").path
    try Data("0123456789".utf8).write(to: URL(filePath: path))
    let notes = UploadMemory()
    let upload = FileUpload(path: path, size: 10, mimeType: "video/mp4")
    let active = ScriptedTransport.Answer.json(
      #"{"name": "files/a", "uri": "u", "state": "ACTIVE"}"#
    )
    let gone = ScriptedTransport.Answer.json(#"{"error": {"code": 403}}"#, status: 403)
    let transport = ScriptedTransport([
      Self.started, Self.taken, Self.taken, Self.done, active, gone, Self.started, Self.done,
    ])
    let client = GeminiClient.forTest(transport)
    var small = upload
    small.chunkSize = 4
    _ = try await client.uploadFile(small, unlessIn: UploadRegistry(notes))
    #expect(transport.requests.count == 4)
    // Another run, another registry of the same file.
    let kept = try await client.uploadFile(upload, unlessIn: UploadRegistry(notes))
    #expect(kept.state == .active)
    #expect(transport.requests.count == 5)
    let again = try await client.uploadFile(upload, unlessIn: UploadRegistry(notes))
    #expect(again.name == "files/a")
    #expect(transport.requests.count == 8)
    #expect(!notes.uploads.withLock { "\($0)" }.contains("test-key"))
  }
}

/// Notes about uploads that last as long as a test.
private final class UploadMemory: UploadNotes {
  let uploads = Lock<[KeptUpload]>([])
  private let digests = Lock<[LocalFile: String]>([:])

  func uploads(size: Int, account: String, at time: Int) -> [KeptUpload] {
    uploads.withLock { uploads in
      uploads.filter { $0.size == size && $0.account == account && $0.expiration > time }
    }
  }

  func digest(of file: LocalFile) -> String? { digests.withLock { $0[file] } }

  func remember(_ upload: KeptUpload, from file: LocalFile, at time: Int) {
    uploads.withLock { $0.append(upload) }
    digests.withLock { $0[file] = upload.digest }
  }

  func forget(_ name: String) { uploads.withLock { $0.removeAll { $0.name == name } } }
}

/// The digests that the service tells.
@Suite struct ContentDigestTests {
  @Test(
    arguments: [
      ("qrvM", false),  // too short
      ("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=", true),
      (
        "YmE3ODE2YmY4ZjAxY2ZlYTQxNDE0MGRlNWRhZTIyMjNiMDAzNjFhMzk2MTc3YTljYjQxMGZmNjFmMjAwMTVhZA==",
        true
      ),
    ]
  ) func theServicesDigestIsReadInBothSpellings(_ text: String, _ isDigest: Bool) throws {
    let file = try #require(GeminiFile(json: ["name": "files/a", "sha256Hash": .string(text)]))
    let digits = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(file.contentDigest == (isDigest ? digits : nil))
  }
}
