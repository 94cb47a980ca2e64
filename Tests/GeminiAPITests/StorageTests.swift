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

  @Test func agentPlatformOnThisMachinePlaysCloudStorageToo() throws {
    func storage(_ variables: [String: String]) throws -> String {
      let project = ["GOOGLE_GENAI_USE_VERTEXAI": "true", "GOOGLE_CLOUD_PROJECT": "p"]
      return try GeminiConfiguration(environment: project.merging(variables) { $1 }).storageURL
    }
    let here = "http://127.0.0.1:8080"
    #expect(try storage(["GOOGLE_VERTEX_BASE_URL": here]) == here)
    let other = ["GOOGLE_VERTEX_BASE_URL": here, "STORAGE_EMULATOR_HOST": "http://127.0.0.1:9000"]
    #expect(try storage(other) == "http://127.0.0.1:9000")
    let away = try storage(["GOOGLE_VERTEX_BASE_URL": "https://gateway.example"])
    #expect(away == GeminiConfiguration.cloudStorageURL)
    #expect(try storage([:]) == GeminiConfiguration.cloudStorageURL)
  }
}
