internal import CommandLineInterface
import Foundation
internal import OrderedJSON
import Testing

/// Whatever number stands in a file that comes from outside, no command ends over it.
@Suite struct HostileNumberTests {
  static let ends = [
    "9223372036854775807", "-9223372036854775808", "4611686018427387904", "-1", "1e308",
    "9007199254740993", "18446744073709551616",
  ]

  /// A transcript with a number in every place that takes one.
  private static let transcript = #"""
    {"schemaVersion": 1, "complete": false,
     "source": {"uri": "media/talk.mp4", "kind": "file", "stem": "talk", "durationMS": 6000},
     "run": {"id": "r1", "startedAt": "2026-03-12T18:04:00Z", "tool": "tabscribe",
       "backend": "ai-studio", "model": "m", "prompt": "p", "promptDigest": "d", "schema": "s",
       "encoding": "json", "clip": {"startMS": 0, "endMS": 6000}, "parameters": {"fps": 1}},
     "usage": {"promptTokens": 10, "cachedTokens": 1, "outputTokens": 5, "thoughtsTokens": 2,
       "toolUseTokens": 3, "promptTokensByModality": {"VIDEO": 7}},
     "cost": {"currency": "USD"},
     "findings": [{"code": "gap", "severity": "note", "message": "m",
       "rows": [{"table": "t", "row": 1}]}],
     "tables": {"t": {"columns": ["n"], "types": ["integer"], "roles": [null],
       "rows": [[1]], "invalid": [[0, 0]]}},
     "speakers": [{"voice": 1, "name": "Ada"}, {"voice": 2}],
     "segments": [
       {"row": 0, "startMS": 1000, "endMS": 3000, "endIsEstimate": true, "voice": 1, "text": "a"},
       {"row": 1, "startMS": 3000, "endMS": 6000, "endIsEstimate": true, "voice": 2, "text": "b"}],
     "corrections": [
       {"id": "c1", "at": "2026-03-12T18:04:00Z", "kind": "text", "row": 0, "startMS": 1000,
        "before": "a", "after": "c"},
       {"id": "c2", "at": "2026-03-12T18:04:00Z", "kind": "split", "voice": 2, "rows": [1],
        "newVoice": 3},
       {"id": "c3", "at": "2026-03-12T18:04:00Z", "kind": "merge", "voice": 3, "into": 1},
       {"id": "c4", "at": "2026-03-12T18:04:00Z", "kind": "checked", "row": 1, "startMS": 3000,
        "checked": true}]}
    """#

  private static let corrections = #"""
    {"tabscribeCorrections": 1, "run": "r1", "source": {"uri": "media/talk.mp4", "stem": "talk"},
     "machineFNV1a64": "0", "corrections": [
       {"id": "k1", "at": "2026-03-12T18:04:00Z", "kind": "voice", "row": 1, "startMS": 3000,
        "before": 2, "after": 1},
       {"id": "k2", "at": "2026-03-12T18:04:00Z", "kind": "split", "voice": 2, "rows": [1],
        "newVoice": 9},
       {"id": "k3", "at": "2026-03-12T18:04:00Z", "kind": "checked", "row": 0, "checked": true}]}
    """#

  /// The text with each of its numbers in turn replaced by each end.
  private static func mutations(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    var mutations: [String] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { !digits.contains($0) } ?? bytes.count
      let isNumber =
        start > 0 && end < bytes.count && " [".utf8.contains(bytes[start - 1])
        && ",]}".utf8.contains(bytes[end])
      if end > start, isNumber {
        for other in ends {
          let mutated = bytes[..<start] + Array(other.utf8) + bytes[end...]
          mutations.append(String(decoding: mutated, as: UTF8.self))
        }
      }
      start = max(end, start + 1)
    }
    return mutations
  }

  @Test func noNumberInATranscriptEndsACommand() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.corrections, to: "fixes.json")
    let mutations = Self.mutations(Self.transcript)
    #expect(mutations.count > 150)
    for mutation in mutations {
      try folder.write(mutation, to: "t.json")
      for words in [
        ["report", "t.json", "-o", "out", "--force"],
        [
          "export", "t.json", "-o", "out", "--force", "-f", "srt", "-f", "vtt", "-f", "txt", "-f",
          "md", "-f", "csv", "-f", "tsv", "-f", "jsonl",
        ],
        ["correct", "list", "t.json"], ["correct", "apply", "fixes.json", "t.json", "--force"],
      ] {
        let run = await CommandRun.tabscribe(words, in: folder)
        #expect(run.code == .done || run.code == .failed || run.code == .incomplete, "\(mutation)")
      }
    }
  }

  @Test func noNumberInCorrectionsEndsACommand() async throws {
    let folder = try TemporaryFolder()
    for mutation in Self.mutations(Self.corrections) {
      try folder.write(Self.transcript, to: "t.json")
      try folder.write(mutation, to: "fixes.json")
      let run = await CommandRun.tabscribe(
        ["correct", "apply", "fixes.json", "t.json"],
        in: folder
      )
      #expect(run.code == .done || run.code == .failed || run.code == .incomplete, "\(mutation)")
      let list = await CommandRun.tabscribe(["correct", "list", "t.json"], in: folder)
      #expect(list.code == .done || list.code == .incomplete, "\(mutation)")
    }
  }

  @Test func aRowGoesToANewVoiceOnce() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.transcript, to: "t.json")
    try folder.write(
      Self.corrections.replacing("\"rows\": [1]", with: "\"rows\": [1, 1]"),
      to: "f.json"
    )
    let run = await CommandRun.tabscribe(
      ["correct", "apply", "f.json", "t.json", "--json"],
      in: folder
    )
    #expect(run.code == .incomplete)
    #expect(try run.json["problems"]?.array?.contains { $0["code"] == "malformed" } == true)
  }
}
