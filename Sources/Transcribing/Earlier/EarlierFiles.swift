internal import GeminiAPI
internal import HostSystem
internal import OrderedJSON
public import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// What earlier versions kept in files beside the run store.
///
/// Uploads, notes about caches, and what runs have taught: taken into the store once, after which
/// the files are gone.
///
/// Each step may be repeated: a file goes only after the store has what was in it.
public struct EarlierFiles: Sendable {
  private static let uploads = "uploads.json"
  private static let rates = "learned-rates.json"
  private static let caches = "caches"

  private let folder: String

  /// The files in a data folder.
  public init(folder: String) { self.folder = folder }

  /// Whether there is anything to take in.
  public var areThere: Bool {
    let names = Set(HostFiles.names(in: folder))
    return names.contains(Self.uploads) || names.contains(Self.rates) || !cacheNotes.isEmpty
  }

  /// Takes everything into the store.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - now: The moment, noted with what is taken in.
  /// - Throws: `RunStoreError`. What cannot be read counts as empty: losing it costs an upload or
  ///   the precision of some estimates.
  public func takeIn(by store: RunStore, at now: Date) throws(RunStoreError) {
    if let json = json(Self.uploads) { try takeIn(uploads: json, by: store, at: now) }
    if let json = json(Self.rates) { try takeIn(rates: json, by: store) }
    for name in [Self.uploads, "\(Self.uploads).lock", Self.rates] { remove(name) }
    for name in cacheNotes {
      guard let json = json(name), let note = StoredCache(earlier: json) else { continue }
      try store.note(note)
      remove(name)
    }
  }

  private var cacheNotes: [String] {
    HostFiles.names(in: "\(folder)/\(Self.caches)").filter { $0.hasSuffix(".json") }
      .map { "\(Self.caches)/\($0)" }
  }

  /// The most bytes of such a file: more than any version has written.
  private static let largest = 64 << 20

  private func json(_ name: String) -> JSONValue? {
    guard let file = try? LocalFile(path: "\(folder)/\(name)"),
      let bytes = try? file.bytes(upTo: Self.largest)
    else { return nil }
    return try? JSONValue(parsing: bytes)
  }

  private func remove(_ name: String) { HostFiles.discard("\(folder)/\(name)") }
}

extension EarlierFiles {
  private func takeIn(
    uploads json: JSONValue,
    by store: RunStore,
    at now: Date
  ) throws(RunStoreError) {
    let files = json["localFiles"]?.array ?? []
    for entry in json["uploads"]?.array ?? [] {
      guard let upload = StoredUpload(earlier: entry) else { continue }
      // Where nothing is known of the local file, it is read once more.
      let file = files.last { $0["digest"]?.string == upload.digest }.flatMap(
        KnownFile.init(earlier:)
      )
      try store.note(
        upload,
        from: file ?? KnownFile(path: "", size: upload.size, modified: 0),
        at: now
      )
    }
  }

  // The earlier file did not tell services apart. Nearly all of it comes from the Gemini API, and
  // newer runs soon outweigh the rest.
  private func takeIn(rates json: JSONValue, by store: RunStore) throws(RunStoreError) {
    guard let service = GeminiConfiguration(apiKey: Secret("")).service else { return }
    try store.updateLearnedRates(of: service) { $0 ?? json }
  }
}

extension StoredUpload {
  fileprivate init?(earlier json: JSONValue) {
    guard let digest = json["digest"]?.string, let account = json["account"]?.string,
      let name = json["name"]?.string, let expiration = json["expiration"]?.int?.asAmount,
      let size = json["size"]?.int
    else { return nil }
    self.init(
      account: account,
      name: name,
      digest: digest,
      size: size,
      expiresAt: Date(seconds: expiration)
    )
  }
}

extension KnownFile {
  fileprivate init?(earlier json: JSONValue) {
    guard let path = json["path"]?.string, let size = json["size"]?.int,
      let modified = json["modified"]?.int
    else { return nil }
    self.init(path: path, size: size, modified: modified)
  }
}

extension StoredCache {
  fileprivate init?(earlier json: JSONValue) {
    guard let label = json["label"]?.string, let account = json["account"]?.string,
      let process = json["process"]?.int, let host = json["host"]?.string,
      let expiration = json["expiration"]?.int?.asAmount
    else { return nil }
    self.init(
      label: label,
      account: account,
      name: json["name"]?.string,
      expiresAt: Date(seconds: expiration),
      process: ProcessIdentity(host: host, number: process, start: "")
    )
  }
}
