import Foundation
internal import HostSystem
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
}
