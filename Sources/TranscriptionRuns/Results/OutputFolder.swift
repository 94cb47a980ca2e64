internal import GeminiAPI
internal import HostSystem
package import ObjectStorage
internal import OrderedJSON
internal import PlainText
package import TranscriptModel

/// The folder that results go to, proven to be writable before anything is sent; or the beginning of names
/// in a bucket.
package struct OutputFolder {
  /// The absolute path; the address in a bucket, without a slash at the end.
  package private(set) var path: String
  /// The bucket, where it is in one.
  package let bucket: BucketFolder?
  /// How the user wrote it, for messages.
  package private(set) var spelling: String
  /// Whether existing files are replaced.
  package var isForced: Bool
  /// What a user gives to have results elsewhere.
  package let elsewhere: String
  /// What to do when a result could not be written.
  package var recovery: String

  /// Makes the folder where needed and proves that files can be put into it.
  ///
  /// - Parameters:
  ///   - elsewhere: What a user gives to have results elsewhere, for messages.
  ///   - storage: Where results go that may go into buckets.
  /// - Throws: `Refusal` of the kind `failed`, or `usage` for a bucket that they cannot go into.
  package init(
    _ spelling: String,
    force: Bool,
    elsewhere: String = "another setting outputDir",
    in place: Workplace,
    storage: ObjectStorage? = nil
  ) throws(Refusal) {
    if StorageService(of: spelling) != nil {
      self = try Self(bucket: spelling, force: force, elsewhere: elsewhere, storage)
      return
    }
    self.spelling = spelling
    self.elsewhere = elsewhere
    bucket = nil
    recovery = "Free the disk or choose \(elsewhere), and run it again with the setting force."
    path = place.absolutePath(spelling)
    isForced = force
    do {
      try HostFiles.createFolder(path)
      try HostFiles.checkWritable(path)
      HostFiles.removeLeftovers(in: path)
    } catch {
      throw Refusal(
        "The output folder \(SafeText.quoted(spelling)) cannot be written to: \(error.reason).",
        remedy: "Choose \(elsewhere); nothing was sent.",
        details: ["path": .string(path)]
      )
    }
  }

  private init(
    bucket spelling: String,
    force: Bool,
    elsewhere: String,
    _ storage: ObjectStorage?
  ) throws(Refusal) {
    guard let storage else {
      throw .usage(
        "These results cannot go into a bucket, as \(SafeText.quoted(spelling)) is.",
        remedy: "Write them into a folder; transcribe and export write into buckets."
      )
    }
    guard
      let address = try? StorageAddress(parsing: spelling, of: Set(StorageService.allCases))
    else {
      throw .usage(
        "\(SafeText.quoted(spelling)) is no place in a bucket.",
        remedy: "Write it as s3://bucket/folder or gs://bucket/folder."
      )
    }
    self.spelling = spelling
    self.elsewhere = elsewhere
    isForced = force
    bucket = BucketFolder(address, storage)
    var text = address.description
    while text.hasSuffix("/") { text.removeLast() }
    path = text
    recovery = "Run it again with the setting force."
  }

  /// A folder below, which is made when something is written into it.
  ///
  /// - Parameter folder: Its path from here; empty for this folder itself.
  package func below(_ folder: String) -> OutputFolder {
    guard !folder.isEmpty else { return self }
    var copy = self
    copy.path = FilePath.joined(path, folder)
    copy.spelling = spelling == "." ? folder : FilePath.joined(spelling, folder)
    return copy
  }

  /// Refuses names that are taken, before anything is sent.
  package func checkFree(_ names: [String]) throws(Refusal) {
    guard !isForced else { return }
    try refuse(names.filter { HostFiles.kind(of: FilePath.joined(path, $0)) != nil })
  }

  private func refuse(_ taken: [String]) throws(Refusal) {
    guard !taken.isEmpty else { return }
    let list = taken.map { display($0) }.joined(separator: ", ")
    throw Refusal(
      "\(list) \(taken.count == 1 ? "exists" : "exist") already.",
      remedy: "Give the setting force to replace, or choose \(elsewhere); nothing was sent.",
      details: ["paths": .array(taken.map { .string(FilePath.joined(path, $0)) })]
    )
  }

  /// Writes a result and returns the name it got.
  ///
  /// A name that was taken since it was checked is not given up for lost: the result, which may
  /// have been paid for, gets the next free name, `STEM-2.ENDING`.
  package func write(_ bytes: some Collection<UInt8>, to name: String) throws(Refusal) -> String {
    for candidate in Self.candidates(for: name) {
      do throws(SystemFailure) {
        let target = FilePath.joined(path, candidate)
        try HostFiles.createFolder(path)
        try HostFiles.write(bytes, to: target, replacing: isForced)
        return candidate
      } catch {
        if error.cause == .taken { continue }
        throw Refusal(
          "\(display(candidate)) could not be written: \(error.reason).",
          remedy: recovery,
          details: ["path": .string(error.path)]
        )
      }
    }
    throw allTaken(name)
  }

  private func allTaken(_ name: String) -> Refusal {
    Refusal(
      "\(display(name)) and 98 names like it are taken.",
      remedy: "Give the setting force to replace, or choose \(elsewhere)."
    )
  }

  /// The path of a file as the user would write it.
  package func display(_ name: String) -> String {
    let path = spelling == "." ? name : FilePath.joined(spelling, name)
    return SafeText.line(path)
  }

  /// A name and 98 like it, in the order in which they are tried.
  private static func candidates(for name: String) -> some Sequence<String> {
    (1...99).lazy.map { $0 == 1 ? name : numbered(name, $0) }
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return "\(name)-\(number)"
    }
    return "\(name[..<dot])-\(number)\(name[dot...])"
  }
}

