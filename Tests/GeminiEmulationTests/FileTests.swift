import Digests
import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct FileTests {
  @Test func anUploadIsDescribedListedAndDeleted() async throws {
    try await EmulatorSession.run { session in
      let file = try await session.upload(Sample.video, type: "video/webm")
      let hash = SHA256()
      hash.update(Sample.video)
      #expect(file["sha256Hash"]?.string == Data(hash.finalize()).base64EncodedString())
      #expect(file["sizeBytes"]?.string == String(Sample.video.count))
      #expect(file["state"]?.string == "ACTIVE")
      #expect(file["source"]?.string == "UPLOADED")
      #expect(file["videoMetadata"]?["videoDuration"]?.string == "98.100s")
      let name = try #require(file["name"]?.string)
      let list = await session.get("/v1beta/files").json
      #expect(list["files"]?.array?.compactMap { $0["name"]?.string } == [name])
      #expect(await session.get("/v1beta/\(name):download?alt=media").status == 400)
      #expect(await session.delete("/v1beta/\(name)").json == [:])
      #expect(await session.get("/v1beta/\(name)").status == 403)
      #expect(await session.get("/v1beta/files").json == [:])
    }
  }

  @Test func aFileIsProcessingFirstAndMayNotBeUsedYet() async throws {
    try await EmulatorSession.run { session in
      let path = try await session.startUpload(["mimeType": "video/webm"], size: Sample.video.count)
      let reply = await session.chunk(path, "upload, finalize", Sample.video).json
      #expect(reply["file"]?["state"]?.string == "PROCESSING")
      let uri = try #require(reply["file"]?["uri"]?.string)
      let early = await session.call("generateContent", .prompt(uri: uri))
      #expect(early.status == 400)
      #expect(early.json["error"]?["status"]?.string == "FAILED_PRECONDITION")
      let name = try #require(reply["file"]?["name"]?.string)
      #expect(await session.get("/v1beta/\(name)").json["state"]?.string == "PROCESSING")
      #expect(await session.get("/v1beta/\(name)").json["state"]?.string == "ACTIVE")
      #expect(await session.call("generateContent", .prompt(uri: uri)).status == 200)
    }
  }

  @Test func chunksFollowTheGranularityAndTheOffset() async throws {
    var options = EmulatorOptions()
    options.uploadGranularity = 1000
    try await EmulatorSession.run(options) { session in
      let bytes = (0..<3500).map { UInt8(truncatingIfNeeded: $0) }
      let path = try await session.startUpload(["mimeType": "text/plain"], size: bytes.count)
      #expect(await session.chunk(path, "upload", Array(bytes[..<999])).status == 400)
      let first = await session.chunk(path, "upload", Array(bytes[..<2000]))
      #expect(first.headers["x-goog-upload-status"] == "active")
      #expect(
        await session.chunk(path, "upload", offset: 1000, Array(bytes[..<1000])).status == 400
      )
      let query = await session.chunk(path, "query")
      #expect(query.headers["x-goog-upload-size-received"] == "2000")
      let last = await session.chunk(path, "upload, finalize", offset: 2000, Array(bytes[2000...]))
      #expect(last.headers["x-goog-upload-status"] == "final")
      #expect(last.json["file"]?["sizeBytes"]?.string == "3500")
      let again = await session.chunk(path, "query")
      #expect(again.headers["x-goog-upload-status"] == "final")
      #expect(again.body == last.body)
    }
  }

  @Test func aBrokenChunkKeepsWholeGrainsAndTheUploadGoesOn() async throws {
    var options = EmulatorOptions()
    options.uploadGranularity = 1000
    var rule = Scenario.Rule(Fault(.resetUpload))
    rule.operations = [.upload]
    rule.times = 1
    options.scenario = Scenario(rules: [rule])
    try await EmulatorSession.run(options) { session in
      let bytes = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      let path = try await session.startUpload(["mimeType": "text/plain"], size: bytes.count)
      #expect(await session.chunk(path, "upload, finalize", bytes).status == 0)
      #expect(session.emulator.log.entries.last?.fault == "reset-upload")
      let query = await session.chunk(path, "query")
      let held = try #require(Int(query.headers["x-goog-upload-size-received"] ?? ""))
      #expect(held % 1000 == 0 && held < bytes.count)
      let reply = await session.chunk(path, "upload, finalize", offset: held, Array(bytes[held...]))
      let hash = SHA256()
      hash.update(bytes)
      #expect(
        reply.json["file"]?["sha256Hash"]?.string
          == Data(hash.finalize()).base64EncodedString()
      )
    }
  }

  @Test func contentsThatAreNoMediaFail() async throws {
    try await EmulatorSession.run { session in
      let file = try await session.upload(Array("plain words".utf8), type: "video/mp4")
      #expect(file["state"]?.string == "FAILED")
      let text = try await session.upload(Array("plain words".utf8), type: "text/plain")
      #expect(text["state"]?.string == "ACTIVE")
    }
  }

  @Test func filesRunOutAfterTwoDays() async throws {
    try await EmulatorSession.run { session in
      let file = try await session.upload(Array("words".utf8), type: "text/plain")
      let name = try #require(file["name"]?.string)
      session.emulator.clock.advance(bySeconds: 47 * 3600)
      #expect(await session.get("/v1beta/\(name)").status == 200)
      session.emulator.clock.advance(bySeconds: 3600)
      #expect(await session.get("/v1beta/\(name)").status == 403)
    }
  }

  @Test func listsComeInPages() async throws {
    try await EmulatorSession.run { session in
      for index in 0..<12 {
        _ = try await session.upload(Array("text \(index)".utf8), type: "text/plain")
      }
      let first = await session.get("/v1beta/files").json
      #expect(first["files"]?.array?.count == 10)
      let token = try #require(first["nextPageToken"]?.string)
      let second = await session.get("/v1beta/files?pageToken=\(token)").json
      #expect(second["files"]?.array?.count == 2)
      #expect(second["nextPageToken"] == nil)
      #expect(await session.get("/v1beta/files?pageSize=101").status == 400)
    }
  }

  @Test func theFolderOfUploadsIsRemovedAtTheEnd() async throws {
    let folder = try await EmulatorSession.run { session in
      _ = try await session.upload(Array("words".utf8), type: "text/plain")
      #expect(FileManager.default.fileExists(atPath: session.emulator.uploadFolder))
      return session.emulator.uploadFolder
    }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}
