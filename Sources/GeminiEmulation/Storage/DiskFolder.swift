#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What is in a folder and those below it.
enum DiskFolder {
  /// The paths of the files, from the folder on, sorted.
  static func files(below folder: String) -> [String] {
    var found: [String] = []
    for name in names(in: folder) {
      let inner = files(below: "\(folder)/\(name)")
      found += isFolder("\(folder)/\(name)") ? inner.map { "\(name)/\($0)" } : [name]
    }
    return found.sorted()
  }

  private static func names(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        String(cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self))
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }
}
