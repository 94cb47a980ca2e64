internal import HostSystem
internal import OrderedJSON
internal import PlainText

/// The folder that results go to, proven to be writable before anything is sent.
package struct OutputFolder {
  /// The absolute path.
  package let path: String
  /// How the user wrote it, for messages.
  package let spelling: String
  /// Whether existing files are replaced.
  package var isForced: Bool
  /// What a user gives to have results elsewhere.
  package let elsewhere: String
  /// What to do when a result could not be written.
  package var recovery: String

  /// Makes the folder where needed and proves that files can be put into it.
  ///
  /// - Parameter elsewhere: What a user gives to have results elsewhere, for messages.
  /// - Throws: `Refusal` of the kind `failed`.
  package init(
    _ spelling: String,
    force: Bool,
    elsewhere: String = "another setting outputDir",
    in place: Workplace
  ) throws(Refusal) {
    self.spelling = spelling
    self.elsewhere = elsewhere
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

  /// A folder below, which is made when something is written into it.
  ///
  /// - Parameter folder: Its path from here; empty for this folder itself.
  package func below(_ folder: String) -> OutputFolder {
    guard !folder.isEmpty else { return self }
    return OutputFolder(
      path: FilePath.joined(path, folder),
      spelling: spelling == "." ? folder : FilePath.joined(spelling, folder),
      isForced: isForced,
      elsewhere: elsewhere,
      recovery: recovery
    )
  }

  private init(
    path: String,
    spelling: String,
    isForced: Bool,
    elsewhere: String,
    recovery: String
  ) {
    self.path = path
    self.spelling = spelling
    self.isForced = isForced
    self.elsewhere = elsewhere
    self.recovery = recovery
  }

  /// Refuses names that are taken, before anything is sent.
  package func checkFree(_ names: [String]) throws(Refusal) {
    guard !isForced else { return }
    let taken = names.filter { HostFiles.kind(of: FilePath.joined(path, $0)) != nil }
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
    for attempt in 1...99 {
      let candidate = attempt == 1 ? name : Self.numbered(name, attempt)
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
    throw Refusal(
      "\(display(name)) and 98 names like it are taken.",
      remedy: "Give the setting force to replace, or choose \(elsewhere)."
    )
  }

  /// The path of a file as the user would write it.
  package func display(_ name: String) -> String {
    let path = spelling == "." ? name : FilePath.joined(spelling, name)
    return SafeText.line(path)
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else {
      return "\(name)-\(number)"
    }
    return "\(name[..<dot])-\(number)\(name[dot...])"
  }
}
