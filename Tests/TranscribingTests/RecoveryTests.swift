import GeminiEmulation
import Testing
import TranscriptModel

@testable import Transcribing

/// Replies that end too soon: the rest is asked for, and the result is what it would have been.
@Suite struct RecoveryTests {
  private static func options(
    _ rules: [Scenario.Rule] = [],
    rows: Int = 850,
    voices: Int = 6
  ) -> EmulatorOptions {
    var options = EmulatorOptions()
    (options.rows, options.voices) = (rows, voices)
    options.scenario = Scenario(rules: rules)
    return options
  }

  /// A fault on the first try of the first request alone.
  private static func once(_ kind: Fault.Kind, row: Int = 1, skip: Int = 0) -> Scenario.Rule {
    var rule = Scenario.Rule(Fault(kind, row: row))
    (rule.times, rule.skip) = (1, skip)
    return rule
  }

  private func document(_ options: EmulatorOptions) async throws -> TranscriptDocument {
    try await EmulatedWork.with(options) { work in
      try await work.transcriber.transcribe(
        try await work.prepared(),
        in: work.store,
        options: try EmulatedWork.options()
      )
    }
  }

  static let faults: [Fault.Kind] = [
    .truncatedStream, .resetBody, .streamError, .maxTokens, .loop, .emptyCandidates, .malformedJSON,
  ]

  @Test(arguments: faults) func afterAFaultTheResultIsWhole(_ kind: Fault.Kind) async throws {
    let plain = try await document(Self.options())
    let mended = try await document(Self.options([Self.once(kind, row: 300)]))
    #expect(mended.isComplete, "\(mended.findings)")
    #expect(mended.tables == plain.tables)
    #expect(mended.transcript == plain.transcript)
    #expect(!mended.findings.contains { $0.severity == .error }, "\(mended.findings)")
  }

  @Test func aLoopAndThenTheOutputLimitAreBothGotOver() async throws {
    let rows = 850
    let plain = try await document(Self.options(rows: rows))
    let rules = [Self.once(.loop, row: 200), Self.once(.maxTokens, row: 100)]
    let mended = try await document(Self.options(rules, rows: rows))
    #expect(mended.isComplete)
    #expect(mended.transcript.segments.map(\.text) == plain.transcript.segments.map(\.text))
    let codes = mended.findings.map(\.code)
    #expect(codes.contains(.looped) && codes.contains(.truncated), "\(codes)")
  }

  @Test func whatCannotBeHadIsSaidAndTheRowsAreKept() async throws {
    var rule = Scenario.Rule(Fault(.recitation, row: 300))
    rule.times = nil
    let document = try await document(Self.options([rule]))
    #expect(!document.isComplete)
    #expect(document.transcript.segments.count >= 299)
    #expect(document.findings.contains { $0.code == .blocked && $0.severity == .error })
  }

  @Test func continuationsEnd() async throws {
    let document = try await document(
      Self.options([Scenario.Rule(Fault(.maxTokens, row: 2))], rows: 400)
    )
    #expect(!document.isComplete)
    #expect(document.findings.contains { $0.code == .truncated && $0.severity == .error })
  }

  @Test func eachRequestIsBilledInTheDocument() async throws {
    let plain = try await document(Self.options())
    let mended = try await document(Self.options([Self.once(.maxTokens, row: 300)]))
    let (one, more) = (try #require(plain.cost.billed), try #require(mended.cost.billed))
    #expect(more > one)
    #expect((mended.usage?.promptTokens ?? 0) > (plain.usage?.promptTokens ?? 0))
  }
}
