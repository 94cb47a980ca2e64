import OrderedJSON
import TestSupport
import Testing
import TranscriptScoring

@Suite("Results that other tools recorded", .enabled(if: SharedFixtures.isPresent))
struct RecordedResultTests {
  @Test("jiwer's cases")
  func jiwer() throws {
    let json = try JSONValue(
      parsing: try SharedFixtures.text("fixtures/reference/wer/jiwer-cases.json")
    )
    for entry in json["cases"]?.array ?? [] {
      let pairs = zip(texts(entry["reference"]), texts(entry["hypothesis"]))
      let counts = pairs.reduce(ErrorCounts()) { $0 + WordAlignment($1.0, $1.1).counts }
      show("wer", counts.rate, entry["wer"])
      show("mer", counts.matchErrorRate, entry["mer"])
      show("wil", counts.informationLost, entry["wil"])
      show("hits", Double(counts.hits), entry["hits"])
      show("substitutions", Double(counts.substitutions), entry["substitutions"])
      show("deletions", Double(counts.deletions), entry["deletions"])
      show("insertions", Double(counts.insertions), entry["insertions"])
      let letters = zip(texts(entry["reference"]), texts(entry["hypothesis"]))
        .reduce(ErrorCounts()) { $0 + WordAlignment.characters($1.0, $1.1) }
      show("cer", letters.rate, entry["cer"])
    }
  }

  @Test("meeteval's cases")
  func meeteval() throws {
    let json = try JSONValue(
      parsing: try SharedFixtures.text("fixtures/reference/meeteval/numbers.json")
    )
    let reference = try utterances("ref_siso.stm")
    let hypothesis = try utterances("hyp_siso.stm")
    let results = json["pairs"]?["ref_siso.stm vs hyp_siso.stm"]
    for session in ["recordingA", "recordingC"] {
      let one = reference[session] ?? []
      let other = hypothesis[session] ?? []
      show("cpwer", SpeakerErrors.concatenated(one, other).counts, results?["cpwer"]?[session])
      show("orcwer", try CombinationErrors(one, other).counts, results?["orcwer"]?[session])
      for collar in [0, 5] {
        let timed = try SpeakerErrors.timeConstrained(one, other, collar: Double(collar))
        show("tcpwer \(collar) s", timed.counts, results?["tcpwer_collar\(collar)"]?[session])
      }
    }
  }

  @Test("pyannote.metrics' cases")
  func pyannote() throws {
    let json = try JSONValue(
      parsing: try SharedFixtures.text("fixtures/reference/der/pyannote-cases.json")
    )
    for entry in json["cases"]?.array ?? [] {
      let reference = turns(entry["reference"])
      let hypothesis = turns(entry["hypothesis"])
      let scored = (entry["uem"]?.array ?? []).map {
        ($0[0]?.double ?? 0)...($0[1]?.double ?? 0)
      }
      let computed = entry["computed"]
      for (key, value) in computed?["der"]?.object?.members ?? [] {
        let result = DiarizationErrors(
          reference,
          hypothesis,
          scored: scored,
          collar: key.contains("collar=0.5") ? 0.5 : 0,
          skipsOverlap: key.hasSuffix("true")
        )
        show("der", result.rate, value["diarization_error_rate"])
        show("missed", result.missed, value["missed_detection"])
        show("false alarm", result.falseAlarm, value["false_alarm"])
        show("confusion", result.confusion, value["confusion"])
        show("total", result.total, value["total"])
      }
      let plain = DiarizationErrors(reference, hypothesis, scored: scored)
      show("jer", plain.jaccardErrorRate, computed?["jer"])
      show("purity", DiarizationErrors.purity(reference, hypothesis), computed?["purity"])
      show("coverage", DiarizationErrors.coverage(reference, hypothesis), computed?["coverage"])
    }
  }

  @Test("NIST's saved totals")
  func nist() throws {
    let text = try SharedFixtures.text("fixtures/reference/der/nist-md-eval.jsonl")
    for line in text.split(separator: "\n") {
      let entry = try JSONValue(parsing: String(line))
      let scored = (entry["uem"]?.string ?? "").split(separator: "\n").compactMap { line in
        let fields = line.split(separator: " ").suffix(2).compactMap { Double($0) }
        return fields.count == 2 ? fields[0]...fields[1] : nil
      }
      let result = DiarizationErrors(
        rttm(entry["refRttm"]?.string ?? ""),
        rttm(entry["sysRttm"]?.string ?? entry["hypRttm"]?.string ?? ""),
        scored: scored
      )
      let detail = entry["detail"]
      show("NIST scored time", result.total, detail?["SCORED SPEAKER TIME"])
      show("NIST missed", result.missed, detail?["MISSED SPEAKER TIME"])
      show("NIST false alarm", result.falseAlarm, detail?["FALARM SPEAKER TIME"])
      show("NIST speaker error", result.confusion, detail?["SPEAKER ERROR TIME"])
    }
  }

  /// Prints and holds one number.
  private func show(_ metric: String, _ ours: Double, _ peer: JSONValue?) {
    guard let peer = peer?.double else {
      Issue.record("the recorded result lacks \(metric)")
      return
    }
    print(
      "\(metric): ours \(ours), peer \(peer), difference \(abs(ours - peer) < 1e-9 ? 0 : ours - peer)"
    )
    #expect(abs(ours - peer) < 1e-9, "\(metric)")
  }

  private func show(_ metric: String, _ counts: ErrorCounts, _ peer: JSONValue?) {
    show(metric, counts.rate, peer?["error_rate"])
    show(metric + " substitutions", Double(counts.substitutions), peer?["substitutions"])
    show(metric + " deletions", Double(counts.deletions), peer?["deletions"])
    show(metric + " insertions", Double(counts.insertions), peer?["insertions"])
  }

  private func texts(_ value: JSONValue?) -> [String] {
    value?.array.map { $0.compactMap(\.string) } ?? [value?.string ?? ""]
  }

  private func turns(_ value: JSONValue?) -> [Turn] {
    (value?.array ?? []).map { entry in
      Turn(
        start: entry["start"]?.double ?? 0,
        end: entry["end"]?.double ?? 0,
        speaker: entry["speaker"]?.string ?? ""
      )
    }
  }

  private func utterances(_ name: String) throws -> [String: [Utterance]] {
    var sessions: [String: [Utterance]] = [:]
    let text = try SharedFixtures.text("fixtures/reference/meeteval/\(name)")
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ", maxSplits: 5)
      guard fields.count == 6 else { continue }
      sessions[String(fields[0]), default: []].append(
        Utterance(
          start: Double(fields[3]),
          end: Double(fields[4]),
          speaker: String(fields[2]),
          text: String(fields[5])
        )
      )
    }
    return sessions
  }

  private func rttm(_ text: String) -> [Turn] {
    text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard fields.count > 7, fields[0] == "SPEAKER", let start = Double(fields[3]),
        let length = Double(fields[4])
      else { return nil }
      return Turn(start: start, end: start + length, speaker: String(fields[7]))
    }
  }
}
