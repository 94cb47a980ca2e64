import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

@Suite struct BatchAndInteractionTests {
  @Test func readsARunningAndAFinishedBatch() throws {
    let running: JSONValue = [
      "name": "batches/b1",
      "metadata": [
        "state": "JOB_STATE_RUNNING", "displayName": "talks",
        "batchStats": ["requestCount": "3", "successfulRequestCount": "1"],
      ],
    ]
    let batch = try #require(Batch(json: running))
    #expect(batch.state == .running)
    #expect(batch.state?.isFinal == false)
    #expect([batch.requestCount, batch.successfulCount, batch.failedCount] == [3, 1, 0])
    #expect(batch.output == .none)

    let answer = try JSONValue(parsing: GeminiClientTests.reply("hello"))
    let error: JSONValue = ["code": 8, "message": "quota"]
    let inline: JSONValue = [
      ["metadata": ["key": "b"], "response": answer], ["metadata": ["key": "a"], "error": error],
    ]
    let done: JSONValue = [
      "name": "batches/b1", "done": true,
      "metadata": [
        "state": "BATCH_STATE_SUCCEEDED",
        "output": ["inlinedResponses": ["inlinedResponses": inline]],
      ],
    ]
    guard case .inline(let answers) = try #require(Batch(json: done)).output else {
      Issue.record("the answers were not found")
      return
    }
    #expect(answers.map(\.key) == ["b", "a"])
    #expect(answers[0].response?.text == "hello")
    #expect(answers[1].error?.message == "quota")
  }

  @Test func readsAJobOfAgentPlatform() throws {
    let job: JSONValue = [
      "name": "projects/p/locations/global/batchPredictionJobs/1",
      "state": "JOB_STATE_PARTIALLY_SUCCEEDED",
      "completionStats": ["successfulCount": "9", "failedCount": "1"],
      "outputInfo": ["gcsOutputDirectory": "gs://b/out/1"],
    ]
    let batch = try #require(Batch(json: job))
    #expect(batch.state == .partiallySucceeded)
    #expect(batch.output == .folder("gs://b/out/1"))
    #expect([batch.successfulCount, batch.failedCount] == [9, 1])
  }

  @Test func anAnswerNamesItsRequestAndMayBeAFailure() throws {
    let lines = [
      #"{"response": \#(GeminiClientTests.reply("hello")), "key": "a"}"#,
      #"{"key": "b", "error": {"code": 400, "message": "too long"}}"#,
    ]
    let answers = try lines.map { BatchAnswer(json: try JSONValue(parsing: $0)) }
    #expect(answers.map(\.key) == ["a", "b"])
    #expect(answers.map { $0.error?.code } == [nil, .invalidRequest])
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func readsARecordedInteraction() throws {
    let path = "fixtures/gemini-http/bodies/vercel-ai/interactions/basic.json"
    let json = try JSONValue(parsing: try SharedFixtures.text(path))
    let interaction = Interaction(json: json)
    #expect(interaction.status == .completed)
    #expect(interaction.text.hasPrefix("Hello! I'm doing well"))
    #expect(interaction.usageMetadata?.promptTokenCount == 7)
    #expect(interaction.usageMetadata?.totalTokenCount == 58)
    #expect(interaction.usageMetadata?.promptTokensDetails.first?.modality == "TEXT")
  }

  private func read(_ text: String) async throws -> ([InteractionEvent], GeminiError?) {
    let transport = ScriptedTransport([
      .response(status: 200, chunks: text.utf8.map { [$0] })
    ])
    var events: [InteractionEvent] = []
    do {
      let stream = try await GeminiClient.forTest(transport)
        .streamInteraction(InteractionRequest(input: [.text("a")]), model: "m")
      for try await event in stream { events.append(event) }
      return (events, nil)
    } catch let error as GeminiError {
      return (events, error)
    }
  }

  private static let begin = """
    event: interaction.created
    data: {"event_type": "interaction.created", "interaction": {"id": "int-1"}}

    event: step.delta
    data: {"event_type": "step.delta", "delta": {"type": "text", "text": "Hel"}}


    """

  @Test func streamsAnInteraction() async throws {
    let text =
      Self.begin + """
        event: interaction.completed
        data: {"event_type": "interaction.completed", "interaction": {"id": "int-1", "status": "completed"}}

        data: [DONE]


        """
    let (events, error) = try await read(text)
    #expect(error == nil)
    #expect(events.count == 3)
    #expect(events[1] == .text("Hel"))
    guard case .completed(let interaction) = events[2] else {
      Issue.record("the end was not told")
      return
    }
    #expect(interaction.status == .completed)
  }

  @Test func noticesAnInteractionThatBreaksOff() async throws {
    let (events, error) = try await read(Self.begin)
    #expect(events.count == 2)
    #expect(error?.code == .streamEndedEarly)
    let failing =
      Self.begin + #"data: {"event_type": "error", "error": {"message": "no"}}"# + "\n\n"
    #expect(try await read(failing).1?.message == "no")
  }

  @Test func takesUpAnInterruptedInteraction() async throws {
    func answer(_ status: String, _ text: String, _ more: String = "") -> ScriptedTransport.Answer {
      .json(
        """
        {"id": "int-1", "status": "\(status)"\(more), "usage": {"total_tokens": 5},
         "steps": [{"type": "model_output", "content": [{"type": "text", "text": "\(text)"}]}]}
        """
      )
    }
    let transport = ScriptedTransport([
      answer("requires_continuation", "one ", #", "continuation_token": "t1""#),
      answer("completed", "two"),
    ])
    let interaction = try await GeminiClient.forTest(transport)
      .createInteraction(InteractionRequest(input: [.text("a")]), model: "m")
    #expect(interaction.text == "one two")
    #expect(interaction.usageMetadata?.totalTokenCount == 10)
    let second = try #require(transport.bodies.last)
    #expect(second["previous_interaction_id"] == "int-1")
    #expect(second["continuation_token"] == "t1")
    #expect(second["input"] == nil)
  }
}
