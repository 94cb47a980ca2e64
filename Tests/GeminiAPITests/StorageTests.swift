import Foundation
import Testing

@testable import GeminiAPI

@Suite struct StorageTests {
  @Test func anAddressIsABucketAndAName() throws {
    let address = try StorageAddress(parsing: "gs://bucket-1/a/b")
    #expect(address.bucket == "bucket-1")
    #expect(address.name == "a/b")
    #expect(address.appending("c").description == "gs://bucket-1/a/b/c")
    #expect(try StorageAddress(parsing: "gs://b").appending("c").description == "gs://b/c")
    #expect(try StorageAddress(parsing: "gs://b/x/").appending("c").description == "gs://b/x/c")
  }

  @Test(arguments: ["", "b/a", "gs://", "gs:///a", "https://b/a", "gs://B/a", "gs://b?x/a"])
  func anythingElseIsRefused(_ text: String) {
    #expect(throws: GeminiError.self) { try StorageAddress(parsing: text) }
  }

  @Test func namesAreEncodedWhereTheyAreOneSegment() throws {
    let configuration = try GeminiConfiguration(environment: [
      "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "p",
    ])
    let requests = GeminiRequests(configuration: configuration)
    let address = try StorageAddress(parsing: "gs://b/out/part 1/x.jsonl")
    #expect(
      requests.downloadObject(address).url
        == "https://storage.googleapis.com/storage/v1/b/b/o/out%2Fpart%201%2Fx.jsonl?alt=media"
    )
    #expect(
      requests.objects(below: address, pageToken: "t").url
        == "https://storage.googleapis.com/storage/v1/b/b/o?prefix=out%2Fpart%201%2Fx.jsonl&pageToken=t"
    )
  }

  @Test func plainHTTPToAnotherMachineIsRefused() throws {
    #expect(throws: GeminiError.self) {
      try GeminiConfiguration(environment: [
        "GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "p",
        "STORAGE_EMULATOR_HOST": "http://storage.example",
      ])
    }
  }

  @Test(arguments: 0...14) func linesAreTheSameWhereverThePiecesEnd(_ split: Int) throws {
    let text = Array("one\r\n\ntwo\n\n\nthree".utf8)
    var splitter = LineSplitter()
    var lines: [[UInt8]?] = []
    splitter.feed(text[..<split]) { lines.append($0) }
    splitter.feed(text[split...]) { lines.append($0) }
    splitter.finish { lines.append($0) }
    #expect(
      lines.map { $0.map { String(decoding: $0, as: UTF8.self) } } == ["one", "two", "three"]
    )
  }

  @Test func aFileAppearsWholeOrNotAtAll() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a").path
    do {
      let abandoned = try FileStream(path: path)
      try abandoned.append([1, 2])
    }
    #expect(try FileStore.names(in: folder.path).isEmpty)
    let stream = try FileStream(path: path)
    try stream.append(Array("x\ny".utf8))
    try stream.finish()
    #expect(try FileStore.names(in: folder.path) == ["a"])
    var lines: [[UInt8]?] = []
    try FileLines.forEach(in: path) { lines.append($0) }
    #expect(lines == [[0x78], [0x79]])
  }
}
