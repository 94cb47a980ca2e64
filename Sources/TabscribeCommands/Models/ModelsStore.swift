internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning

/// The user's own data about models, and what was there before the last update of them.
struct ModelsStore {
  /// The absolute path of the data that count.
  let path: String
  /// What was there before; `{}` where there was nothing.
  private let earlier: String
  private let folder: String

  init(folder: String) {
    self.folder = folder
    path = FilePath.joined(folder, ModelsFile.name)
    earlier = path + ".before"
  }

  /// The catalogue as it counts.
  func catalog() throws(CommandError) -> ModelCatalog { try ModelsFile.catalog(at: path) }

  /// Reads data in full, without keeping them.
  ///
  /// - Throws: `CommandError`, exit code 2, for data that are faulty, undated, or no newer.
  func checked(
    _ bytes: [UInt8],
    from source: String,
    after known: ModelCatalog
  ) throws(CommandError) -> ModelCatalog {
    let newer: ModelCatalog
    do {
      newer = try ModelCatalog.builtIn().overridden(by: bytes, file: source)
      // Data that say nothing of their own day would pass for those they are put over.
      guard try JSONValue(parsing: bytes)["asOf"] != nil else {
        throw CommandError.usage(
          "\(SafeText.quoted(source)) does not say on which day its data were true.",
          remedy: "Give it a member \"asOf\", such as \"2026-12-01\"."
        )
      }
    } catch let error as CommandError {
      throw error
    } catch {
      throw .usage(
        "\(SafeText.line("\(error)")).",
        remedy: "Nothing was changed. Mend the file at that line, or take another one."
      )
    }
    guard let day = newer.asOf, known.asOf.map({ $0 < day }) ?? true else {
      throw .usage(
        "\(SafeText.quoted(source)) is of \(newer.asOf?.description ?? "no day"), and the data in use "
          + "are of \(known.asOf?.description ?? "no day").",
        remedy: "Nothing was changed. Take data that are newer."
      )
    }
    return newer
  }

  /// Puts checked data in the place of those that count.
  func keep(_ bytes: [UInt8]) throws(CommandError) {
    do {
      try HostFiles.createFolder(folder)
      let old = HostFiles.kind(of: path) == .file ? try HostFiles.read(path) : Array("{}".utf8)
      try HostFiles.write(old, to: earlier, replacing: true)
      try HostFiles.write(bytes, to: path, replacing: true)
    } catch {
      throw Self.failure(error)
    }
  }

  /// Brings back the data of before the last update, and forgets those of the update.
  func bringBack() throws(CommandError) -> ModelCatalog {
    guard HostFiles.kind(of: earlier) == .file else {
      throw CommandError(
        "No update is known that could be undone.",
        remedy:
          "Data of your own are in \(SafeText.quoted(path)); move that file away to do without."
      )
    }
    do {
      let old = try HostFiles.read(earlier)
      if old == Array("{}".utf8) {
        try HostFiles.remove(path)
      } else {
        try HostFiles.write(old, to: path, replacing: true)
      }
      try HostFiles.remove(earlier)
    } catch {
      throw Self.failure(error)
    }
    return try catalog()
  }

  private static func failure(_ error: any Error) -> CommandError {
    CommandError(
      "The data could not be kept: \(SafeText.line("\(error)")).",
      remedy: "Check the configuration folder and its permissions."
    )
  }
}
