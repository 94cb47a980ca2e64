import Foundation
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct BatchTests {
  private static let path = "/v1beta/models/\(EmulatorSession.model):batchGenerateContent"

  /// Asks until the operation is done.
  private func wait(_ session: EmulatorSession, _ name: String) async throws -> [JSONValue] {
    var seen: [JSONValue] = []
    for _ in 0..<20 {
      let operation = await session.get("/v1beta/\(name)").json
      seen.append(operation)
      if operation["done"]?.bool == true { return seen }
    }
    throw EmulatorSessionError.stillProcessing
  }

  @Test func anInlineBatchAnswersEachRequestOrSaysWhyNot() async throws {
    try await EmulatorSession.run { session in
      let good: JSONValue = ["request": .prompt(config: .tableConfig), "metadata": ["key": "a"]]
      let bad: JSONValue = [
        "request": .prompt(part: ["videoMetadata": ["fps": 99]]), "metadata": ["key": "b"],
      ]
      let batch: JSONValue = [
        "batch": [
          "displayName": "two", "inputConfig": ["requests": ["requests": [good, bad]]],
        ]
      ]
      let created = await session.client.send("POST", Self.path, json: batch).json
      #expect(created["done"] == nil)
      #expect(created["metadata"]?["state"]?.string == "BATCH_STATE_PENDING")
      #expect(
        created["metadata"]?["batchStats"] == ["requestCount": "2", "pendingRequestCount": "2"]
      )
      let name = try #require(created["name"]?.string)
      let seen = try await wait(session, name)
      #expect(seen.first?["metadata"]?["state"]?.string == "BATCH_STATE_RUNNING")
      let last = try #require(seen.last)
      #expect(last["metadata"]?["state"]?.string == "BATCH_STATE_SUCCEEDED")
      #expect(
        last["metadata"]?["batchStats"] == [
          "requestCount": "2", "successfulRequestCount": "1", "failedRequestCount": "1",
        ]
      )
      for place in [last["response"], last["metadata"]?["output"]] {
        let responses = place?["inlinedResponses"]?["inlinedResponses"]
        #expect(responses?[0]?["metadata"] == ["key": "a"])
        #expect(responses?[0]?["response"]?.answerText.hasPrefix("{\"task1") == true)
        #expect(responses?[1]?["error"]?["code"]?.int == 3)
      }
      let list = await session.get("/v1beta/batches").json
      #expect(list["operations"]?[0]?["name"]?.string == name)
      #expect(list["operations"]?[0]?["response"]?["inlinedResponses"] == nil)
      #expect(await session.delete("/v1beta/\(name)").json == [:])
      #expect(await session.get("/v1beta/\(name)").status == 404)
    }
  }

  @Test func aBatchOfAFileAnswersInAFile() async throws {
    try await EmulatorSession.run { session in
      let lines = ["x", "y"].map { key in
        let line: JSONValue = [
          "key": JSONValue(key), "request": .prompt(key, config: .tableConfig),
        ]
        return line.rendered()
      }
      let file = try await session.upload(
        Array(lines.joined(separator: "\n").utf8),
        type: "application/jsonl"
      )
      let batch: JSONValue = ["batch": ["inputConfig": ["fileName": file["name"] ?? ""]]]
      let created = await session.client.send("POST", Self.path, json: batch).json
      let last = try await wait(session, try #require(created["name"]?.string)).last
      let output = try #require(last?["response"]?["responsesFile"]?.string)
      for path in ["/v1beta/\(output):download", "/download/v1beta/\(output):download"] {
        let text = await session.get(path + "?alt=media").text
        let answers = try text.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(answers.map { $0["key"]?.string } == ["x", "y"])
        #expect(answers.allSatisfy { $0["response"]?.answerText.isEmpty == false })
      }
      #expect(await session.get("/v1beta/\(output)").json["source"]?.string == "GENERATED")
    }
  }

  @Test func aCancelledBatchStaysCancelled() async throws {
    try await EmulatorSession.run { session in
      let request: JSONValue = ["request": .prompt()]
      let batch: JSONValue = ["batch": ["inputConfig": ["requests": ["requests": [request]]]]]
      let created = await session.client.send("POST", Self.path, json: batch).json
      let name = try #require(created["name"]?.string)
      let reply = await session.client.send("POST", "/v1beta/\(name):cancel", json: [:])
      #expect(reply.json == [:])
      let seen = try await wait(session, name)
      #expect(seen.count == 1)
      #expect(seen[0]["metadata"]?["state"]?.string == "BATCH_STATE_CANCELLED")
      #expect(session.emulator.log.answeredGenerationCount == 0)
    }
  }

  @Test func anEmptyOrBrokenBatchIsRefused() async throws {
    try await EmulatorSession.run { session in
      let file = try await session.upload(Array("not json\n".utf8), type: "application/jsonl")
      let name = file["name"] ?? ""
      let inputs: [JSONValue] = [
        [:], ["requests": ["requests": []]], ["fileName": name], ["requests": [["request": [:]]]],
      ]
      for input in inputs {
        let body: JSONValue = ["batch": ["inputConfig": input]]
        #expect(await session.client.send("POST", Self.path, json: body).status == 400)
      }
    }
  }
}
