internal import GeminiAPI
internal import OrderedJSON

/// The folder of the records of batches, and of their requests and answers.
public struct BatchStore: Sendable {
  /// The folder; made when the first record is saved.
  public let folder: String

  /// A store in a folder.
  public init(folder: String) { self.folder = folder }

  /// The most bytes of a record.
  private static let largest = 512 << 20

  /// Where the record of a batch is.
  public func path(of id: String) -> String { "\(folder)/\(id).json" }

  /// Where the requests of a batch are, one a line.
  func requestsPath(of id: String) -> String { "\(folder)/\(id).requests.jsonl" }

  /// Where the answers of a batch are, one a line, as they came.
  public func answersPath(of id: String) -> String { "\(folder)/\(id).answers.jsonl" }

  /// Saves a record, whole or not at all.
  ///
  /// - Throws: `GeminiError` when it cannot be written.
  public func save(_ record: BatchRecord) throws {
    try FileStore.makeFolder(folder)
    try FileStore.write(record.json.renderedBytes(), to: path(of: record.id))
  }

  /// The ids of all records, the oldest first.
  public var ids: [String] {
    ((try? FileStore.names(in: folder)) ?? []).filter { $0.hasSuffix(".json") }
      .map { String($0.dropLast(5)) }.filter(BatchRecord.isID).sorted()
  }

  /// The record of a batch, by our id for it.
  ///
  /// - Throws: ``TranscriptionError`` when there is none, or it is damaged.
  public func record(_ id: String) throws -> BatchRecord {
    guard BatchRecord.isID(id), ids.contains(id) else {
      throw TranscriptionError(
        .storage,
        "No batch \(String(id.prefix(100)).debugDescription) is known here.",
        remedy: "See tabscribe batch status, or name a copy of its record with --from."
      )
    }
    return try read(path(of: id))
  }

  /// Reads a record from any file, such as a copy from another machine.
  ///
  /// - Throws: ``TranscriptionError`` when it is damaged; `GeminiError` when it cannot be read.
  public func read(_ path: String) throws -> BatchRecord {
    let file = try LocalFile(path: path)
    guard file.size <= Self.largest else {
      throw TranscriptionError(
        .storage,
        "\(path) is too large for the record of a batch.",
        remedy: "Name the file that tabscribe batch submit wrote."
      )
    }
    do {
      return try BatchRecord(json: JSONValue(parsing: file.bytes(upTo: file.size)))
    } catch let error as JSONSyntaxError {
      throw TranscriptionError(
        .storage,
        "\(path) is no record of a batch: \(error).",
        remedy: "Name the file that tabscribe batch submit wrote."
      )
    }
  }
}
