import Foundation
internal import OrderedJSON
internal import RunStore
internal import TranscriptModel

/// Runs in the store of a folder, for the commands that show them.
struct StoreSamples {
  let store: RunStore

  init(_ folder: TemporaryFolder) throws {
    store = try RunStore(path: folder.path + "/data/tabscribe.db")
  }

  init(_ store: RunStore) { self.store = store }

  static let first = "20261120T101500Z-3f9ac2"
  static let second = "20261121T090000Z-77aa00"

  static func item(_ position: Int, _ stem: String) -> NewItem {
    NewItem(
      position: position,
      source: StoredSource(
        uri: "/videos/\(stem).mp4",
        kind: "file",
        stem: stem,
        size: 1_500_000,
        durationMS: 60_000
      ),
      identity: stem,
      model: "gemini-3.5-flash-lite",
      prompt: .init(name: "transcribe", text: "Write it down."),
      schema: .init(name: "transcripts-speakers", text: "{}"),
      config: ["seed": 42],
      settings: ["fps": 2]
    )
  }

  static func document(_ texts: [String], stem: String = "talk") -> TranscriptDocument {
    let speakers = [
      Speaker(voice: 1, name: "Alan Shepard", company: "NASA", position: "Astronaut"),
      Speaker(voice: 2, role: "host"),
    ]
    let segments = texts.enumerated().map { row, text in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 12_500),
        end: Timecode(milliseconds: row * 12_500 + 12_500),
        endIsEstimate: true,
        voice: row % 2 + 1,
        text: text
      )
    }
    return TranscriptDocument(
      source: .init(uri: "/videos/\(stem).mp4", kind: "file", stem: stem),
      run: .init(
        id: first,
        startedAt: "2026-11-20T10:15:00Z",
        tool: "tabscribe 0.1.0",
        backend: "ai-studio",
        model: "gemini-3.5-flash-lite",
        prompt: "transcribe",
        promptDigest: "00",
        schema: "transcripts-speakers",
        encoding: "json"
      ),
      tables: [],
      transcript: Transcript(segments: segments, speakers: speakers),
      findings: [
        Finding(.gap, "Nothing is said for a minute.", rows: [.init(table: "t", index: 1)])
      ],
      usage: nil,
      cost: .init(billed: Decimal(string: "0.0123")),
      isComplete: true
    )
  }

  private func begin(_ id: String, _ moment: String, _ arguments: [String]) throws {
    try store.begin(
      NewRun(
        id: id,
        startedAt: try Date(moment, strategy: .iso8601),
        tool: "tabscribe 0.1.0",
        arguments: arguments,
        workingFolder: "/videos"
      )
    )
  }

  /// A finished run of a source of its own in a folder.
  func add(_ stem: String, _ texts: [String], in folder: String) throws {
    try begin("run of \(stem)", "2026-11-22T10:15:00Z", ["transcribe"])
    var item = Self.item(1, stem)
    item.source.uri = "\(folder)/\(stem).mp4"
    let number = try store.add(item, to: "run of \(stem)")
    try store.save(Self.document(texts, stem: stem), files: [], status: .complete, for: number)
    try store.finishRun("run of \(stem)", .finished)
  }

  /// A finished run of one item with a request of each kind of ending.
  func addFirst(_ texts: [String], files: [String] = ["/videos/talk.html"]) throws {
    try begin(Self.first, "2026-11-20T10:15:00Z", ["transcribe", "my talk.mp4", "--fps", "2"])
    let item = try store.add(Self.item(1, "talk"), to: Self.first)
    let clip = TimeRange(start: .zero, end: Timecode(milliseconds: 60_000))
    let whole = try store.begin(NewRequest(clip: clip, bodyDigest: "d1"), of: item)
    try store.append(Array("reply".utf8), to: whole)
    let usage = Usage(promptTokens: 10_000, cachedTokens: 6000, outputTokens: 1234)
    try store.finish(
      request: whole,
      RequestEnding(
        .answered,
        finishReason: "MAX_TOKENS",
        usage: usage,
        cost: Decimal(string: "0.0123"),
        attempts: 3
      )
    )
    let rest = try store.begin(NewRequest(kind: .continuation, bodyDigest: "d2"), of: item)
    try store.finish(request: rest, RequestEnding(.failed, error: "the network is down"))
    try store.save(Self.document(texts), files: files, status: .complete, for: item)
    try store.finishRun(Self.first, .finished)
  }

  /// An interrupted run: one item complete, one failed, one not begun.
  func addSecond() throws {
    try begin(Self.second, "2026-11-21T09:00:00Z", ["transcribe", "."])
    let stems = ["talk", "talk", "later"]
    let items = stems.enumerated().map { Self.item($0 + 1, $1) }
    let numbers = try store.add(items, to: Self.second)
    try store.save(
      Self.document(["Nothing of that here."]),
      files: [],
      status: .complete,
      for: numbers[0]
    )
    try store.setStatus(of: numbers[1], .failed, failure: "The model refused.")
    try store.finishRun(Self.second, .interrupted)
  }
}
