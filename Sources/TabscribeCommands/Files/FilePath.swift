internal import CommandLineInterface

/// Paths as text.
enum FilePath {
  /// A path below a folder; an absolute path stands for itself, and `.` for the folder.
  static func joined(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") { return path }
    if path == "." { return folder }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  /// The folder that a path is in.
  static func parent(of path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether a path is a folder's or leads to something in it; both without links and dots.
  static func contains(_ folder: String, _ path: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : "\(folder)/")
  }

  /// What follows the last slash.
  static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }
}

extension CommandContext {
  /// The absolute path of what the user typed.
  func absolutePath(_ path: String) -> String { FilePath.joined(workingFolder, path) }
}
