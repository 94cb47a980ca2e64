internal import HTMLReports
internal import OrderedJSON
internal import PromptTemplates
internal import TranscriptModel
internal import TranscriptScoring
internal import TranscriptionRuns

/// Everything that differs between two transcripts and how they were made.
struct ComparisonReport {
  /// A setting, or another fact, that has two values.
  struct Fact {
    let name: String
    let first: String
    let second: String
  }

  let first: TranscriptOperand
  let second: TranscriptOperand
  let comparison: TranscriptComparison
  /// Settings that differ.
  let settings: [Fact]
  /// Counts, tokens and costs, whether they differ or not.
  let facts: [Fact]
  /// The label of each voice of the first transcript.
  let firstLabels: [Int: String]
  /// The label of each voice of the second transcript.
  let secondLabels: [Int: String]
  /// How the prompts differ, when the store has both.
  let prompt: WordDifference?

  init(_ first: TranscriptOperand, _ second: TranscriptOperand, tolerance: Int) throws {
    self.first = first
    self.second = second
    let (one, other) = (first.document, second.document)
    comparison = TranscriptComparison(one.transcript, other.transcript, tolerance: tolerance)
    firstLabels = Self.labels(one.transcript)
    secondLabels = Self.labels(other.transcript)
    settings = Self.settings(one.run, other.run).filter { $0.first != $0.second }
    facts = Self.facts(one, other)
    let prompts = try [first, second].map { try $0.request?.prompt }
    prompt =
      if let before = prompts[0], let after = prompts[1], before != after {
        WordDifference(before, after)
      } else {
        nil
      }
  }

  private static func labels(_ transcript: Transcript) -> [Int: String] {
    Dictionary(transcript.speakers.map { ($0.voice, $0.label) }) { first, _ in first }
  }

  /// Whether the transcripts say the same; how they were made may differ.
  var isSame: Bool { comparison.isSame && renamed.isEmpty }

  /// Voices with another label, or that only one transcript has.
  var renamed: [TranscriptComparison.Voice] {
    comparison.voices.filter { $0.firstLabel != $0.secondLabel }
  }

  private static func settings(
    _ one: TranscriptDocument.Run,
    _ other: TranscriptDocument.Run
  ) -> [Fact] {
    func clip(_ run: TranscriptDocument.Run) -> String {
      run.clip.map { "\($0.start.renderedExactly)–\($0.end.renderedExactly)" } ?? "all"
    }
    let fixed = [
      Fact(name: "model", first: one.model, second: other.model),
      Fact(
        name: "model version",
        first: one.modelVersion ?? "?",
        second: other.modelVersion ?? "?"
      ),
      Fact(name: "backend", first: one.backend, second: other.backend),
      Fact(name: "prompt", first: one.prompt, second: other.prompt),
      Fact(name: "prompt digest", first: one.promptDigest, second: other.promptDigest),
      Fact(name: "schema", first: one.schema, second: other.schema),
      Fact(name: "encoding", first: one.encoding, second: other.encoding),
      Fact(name: "clip", first: clip(one), second: clip(other)),
    ]
    let names = one.parameters.keys + other.parameters.keys.filter { one.parameters[$0] == nil }
    return fixed
      + names.map { name in
        Fact(
          name: name,
          first: one.parameters[name].map(text) ?? "default",
          second: other.parameters[name].map(text) ?? "default"
        )
      }
  }

  private static func text(_ value: JSONValue) -> String { value.string ?? value.rendered() }

  private static func facts(_ one: TranscriptDocument, _ other: TranscriptDocument) -> [Fact] {
    func fact(_ name: String, _ value: (TranscriptDocument) -> String) -> Fact {
      Fact(name: name, first: value(one), second: value(other))
    }
    return [
      fact("rows") { "\($0.transcript.segments.count)" },
      fact("words") { "\($0.transcript.segments.reduce(0) { $0 + SpokenWords.count($1.text) })" },
      fact("speakers") { "\($0.transcript.speakers.count)" },
      fact("with a name") { "\($0.transcript.speakers.count(where: \.isIdentified))" },
      fact("findings") { "\($0.findings.count)" },
      fact("tokens") { $0.usage.map { "\($0.totalTokens)" } ?? "?" },
      fact("cost, USD") { $0.cost.billed.map { "\($0)" } ?? "?" },
    ]
  }
}
