import Foundation
internal import OrderedJSON
internal import RunStore
import TestSupport
internal import TranscriptModel

/// A store that the engine of the test keeps; its folder is gone after the test.
final class TemporaryStore: Sendable {
  let folder: URL
  let path: String

  init(_ engine: StoreEngine = .current) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
    path =
      switch engine {
      case .sqlite: folder.appending(path: "data/tabscribe.db").path
      case .postgresql: try PostgreSQLServer.shared().newSchema()
      }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func open() throws -> RunStore { try RunStore(path: path, patience: .milliseconds(200)) }
}

/// Things to put into a store.
enum Sample {
  static let start = Date(timeIntervalSince1970: 1_795_000_000)

  static func run(_ id: String, minutes: Double = 0) -> NewRun {
    NewRun(
      id: id,
      startedAt: start.addingTimeInterval(minutes * 60),
      tool: "tabscribe 0.1.0",
      arguments: ["transcribe", "talk.mp4", "--fps", "2"],
      workingFolder: "/videos"
    )
  }

  static func item(_ position: Int = 1, uri: String = "talk.mp4") -> NewItem {
    NewItem(
      position: position,
      source: StoredSource(
        uri: uri,
        kind: "file",
        stem: "talk",
        contentHash: "c0ffee",
        size: 1234,
        mimeType: "video/mp4",
        durationMS: 60_000,
        title: "A talk"
      ),
      identity: "identity of \(uri)",
      model: "gemini-3.5-flash-lite",
      prompt: .init(name: "transcribe", text: "Write down what is said."),
      schema: .init(name: "transcripts-speakers", text: "{}"),
      config: ["seed": 42],
      settings: ["fps": 2]
    )
  }

  /// A correction that says a person compared a row with the recording.
  static func check(_ id: String, row: Int) -> JSONValue {
    [
      "id": .string(id), "at": "2026-03-12T18:04:00Z", "kind": "checked", "row": .init(row),
      "checked": true,
    ]
  }

  /// A file that a service keeps for a thousand seconds.
  static func upload(_ number: Int) -> StoredUpload {
    StoredUpload(
      account: "a",
      name: "files/\(number)",
      digest: "d\(number)",
      size: 10,
      expiresAt: start + 1000
    )
  }

  static func file(_ number: Int, modified: Int = 1) -> KnownFile {
    KnownFile(path: "/v\(number).mp4", size: 10, modified: modified)
  }

  /// A document whose rows are the texts, ten seconds apart, by the voices in turn.
  static func document(
    _ texts: [String],
    speakers: [Speaker] = [Speaker(voice: 1, name: "Alan Shepard", company: "NASA")]
  ) -> TranscriptDocument {
    let segments = texts.enumerated().map { row, text in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 10_000),
        end: Timecode(milliseconds: row * 10_000 + 10_000),
        endIsEstimate: true,
        voice: speakers.isEmpty ? 1 : speakers[row % speakers.count].voice,
        text: text
      )
    }
    return TranscriptDocument(
      source: .init(uri: "talk.mp4", kind: "file", stem: "talk"),
      run: .init(
        id: "1",
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
      findings: [Finding(.gap, "Nothing for a minute.", rows: [.init(table: "t", index: 1)])],
      usage: Usage(promptTokens: 10, outputTokens: 5),
      cost: .init(billed: Decimal(string: "0.0123")),
      isComplete: true
    )
  }
}

extension RunStore {
  /// Puts a run with one finished item into the store and returns the item's number.
  @discardableResult
  func put(
    _ document: TranscriptDocument,
    run: String,
    minutes: Double = 0,
    uri: String = "talk.mp4"
  ) throws -> Int64 {
    try begin(Sample.run(run, minutes: minutes))
    let item = try add(Sample.item(uri: uri), to: run)
    try save(document, files: ["/videos/\(run)/talk.html"], status: .complete, for: item)
    try finishRun(run, .finished)
    return item
  }
}