// MARK: - In folders and in buckets

extension OutputFolder {
  /// Refuses names that are taken, before anything is sent; also in a bucket.
  package func checkAllFree(_ names: [String]) async throws {
    guard bucket != nil else { return try checkFree(names) }
    guard !isForced else { return }
    var taken: [String] = []
    for name in names where try await isThere(FilePath.joined(path, name)) { taken.append(name) }
    try refuse(taken)
  }

  /// Whether there is a file, or an object.
  ///
  /// - Parameter path: Its absolute path or its address, in or below this folder.
  package func isThere(_ path: String) async throws -> Bool {
    if let bucket { return try await bucket.isThere(path) }
    return HostFiles.kind(of: path) != nil
  }

  /// What a file or an object holds; `nil` where it cannot be read.
  package func contents(of path: String, limit: Int) async -> [UInt8]? {
    if let bucket { return try? await bucket.contents(of: path, limit: limit) }
    return try? HostFiles.read(path, limit: limit)
  }

  /// Writes a result, also into a bucket, and returns the name it got; see ``write(_:to:)``.
  package func put(_ bytes: [UInt8], to name: String) async throws -> String {
    guard let bucket else { return try write(bytes, to: name) }
    for candidate in Self.candidates(for: name) {
      do {
        let isPut = try await bucket.put(
          bytes,
          to: FilePath.joined(path, candidate),
          type: ResultFormat.mediaType(of: name),
          isReplacing: isForced
        )
        if isPut { return candidate }
      } catch let error as GeminiError {
        var error = error
        error.message = "\(display(candidate)) could not be written: \(error.message)"
        error.remedy = [error.remedy, recovery].compactMap(\.self).joined(separator: "; then ")
        throw error
      }
    }
    throw allTaken(name)
  }

  /// The way from here to the medium of a transcript, for a report; `nil` where there is none.
  ///
  /// - Parameters:
  ///   - media: The absolute path of the medium, when it is a file of this machine.
  ///   - source: What the transcript is of.
  package func way(to media: String?, of source: TranscriptDocument.Source) -> String? {
    guard bucket != nil else { return media.map { FilePath.relative($0, from: path) } }
    let services = Set(StorageService.allCases)
    guard let object = try? StorageAddress(parsing: source.uri, of: services),
      let here = try? StorageAddress(parsing: path, of: services), here.service == object.service,
      here.bucket == object.bucket
    else { return nil }
    return FilePath.relative("/\(object.name)", from: "/\(here.name)")
  }
}
