internal import OrderedJSON

/// Remembers which files the service keeps, by their contents, so that none is sent twice.
///
/// The registry is a small JSON file. Losing it costs an upload, nothing else; so a damaged one is
/// taken for empty.
public actor UploadRegistry {
  /// A file kept by the service.
  public struct Entry: Hashable, Sendable {
    /// SHA-256 of the contents, as hexadecimal digits.
    public let digest: String
    /// Whose file it is: the service and a mark of the key.
    public let account: String
    /// `files/` and an id.
    public let name: String
    /// When the service forgets it, in seconds since 1970.
    public let expiration: Int
  }

  private let path: String
  private var entries: [Entry]

  /// Opens the registry of a file, which need not exist yet.
  public init(path: String) {
    self.path = path
    let bytes = try? LocalFile(path: path).bytes(upTo: 16 << 20)
    let json = bytes.flatMap { try? JSONValue(parsing: $0) }
    entries = (json?["uploads"]?.array ?? []).compactMap(Self.entry)
  }

  /// The file of the contents that is still kept at a time.
  public func entry(digest: String, account: String, at time: Int) -> Entry? {
    entries.last { $0.digest == digest && $0.account == account && $0.expiration > time }
  }

  /// Remembers a file; those that have expired are forgotten.
  ///
  /// - Throws: ``GeminiError`` when the registry cannot be written.
  public func remember(_ entry: Entry, at time: Int) throws {
    entries.removeAll { $0.expiration <= time || $0.name == entry.name }
    entries.append(entry)
    try save()
  }

  /// Forgets a file.
  ///
  /// - Throws: ``GeminiError`` when the registry cannot be written.
  public func forget(name: String) throws {
    entries.removeAll { $0.name == name }
    try save()
  }

  private func save() throws {
    let folder = path.lastIndex(of: "/").map { path[..<$0] } ?? ""
    if !folder.isEmpty { try FileStore.makeFolder(String(folder)) }
    let list = entries.map { entry -> JSONValue in
      [
        "digest": .string(entry.digest), "account": .string(entry.account),
        "name": .string(entry.name), "expiration": JSONValue(entry.expiration),
      ]
    }
    let document: JSONValue = ["schemaVersion": 1, "uploads": .array(list)]
    try FileStore.write(Array((document.rendered(.pretty) + "\n").utf8), to: path)
  }

  private static func entry(_ json: JSONValue) -> Entry? {
    guard let digest = json["digest"]?.string, let account = json["account"]?.string,
      let name = json["name"]?.string, let expiration = json["expiration"]?.int
    else { return nil }
    return Entry(digest: digest, account: account, name: name, expiration: expiration)
  }
}
