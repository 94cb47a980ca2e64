internal import EmbeddedLibrary
internal import OrderedJSON
public import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Documents to render and look at: the sample video, and the shapes reports come in.
public enum SampleDocuments {
  /// The sample video, transcribed without a fault; `nil` only when its reference cannot be read.
  public static let sampleVideo: TranscriptDocument? = {
    guard let bytes = EmbeddedLibrary.sample.file(named: "sample.json")?.bytes,
      let reference = try? JSONValue(parsing: bytes),
      let rows = reference["task1_transcripts"]?.array,
      let people = reference["task2_speakers"]?.array
    else { return nil }
    var document = made(
      uri: "sample.webm",
      title: "Ninety-four years of tides",
      segments: rows.enumerated().map(segment),
      speakers: people.map(speaker),
      durationMS: reference["durationMS"]?.int
    )
    document.findings = [
      Finding(
        "time-reversed",
        .note,
        "The row at 01:03 begins before the row at 01:01 ends: two voices overlap.",
        rows: [.init(table: "transcripts", index: 14)]
      )
    ]
    return document
  }()

  private static func segment(_ index: Int, _ row: JSONValue) -> TranscriptSegment {
    TranscriptSegment(
      row: index,
      start: row["startMS"]?.int.map(Timecode.init(milliseconds:)),
      end: row["endMS"]?.int.map(Timecode.init(milliseconds:)),
      endIsEstimate: false,
      voice: row["voice"]?.int,
      text: row["text"]?.string ?? ""
    )
  }

  private static func speaker(_ row: JSONValue) -> Speaker {
    func known(_ key: String) -> String? {
      row[key]?.string.flatMap { $0 == "?" ? nil : $0 }
    }
    return Speaker(
      voice: row["voice"]?.int ?? 0,
      name: known("name"),
      company: known("company"),
      position: known("position"),
      role: known("role"),
      nameStatus: known("name") == nil ? .unknown : .shown
    )
  }

  /// A whole document around rows and speakers.
  public static func made(
    uri: String,
    title: String?,
    segments: [TranscriptSegment],
    speakers: [Speaker],
    durationMS: Int? = nil
  )
    -> TranscriptDocument
  {
    TranscriptDocument(
      source: .init(uri: uri, kind: "file", stem: "sample", title: title, durationMS: durationMS),
      run: run,
      tables: [],
      transcript: Transcript(segments: segments, speakers: speakers),
      findings: [],
      usage: usage,
      cost: .init(
        estimatedLow: Decimal(string: "0.0041"),
        estimatedHigh: Decimal(string: "0.0067"),
        billed: Decimal(string: "0.00523")
      ),
      isComplete: true
    )
  }

  private static let run = TranscriptDocument.Run(
    id: "20260312T180400Z-4f1c",
    startedAt: "2026-03-12T18:04:00Z",
    tool: "tabscribe 0.1.0",
    backend: "ai-studio",
    model: "gemini-3.5-flash-lite",
    prompt: "transcribe",
    promptDigest: "4f1c09abd2737716ad05b7a5f5f1f1c92d3aa5b84c3f5f0d6f2b8a3c9e7d1b20",
    schema: "transcripts-speakers",
    encoding: "json",
    parameters: ["mediaResolution": "LOW", "thinkingLevel": "MINIMAL", "seed": 42],
    finishReason: "STOP"
  )

  private static let usage = Usage(
    promptTokens: 9_812,
    cachedTokens: 8_192,
    outputTokens: 1_204,
    thoughtsTokens: 96,
    promptTokensByModality: [
      .init(modality: "VIDEO", tokens: 6_860), .init(modality: "AUDIO", tokens: 2_450),
      .init(modality: "TEXT", tokens: 502),
    ]
  )
}
