public import Foundation

/// Recorded material kept beside the project; it is read, never copied.
public enum SharedFixtures {
  /// The folder `../shared` seen from the project's root.
  public static let folder: URL = projectRoot.deletingLastPathComponent()
    .appending(path: "shared", directoryHint: .isDirectory)

  /// The project's root folder.
  public static let projectRoot = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether the folder is there; tests that need it are skipped otherwise.
  public static let isPresent = FileManager.default.fileExists(atPath: folder.path)

  /// The contents of a file below the folder.
  public static func data(_ path: String) throws -> Data {
    try Data(contentsOf: folder.appending(path: path))
  }

  /// The contents of a file below the folder, as text.
  public static func text(_ path: String) throws -> String {
    String(decoding: try data(path), as: UTF8.self)
  }
}
