import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct PlatformTests {
  private static let scope = "/v1beta1/projects/p/locations/global"
  private static let token = [("Authorization", "Bearer ya29.token")]

  private func send(
    _ session: EmulatorSession,
    _ method: String,
    _ path: String,
    _ body: JSONValue = [:]
  ) async -> RawHTTP.Response {
    await session.client.send(method, path, headers: Self.token, json: body)
  }

  @Test func modelsAnswerUnderProjectAndPlaceAndInExpressMode() async throws {
    try await EmulatorSession.run { session in
      let model = "publishers/google/models/\(EmulatorSession.model):generateContent"
      let body = JSONValue.prompt(uri: "gs://bucket/sample.webm", config: .tableConfig)
      let answer = await send(session, "POST", "\(Self.scope)/\(model)", body).json
      #expect(answer["usageMetadata"]?["trafficType"]?.string == "ON_DEMAND")
      #expect(answer["usageMetadata"]?["serviceTier"] == nil)
      #expect(answer["createTime"] != nil)
      let tables = try answer.answerTables()
      #expect(tables["task1_transcripts"]?.array?.isEmpty == false)
      let express = await session.client.send(
        "POST",
        "/v1beta1/\(model)?key=k",
        headers: [],
        json: body
      )
      #expect(express.status == 200)
      let nobody = await session.client.send("POST", "/v1beta1/\(model)", headers: [], json: body)
      #expect(nobody.status == 401)
    }
  }

  @Test func fieldsOfTheOtherBackendAreUnknown() async throws {
    try await EmulatorSession.run { session in
      let platform =
        "\(Self.scope)/publishers/google/models/\(EmulatorSession.model):generateContent"
      let audio = JSONValue.prompt(config: ["audioTimestamp": true])
      #expect(await send(session, "POST", platform, audio).status == 200)
      #expect(await session.call("generateContent", audio).status == 400)
      let store: JSONValue = ["contents": [["parts": [["text": "a"]]]], "store": false]
      #expect(await send(session, "POST", platform, store).status == 400)
      #expect(await session.call("generateContent", store).status == 200)
    }
  }

  @Test func countingIsFlat() async throws {
    try await EmulatorSession.run { session in
      let path = "\(Self.scope)/publishers/google/models/\(EmulatorSession.model):countTokens"
      let body: JSONValue = [
        "contents": [["parts": [["text": "a b c d"]]]],
        "systemInstruction": ["parts": [["text": "1234"]]],
      ]
      let count = await send(session, "POST", path, body).json
      #expect(count["totalTokens"]?.int == 8)
      #expect(count["totalBillableCharacters"]?.int == 4)
    }
  }

  @Test func cachesBelongToTheirProjectAndPlace() async throws {
    try await EmulatorSession.run { session in
      let body: JSONValue = [
        "model": "projects/p/locations/global/publishers/google/models/gemini-3.8-flash",
        "contents": [
          [
            "role": "user",
            "parts": [["fileData": ["fileUri": "gs://b/sample.webm", "mimeType": "video/webm"]]],
          ]
        ],
      ]
      let cache = await send(session, "POST", "\(Self.scope)/cachedContents", body).json
      let name = try #require(cache["name"]?.string)
      #expect(name.hasPrefix("projects/p/locations/global/cachedContents/"))
      #expect(await send(session, "GET", "/v1beta1/\(name)").status == 200)
      let elsewhere = name.replacingOccurrences(of: "global", with: "us")
      #expect(await send(session, "GET", "/v1beta1/\(elsewhere)").status == 404)
    }
  }

  @Test func aPredictionJobReadsAndWritesTheStorageFolder() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bucket = folder.appending(path: "bucket")
    try FileManager.default.createDirectory(at: bucket, withIntermediateDirectories: true)
    let line: JSONValue = ["request": .prompt(uri: "gs://b/sample.webm", config: .tableConfig)]
    let bad: JSONValue = ["request": ["colour": 1]]
    try Data((line.rendered() + "\n" + bad.rendered()).utf8)
      .write(to: bucket.appending(path: "in.jsonl"))
    var options = EmulatorOptions()
    options.storageFolder = folder.path
    try await EmulatorSession.run(options) { session in
      func job(_ uri: String) -> JSONValue {
        [
          "displayName": "talks",
          "model": JSONValue("publishers/google/models/\(EmulatorSession.model)"),
          "inputConfig": ["instancesFormat": "jsonl", "gcsSource": ["uris": [JSONValue(uri)]]],
          "outputConfig": [
            "predictionsFormat": "jsonl",
            "gcsDestination": ["outputUriPrefix": "gs://bucket/out"],
          ],
        ]
      }
      let jobs = "\(Self.scope)/batchPredictionJobs"
      #expect(await send(session, "POST", jobs, job("gs://bucket/../../etc/passwd")).status == 400)
      #expect(await send(session, "POST", jobs, job("gs://bucket/none.jsonl")).status == 404)
      let created = await send(session, "POST", jobs, job("gs://bucket/in.jsonl")).json
      #expect(created["state"]?.string == "JOB_STATE_PENDING")
      let name = try #require(created["name"]?.string)
      var last = created
      for _ in 0..<10 where last["state"]?.string != "JOB_STATE_SUCCEEDED" {
        last = await send(session, "GET", "/v1beta1/\(name)").json
      }
      #expect(last["completionStats"] == ["successfulCount": "1", "failedCount": "1"])
      let output = try #require(last["outputInfo"]?["gcsOutputDirectory"]?.string)
      #expect(output.hasPrefix("gs://bucket/out/"))
      let file = folder.appending(path: output.dropFirst(5) + "/predictions.jsonl")
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { try JSONValue(parsing: String($0)) }
      #expect(lines.first?["request"] == line["request"])
      #expect(lines.first?["response"]?.answerText.isEmpty == false)
      #expect(lines.last?["status"]?.string?.contains("Unknown name") == true)
    }
  }
}
