internal import OrderedJSON

/// What the file of an upload registry holds.
struct RegisteredUploads: Sendable {
  /// What was in a local file when it was last read, so that it need not be read again.
  struct KnownFile: Hashable, Sendable {
    let file: LocalFile
    let digest: String
  }

  /// More local files than anybody works on within two days.
  private static let localFileLimit = 1000

  var entries: [UploadRegistry.Entry] = []
  private(set) var localFiles: [KnownFile] = []

  /// Notes what is in a local file, in place of what was in it before.
  mutating func note(_ digest: String, of file: LocalFile) {
    localFiles.removeAll { $0.file.path == file.path }
    localFiles.append(KnownFile(file: file, digest: digest))
    localFiles.removeFirst(max(0, localFiles.count - Self.localFileLimit))
  }
}

extension RegisteredUploads {
  /// Reads a file; one that is missing or damaged counts as empty.
  init(path: String) {
    let bytes = try? LocalFile(path: path).bytes(upTo: 16 << 20)
    guard let json = bytes.flatMap({ try? JSONValue(parsing: $0) }) else { return }
    entries = (json["uploads"]?.array ?? []).compactMap(Self.entry)
    localFiles = (json["localFiles"]?.array ?? []).compactMap(Self.knownFile)
  }

  private static func entry(_ json: JSONValue) -> UploadRegistry.Entry? {
    guard let digest = json["digest"]?.string, let account = json["account"]?.string,
      let name = json["name"]?.string, let expiration = json["expiration"]?.int,
      let size = json["size"]?.int
    else { return nil }
    return UploadRegistry.Entry(
      digest: digest,
      size: size,
      account: account,
      name: name,
      expiration: expiration
    )
  }

  private static func knownFile(_ json: JSONValue) -> KnownFile? {
    guard let path = json["path"]?.string, let size = json["size"]?.int,
      let modified = json["modified"]?.int, let digest = json["digest"]?.string
    else { return nil }
    return KnownFile(
      file: LocalFile(path: path, size: size, modified: modified),
      digest: digest
    )
  }

  /// The file as UTF-8.
  var rendered: [UInt8] {
    let uploads = entries.map { entry -> JSONValue in
      [
        "digest": .string(entry.digest), "size": JSONValue(entry.size),
        "account": .string(entry.account), "name": .string(entry.name),
        "expiration": JSONValue(entry.expiration),
      ]
    }
    let files = localFiles.map { known -> JSONValue in
      [
        "path": .string(known.file.path), "size": JSONValue(known.file.size),
        "modified": JSONValue(known.file.modified), "digest": .string(known.digest),
      ]
    }
    let document: JSONValue = [
      "schemaVersion": 1, "uploads": .array(uploads), "localFiles": .array(files),
    ]
    return Array((document.rendered(.pretty) + "\n").utf8)
  }
}
