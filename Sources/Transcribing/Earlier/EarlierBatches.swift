internal import GeminiAPI
internal import HostSystem
public import RunStore

/// What the first version kept of batches in files beside the run store: taken into it once, after
/// which the files are gone.
public struct EarlierBatches: Sendable {
  private let folder: String

  /// The files in a folder.
  public init(folder: String) { self.folder = folder }

  private var ids: [String] {
    HostFiles.names(in: folder).filter { $0.hasSuffix(".json") }
      .map { String($0.dropLast(5)) }.filter(PortableBatch.isID).sorted()
  }

  /// Takes everything into the store that can be read.
  ///
  /// - Returns: The files that cannot, and why; they stay.
  public func takeIn(
    by store: RunStore,
    _ transcriber: () throws -> Transcriber
  ) -> [(path: String, reason: any Error)] {
    let ids = ids
    guard !ids.isEmpty else { return [] }
    var refused: [(path: String, reason: any Error)] = []
    for id in ids {
      let path = "\(folder)/\(id).json"
      do {
        try PortableBatch(file: path)
          .put(into: store, transcriber(), answers: answers(to: id))
        // Its answers stay: those that belong to no request are nowhere else.
        try HostFiles.remove(path)
      } catch {
        refused.append((path, error))
      }
    }
    return refused
  }

  /// The answers that were fetched, a line each; `nil` when none were.
  private func answers(to id: String) throws -> [[UInt8]]? {
    let path = "\(folder)/\(id).answers.jsonl"
    guard (try? LocalFile(path: path)) != nil else { return nil }
    var lines: [[UInt8]] = []
    try FileLines.forEach(in: path) { if let line = $0 { lines.append(line) } }
    return lines
  }
}
