import Digests
import EmbeddedLibrary
import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

/// An emulator with a client, stopped when the test's body ends.
struct EmulatorSession: Sendable {
  let emulator: GeminiEmulator
  let client: RawHTTP

  static let model = "gemini-3.5-flash-lite"

  /// Runs a body against a new emulator.
  static func run<Result: Sendable>(
    _ options: EmulatorOptions = EmulatorOptions(),
    _ body: (EmulatorSession) async throws -> Result
  ) async throws -> Result {
    let emulator = try GeminiEmulator.start(options)
    let session = EmulatorSession(
      emulator: emulator,
      client: RawHTTP(baseURL: emulator.baseURL)
    )
    do {
      let result = try await body(session)
      await emulator.stop()
      return result
    } catch {
      await emulator.stop()
      throw error
    }
  }

  /// Calls a method of a model.
  func call(
    _ verb: String,
    _ body: JSONValue,
    model: String = Self.model,
    version: String = "v1beta"
  ) async -> RawHTTP.Response {
    await client.send("POST", "/\(version)/models/\(model):\(verb)", json: body)
  }

  func get(_ target: String) async -> RawHTTP.Response {
    await client.send("GET", target, headers: [("x-goog-api-key", "test")])
  }

  func delete(_ target: String) async -> RawHTTP.Response {
    await client.send("DELETE", target, headers: [("x-goog-api-key", "test")])
  }

  /// Begins an upload; the path of its chunks.
  func startUpload(_ file: JSONValue, size: Int) async throws -> String {
    let reply = await client.send(
      "POST",
      "/upload/v1beta/files",
      headers: [
        ("x-goog-api-key", "test"), ("X-Goog-Upload-Protocol", "resumable"),
        ("X-Goog-Upload-Command", "start"), ("X-Goog-Upload-Header-Content-Length", "\(size)"),
      ],
      json: ["file": file]
    )
    #expect(reply.status == 200)
    let url = try #require(reply.headers["x-goog-upload-url"])
    return String(url.dropFirst(emulator.baseURL.count))
  }

  /// Sends a chunk or a query.
  func chunk(
    _ path: String,
    _ command: String,
    offset: Int = 0,
    _ bytes: [UInt8] = []
  ) async
    -> RawHTTP.Response
  {
    await client.send(
      "POST",
      path,
      headers: [("X-Goog-Upload-Command", command), ("X-Goog-Upload-Offset", "\(offset)")],
      body: bytes
    )
  }

  /// Uploads a file in one piece and waits until it can be used; its description.
  func upload(_ bytes: [UInt8], type: String) async throws -> JSONValue {
    let path = try await startUpload(["mimeType": JSONValue(type)], size: bytes.count)
    let reply = await chunk(path, "upload, finalize", bytes)
    #expect(reply.headers["x-goog-upload-status"] == "final")
    let name = try #require(reply.json["file"]?["name"]?.string)
    for _ in 0..<10 {
      let file = await get("/v1beta/\(name)").json
      if file["state"]?.string != "PROCESSING" { return file }
    }
    throw EmulatorSessionError.stillProcessing
  }
}

enum EmulatorSessionError: Error { case stillProcessing }

extension JSONValue {
  /// A request with one piece of media at an address and a prompt.
  static func prompt(
    _ text: String = "Transcribe.",
    uri: String = "https://example.org/sample.webm",
    part: JSONObject = JSONObject(),
    config: JSONValue = [:]
  ) -> JSONValue {
    var media = part
    media["fileData"] = ["fileUri": JSONValue(uri), "mimeType": "video/webm"]
    return [
      "contents": [["role": "user", "parts": [.object(media), ["text": JSONValue(text)]]]],
      "generationConfig": config,
    ]
  }

  /// Settings that ask for JSON by the schema the program itself sends.
  static var tableConfig: JSONValue {
    func rows(_ columns: [(String, String)]) -> JSONValue {
      [
        "type": "ARRAY",
        "items": [
          "type": "OBJECT",
          "properties": .object(
            JSONObject(columns.map { ($0.0, ["type": JSONValue($0.1)] as JSONValue) })
          ),
          "propertyOrdering": .array(columns.map { JSONValue($0.0) }),
        ],
      ]
    }
    return [
      "responseMimeType": "application/json",
      "responseSchema": [
        "type": "OBJECT",
        "properties": [
          "task1_transcripts": rows([("start", "STRING"), ("text", "STRING"), ("voice", "INTEGER")]
          ),
          "task2_speakers": rows([
            ("voice", "INTEGER"), ("name", "STRING"), ("company", "STRING"),
            ("position", "STRING"), ("role", "STRING"),
          ]),
        ],
        "propertyOrdering": ["task1_transcripts", "task2_speakers"],
      ],
    ]
  }

  /// The text of a response's first candidate.
  var answerText: String {
    (self["candidates"]?[0]?["content"]?["parts"]?.array ?? [])
      .filter { $0["thought"]?.bool != true }.compactMap { $0["text"]?.string }.joined()
  }

  /// The tables in a response's first candidate.
  func answerTables() throws -> JSONValue { try JSONValue(parsing: answerText) }
}

/// The sample and its reference.
enum Sample {
  static var video: [UInt8] { EmbeddedLibrary.sample.file(named: "sample.webm")?.bytes ?? [] }

  static func reference() throws -> JSONValue {
    try JSONValue(parsing: EmbeddedLibrary.sample.file(named: "sample.json")?.text ?? "")
  }
}
