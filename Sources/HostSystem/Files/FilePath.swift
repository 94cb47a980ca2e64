/// Paths as text.
package enum FilePath {
  /// A path below a folder; an absolute path stands for itself, and `.` for the folder.
  package static func joined(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") { return path }
    if path == "." { return folder }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  /// The folder that a path is in.
  package static func parent(of path: String) -> String {
    var path = path[...]
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Whether a path is a folder's or leads to something in it; both without links and dots.
  package static func contains(_ folder: String, _ path: String) -> Bool {
    path == folder || path.hasPrefix(folder.hasSuffix("/") ? folder : "\(folder)/")
  }

  /// What follows the last slash.
  package static func name(of path: String) -> String {
    String(path.split(separator: "/").last ?? "")
  }

  /// The folder of a file as seen from a folder above it; empty for a file in that folder itself.
  package static func folder(of path: String, below folder: String) -> String {
    let parent = parent(of: relative(path, from: folder))
    return parent == "." ? "" : parent
  }
}

extension FilePath {
  /// The way from a folder to a file, both given by absolute paths.
  package static func relative(_ path: String, from folder: String) -> String {
    let target = normalized(path)
    let base = normalized(folder)
    let shared = zip(base, target).prefix { $0 == $1 }.count
    let up = Array(repeating: "..", count: base.count - shared)
    return (up + target.dropFirst(shared)).joined(separator: "/")
  }

  /// A path as the user would write it: from the working folder when it is below it.
  package static func shown(_ path: String, from folder: String) -> String {
    let base = folder.hasSuffix("/") ? folder : folder + "/"
    return path.hasPrefix(base) ? String(path.dropFirst(base.count)) : path
  }

  /// An absolute path without dots; links are not looked at.
  package static func withoutDots(_ path: String) -> String {
    "/" + normalized(path).joined(separator: "/")
  }

  private static func normalized(_ path: String) -> [String] {
    var names: [String] = []
    for name in path.split(separator: "/") where name != "." {
      if name == ".." { _ = names.popLast() } else { names.append(String(name)) }
    }
    return names
  }
}
