import GeminiEmulation
import OrderedJSON
import TestSupport
import Testing

@Suite struct InteractionTests {
  private func create(_ session: EmulatorSession, _ body: JSONValue) async -> RawHTTP.Response {
    await session.client.send("POST", "/v1beta/interactions", json: body)
  }

  /// A clip of the sample, asked for as tables.
  private static let order: JSONObject = [
    "model": JSONValue(EmulatorSession.model),
    "input": [
      [
        "type": "video", "uri": "https://a.b/sample.webm", "mime_type": "video/webm",
        "resolution": "high",
        "processing": ["type": "static", "fps": 2.0, "start_offset": "10s", "end_offset": "20.5s"],
      ], ["type": "text", "text": "Transcribe."],
    ],
    "response_format": [
      "type": "text", "mime_type": "application/json",
      "schema": [
        "type": "object",
        "properties": [
          "transcripts": [
            "type": "array",
            "items": [
              "type": "object",
              "properties": ["start": ["type": "string"], "text": ["type": "string"]],
            ],
          ]
        ],
      ],
    ],
  ]

  private func text(_ interaction: JSONValue) -> String? {
    interaction["steps"]?.array?.last?["content"]?[0]?["text"]?.string
  }

  @Test func aClipIsAnsweredByTheSchemaAndCounted() async throws {
    try await EmulatorSession.run { session in
      let answer = await create(session, .object(Self.order)).json
      #expect(answer["status"]?.string == "completed")
      #expect(answer["object"]?.string == "interaction")
      let rows = try JSONValue(parsing: text(answer) ?? "")["transcripts"]?.array ?? []
      let expected = (try Sample.reference()["task1_transcripts"]?.array ?? []).filter {
        (10_000..<20_500).contains($0["startMS"]?.int ?? 0)
      }
      #expect(rows.map { $0["text"]?.string } == expected.map { $0["text"]?.string })
      let usage = try #require(answer["usage"])
      let video = usage["input_tokens_by_modality"]?.array?.first {
        $0["modality"]?.string == "video"
      }
      #expect(video?["tokens"]?.int == 21 * 264)
      let sum = ["total_input_tokens", "total_output_tokens", "total_thought_tokens"]
        .reduce(0) { $0 + (usage[$1]?.int ?? 0) }
      #expect(usage["total_tokens"]?.int == sum)
    }
  }

  @Test func aStreamAddsUpAndEndsWithDone() async throws {
    try await EmulatorSession.run { session in
      var order = Self.order
      let whole = await create(session, .object(order)).json
      order["stream"] = true
      let reply = await create(session, .object(order))
      #expect(reply.headers["content-type"] == "text/event-stream")
      #expect(reply.events.last == "[DONE]")
      let events = try reply.events.dropLast().map { try JSONValue(parsing: $0) }
      let types = events.compactMap { $0["event_type"]?.string }
      #expect(types.first == "interaction.created")
      #expect(types.last == "interaction.completed")
      #expect(Set(events.compactMap { $0["event_id"]?.string }).count == events.count)
      #expect(events.compactMap { $0["delta"]?["text"]?.string }.joined() == text(whole))
      let id = try #require(events.first?["interaction"]?["id"]?.string)
      let middle = try #require(events[events.count / 2]["event_id"]?.string)
      let rest = await session.get(
        "/v1beta/interactions/\(id)?stream=true&last_event_id=\(middle)"
      )
      #expect(rest.events.count == reply.events.count - events.count / 2 - 1)
    }
  }

  @Test func anInteractionGoesOnFromAnother() async throws {
    try await EmulatorSession.run { session in
      let first = await create(session, .object(Self.order)).json
      let id = first["id"] ?? ""
      let next: JSONValue = [
        "model": JSONValue(EmulatorSession.model), "input": "And then?",
        "previous_interaction_id": id,
      ]
      let second = await create(session, next).json
      let inputs = [first, second].compactMap { $0["usage"]?["total_input_tokens"]?.int }
      #expect(inputs.count == 2 && inputs[1] > inputs[0])
      let path = "/v1beta/interactions/\(id.string ?? "")"
      let plain = await session.get(path).json
      #expect(plain["steps"] == first["steps"])
      let withInput = await session.get(path + "?include_input=true").json
      #expect(withInput["steps"]?[0]?["type"]?.string == "user_input")
      #expect(await session.delete(path).json == [:])
      #expect(await session.get(path).status == 404)
      #expect(await create(session, next).status == 404)
    }
  }

