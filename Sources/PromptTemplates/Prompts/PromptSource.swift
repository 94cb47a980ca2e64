/// A place that prompts, partials or schemas come from, such as a folder.
public struct PromptSource: Sendable {
  /// What the place is called when it is reported, such as `./prompts`.
  public let label: String
  /// The names of the files in it, sorted.
  public let fileNames: @Sendable () -> [String]
  /// The contents of a file; `nil` when there is none of the name.
  public let read: @Sendable (_ fileName: String) throws -> [UInt8]?

  /// A place of its parts.
  public init(
    label: String,
    fileNames: @escaping @Sendable () -> [String],
    read: @escaping @Sendable (String) throws -> [UInt8]?
  ) {
    self.label = label
    self.fileNames = fileNames
    self.read = read
  }

  /// Files kept in memory, such as those compiled into a program.
  public init(label: String, files: [String: [UInt8]]) {
    self.init(label: label, fileNames: { files.keys.sorted() }, read: { files[$0] })
  }
}

/// A file found by name, and where.
public struct PromptFile: Sendable {
  /// The name it was looked up by.
  public let name: String
  /// The name of the file within its source.
  public let fileName: String
  /// The label of the source that won.
  public let source: String
  /// The contents.
  public let bytes: [UInt8]

  /// A file.
  public init(name: String, fileName: String, source: String, bytes: [UInt8]) {
    self.name = name
    self.fileName = fileName
    self.source = source
    self.bytes = bytes
  }
}
