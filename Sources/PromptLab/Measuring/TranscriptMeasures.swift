internal import HTMLReports
package import OrderedJSON
package import TranscriptModel
internal import TranscriptScoring
package import TranscriptionRuns

/// What can be said of a transcript without knowing what was really said.
package struct TranscriptMeasures {
  /// Cells that say nothing, of those of described speakers.
  package struct Gap {
    package let field: String
    package let missing: Int
    package let count: Int
  }

  package let name: String
  package let rows: Int
  package let words: Int
  /// Words that somebody with a name says.
  package let namedWords: Int
  package let speakers: Int
  package let namedSpeakers: Int
  package let gaps: [Gap]
  package let findings: Int
  /// From the first row's start to the last one's end, in milliseconds.
  package let durationMS: Int
  /// Names that stand for one person, of all distinct ones: spellings that differ in title, accents or
  /// order count against it.
  package let consistentNames: Int
  package let distinctNames: Int
  package let usage: Usage?
  package let cost: String?
  /// The time that requests took, in milliseconds, when the store knows.
  package let latencyMS: Int?

  package init(_ operand: TranscriptOperand) throws {
    let document = operand.document
    let transcript = document.transcript
    name = operand.spelling
    rows = transcript.segments.count
    let named = Set(transcript.speakers.filter(\.isIdentified).map(\.voice))
    let counts = transcript.segments.map { segment in
      (words: SpokenWords.count(segment.text), isNamed: segment.voice.map(named.contains) ?? false)
    }
    words = counts.reduce(0) { $0 + $1.words }
    namedWords = counts.reduce(0) { $0 + ($1.isNamed ? $1.words : 0) }
    speakers = transcript.speakers.count
    namedSpeakers = named.count
    let described = transcript.speakers.filter(\.isDescribed)
    gaps = [("name", \Speaker.name), ("company", \.company), ("position", \.position)]
      .map { field, path in
        Gap(
          field: field,
          missing: described.count { $0[keyPath: path] == nil },
          count: described.count
        )
      }
    findings = document.findings.count
    let starts = transcript.segments.compactMap { $0.start?.milliseconds }
    let ends = transcript.segments.compactMap { ($0.end ?? $0.start)?.milliseconds }
    durationMS = max(0, (ends.max() ?? 0) - (starts.min() ?? 0))
    let names = Set(transcript.speakers.compactMap(\.name))
    distinctNames = names.count
    consistentNames = Set(names.compactMap { PersonName($0) }).count
    usage = document.usage
    cost = document.cost.billed.map { "\($0)" }
    let times = try operand.request?.calls.compactMap(\.durationMS) ?? []
    latencyMS = times.isEmpty ? nil : times.reduce(0, +)
  }

  /// Words a minute; `nil` without times.
  package var pace: Double? { durationMS > 0 ? Double(words) * 60_000 / Double(durationMS) : nil }

  /// Findings an hour; `nil` without times.
  package var findingsPerHour: Double? {
    durationMS > 0 ? Double(findings) * 3_600_000 / Double(durationMS) : nil
  }

  package var json: JSONValue {
    var json: JSONObject = [
      "transcript": .string(name), "rows": .init(rows), "words": .init(words),
      "namedWords": .init(namedWords), "speakers": .init(speakers),
      "namedSpeakers": .init(namedSpeakers), "findings": .init(findings),
      "durationMS": .init(durationMS),
      "missing": .object(
        JSONObject(
          gaps.map { ($0.field, ["missing": .init($0.missing), "of": .init($0.count)]) }
        )
      ),
      "distinctNames": .init(distinctNames), "consistentNames": .init(consistentNames),
    ]
    json["wordsPerMinute"] = pace.map { .init($0) }
    json["findingsPerHour"] = findingsPerHour.map { .init($0) }
    json["tokens"] = usage.map { .init($0.totalTokens) }
    json["costUSD"] = cost.map { .string($0) }
    json["latencyMS"] = latencyMS.map { .init($0) }
    return .object(json)
  }
}