  @Test func aBackgroundInteractionRunsAndCanBeCancelled() async throws {
    try await EmulatorSession.run { session in
      var order = Self.order
      order["background"] = true
      let path = { (id: JSONValue?) in "/v1beta/interactions/\(id?.string ?? "")" }
      let started = await create(session, .object(order)).json
      #expect(started["status"]?.string == "in_progress")
      #expect(started["steps"]?.array?.isEmpty == true)
      #expect(await session.get(path(started["id"])).json["status"]?.string == "completed")
      let other = await create(session, .object(order)).json
      let reply = await session.client.send("POST", path(other["id"]) + "/cancel", json: [:])
      #expect(reply.json["status"]?.string == "cancelled")
    }
  }

  @Test func aLongDecodeGoesOnByItsToken() async throws {
    var options = EmulatorOptions()
    options.decodeTokens = 60
    try await EmulatorSession.run(options) { session in
      var answer = await create(session, .object(Self.order)).json
      var whole = text(answer) ?? ""
      for _ in 0..<20 where answer["status"]?.string == "requires_continuation" {
        let next: JSONValue = [
          "model": JSONValue(EmulatorSession.model), "previous_interaction_id": answer["id"] ?? "",
          "continuation_token": answer["continuation_token"] ?? "",
          "response_format": Self.order["response_format"] ?? .null,
        ]
        answer = await create(session, next).json
        whole += text(answer) ?? ""
      }
      #expect(answer["status"]?.string == "completed")
      let tables = try JSONValue(parsing: whole)
      #expect(tables["transcripts"]?.array?.count == 2)
    }
  }

  @Test func whatIsNotStoredGoesOnWithItsInput() async throws {
    var options = EmulatorOptions()
    options.decodeTokens = 60
    try await EmulatorSession.run(options) { session in
      var order = Self.order
      order["store"] = false
      var answer = await create(session, .object(order)).json
      var whole = text(answer) ?? ""
      for _ in 0..<20 where answer["status"]?.string == "requires_continuation" {
        order["continuation_token"] = answer["continuation_token"]
        answer = await create(session, .object(order)).json
        whole += text(answer) ?? ""
      }
      #expect(answer["status"]?.string == "completed")
      let tables = try JSONValue(parsing: whole)
      #expect(tables["transcripts"]?.array?.count == 2)
    }
  }

  @Test func soundIsCutAndLayersAreChosen() async throws {
    var options = EmulatorOptions()
    options.remoteDurationMS = 3_600_000
    try await EmulatorSession.run(options) { session in
      func tokens(_ kind: String, _ processing: JSONValue) async -> [String: Int] {
        let media: JSONValue = [
          "type": JSONValue(kind), "uri": "https://a.b/talk", "processing": processing,
          "mime_type": JSONValue(kind == "audio" ? "audio/mp3" : "video/mp4"),
        ]
        let order: JSONValue = [
          "model": JSONValue(EmulatorSession.model),
          "input": [media, ["type": "text", "text": "a"]],
        ]
        let answer = await create(session, order)
        let counts = answer.json["usage"]?["input_tokens_by_modality"]?.array ?? []
        return Dictionary(
          uniqueKeysWithValues: counts.map {
            ($0["modality"]?.string ?? "", $0["tokens"]?.int ?? 0)
          }
        )
      }
      let clip: JSONValue = ["type": "static", "start_offset": "60s", "end_offset": "120s"]
      #expect(await tokens("audio", clip) == ["audio": 1500, "text": 1])
      let sound: JSONValue = ["type": "static", "content_layers": ["audio"]]
      #expect(await tokens("video", sound) == ["audio": 90_000, "text": 1])
      #expect(await tokens("audio", "agentic").isEmpty)
    }
  }

  @Test(
    arguments: [
      ["input": "a"], ["model": "gemini-3.8-flash"], ["model": "gemini-3.8-flash", "input": 5],
      ["model": "gemini-3.8-flash", "input": "a", "systemInstruction": "b"],
      [
        "model": "gemini-3.8-flash", "input": "a",
        "generation_config": ["thinking_level": "minimal"],
      ],
      ["model": "gemini-3.8-flash", "input": "a", "background": true, "store": false],
      ["model": "gemini-3.8-flash", "input": ["type": "video", "uri": "https://a.b/c", "fps": 2]],
      [
        "model": "gemini-3.8-flash",
        "input": [
          "type": "video", "uri": "https://a.b/c",
          "processing": ["type": "static", "start_offset": 5],
        ],
      ],
      ["agent": "deep-research-preview-04-2026", "input": "a"],
    ] as [JSONValue]
  )
  func wrongInteractionsAreRefused(_ body: JSONValue) async throws {
    try await EmulatorSession.run { session in
      #expect(await create(session, body).status == 400)
    }
  }
}
