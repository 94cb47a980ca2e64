import CommandLineInterface
import Foundation
import OrderedJSON
import Testing

@testable import TabscribeCommands

/// What a model was not sure of is listed.
@Suite struct RunsReviewTests {
  @Test func rowsBelowAThresholdAreListed() async throws {
    try await EmulatedRun.run { run in
      _ = await run.tabscribe("transcribe", "sample.webm")
      let none = await run.tabscribe("runs", "review", "sample.json")
      #expect(none.code == .usage && none.errors.contains("x-role"))
      let schema = """
        {"type": "object", "properties": {"guesses": {"type": "array", "items": {"type": "object",
         "properties": {"row": {"type": "integer", "x-role": "row"}, "what": {"type": "string"},
         "confidence": {"type": "number", "x-role": "confidence"}}}}}}
        """
      try run.folder.write(schema, to: "guesses.json")
      let done = await run.tabscribe(
        "derive",
        "quotes",
        "sample.json",
        "--schema",
        "./guesses.json"
      )
      #expect(done.code == .done, "\(done.errors)")
      let all = await run.tabscribe("runs", "review", "sample.json", "--below", "1", "--json")
      let result = try #require(try all.json["results"]?[0])
      let rows = try #require(result["rows"]?.array)
      #expect(result["checked"] == 6)
      #expect(rows.allSatisfy { $0["table"] == "guesses" && $0["confidence"]?.double ?? 2 < 1 })
      let few = await run.tabscribe("runs", "review", "sample.json", "--below", "0")
      #expect(few.code == .done && few.output.contains("0 of 6 rows below 0"))
    }
  }
}
