#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The few things that are done with files and folders.
package enum HostFiles {
  /// What stands at a path.
  package enum Kind: Hashable, Sendable {
    /// A plain file.
    case file
    /// A folder.
    case folder
    /// A pipe, a device, a socket.
    case other
  }

  /// What stands at a path, links followed; `nil` for nothing, or nothing that can be seen.
  package static func kind(of path: String) -> Kind? {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    switch facts.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// An absolute path without links and dots, also of what is yet to be made; `nil` when it cannot
  /// be told where it leads.
  package static func resolved(_ path: String) -> String? {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    var facts = stat()
    let name = FilePath.name(of: path)
    // A link to what is not there would lead elsewhere as soon as that is made.
    guard errno == ENOENT, lstat(path, &facts) != 0, ![".", "..", ""].contains(name) else {
      return nil
    }
    return resolved(FilePath.parent(of: path)).map { FilePath.joined($0, name) }
  }

  /// The bytes of a file.
  ///
  /// - Parameter limit: The most bytes to read; a longer file is refused with `EFBIG`.
  package static func read(_ path: String, limit: Int = 16 << 20) throws(SystemFailure) -> [UInt8] {
    // Without waiting: a pipe that nobody writes to would never open.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .last("read", path) }
    defer { close(descriptor) }
    var facts = stat()
    if fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFIFO {
      // Those that a shell makes for a command, <(…), are named in /dev.
      guard path.hasPrefix("/dev/") else {
        throw SystemFailure(verb: "read", path: path, code: SystemFailure.isPipe)
      }
      _ = fcntl(descriptor, F_SETFL, 0)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(max(Int(facts.st_size), 0), limit))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readBytes(descriptor, &buffer, buffer.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("read", path)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
      guard bytes.count <= limit else {
        throw SystemFailure(verb: "read", path: path, code: EFBIG)
      }
    }
  }

  /// Whom what is made belongs to.
  package enum Audience: Hashable, Sendable {
    /// Everybody whom the user's mask of permissions lets.
    case everybody
    /// The user alone.
    case user

    fileprivate var forFolders: mode_t { self == .user ? 0o700 : 0o777 }
    fileprivate var forFiles: mode_t { self == .user ? 0o600 : 0o666 }
  }

  /// The bytes that a folder's disk has room for; `nil` when that cannot be told.
  package static func room(in folder: String) -> Int? {
    var facts = statvfs()
    guard statvfs(folder, &facts) == 0 else { return nil }
    let (bytes, isMore) = Int(clamping: facts.f_bavail)
      .multipliedReportingOverflow(by: Int(clamping: facts.f_frsize))
    return isMore ? .max : bytes
  }

  /// Makes a folder and those above it.
  package static func createFolder(
    _ path: String,
    for audience: Audience = .everybody
  ) throws(SystemFailure) {
    if kind(of: path) == .folder { return }
    var made = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/") {
      made += "/\(name)"
      guard mkdir(made, audience.forFolders) != 0 else { continue }
      let code = errno
      guard kind(of: made) == .folder else {
        throw SystemFailure(verb: "create", path: made, code: code)
      }
    }
  }

  /// The names in a folder, sorted; none when there is no such folder.
  ///
  /// A name that is not UTF-8, as old archives have them, is no name here: it cannot be told apart
  /// from others once it is text.
  package static func names(in folder: String) -> [String] { entries(in: folder).names }

  /// The names in a folder, sorted, and those that are not UTF-8, in which U+FFFD stands for what
  /// is not; none when there is no such folder.
  package static func entries(in folder: String) -> (names: [String], unreadable: [String]) {
    (try? listing(of: folder)) ?? ([], [])
  }

  /// The names in a folder, sorted, and those that are not UTF-8.
  package static func listing(
    of folder: String
  ) throws(SystemFailure) -> (names: [String], unreadable: [String]) {
    guard let listing = opendir(folder) else { throw .last("read", folder) }
    defer { closedir(listing) }
    var (names, unreadable): ([String], [String]) = ([], [])
    while let entry = readdir(listing) {
      withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        let start = UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)
        if let name = String(validatingCString: start) {
          if name != ".", name != ".." { names.append(name) }
        } else {
          unreadable.append(String(cString: start))
        }
      }
    }
    return (names.sorted(), unreadable.sorted())
  }

  /// The paths of the files in a folder and those below it, as seen from the folder, sorted.
  package static func files(below folder: String) -> [String] {
    names(in: folder).flatMap { name in
      let path = FilePath.joined(folder, name)
      return kind(of: path) == .folder ? files(below: path).map { "\(name)/\($0)" } : [name]
    }.sorted()
  }

  /// The paths that a pattern of the shell stands for, sorted, and those that are not UTF-8.
  package static func matching(_ pattern: String) -> (paths: [String], unreadable: [String]) {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return ([], []) }
    var (paths, unreadable): ([String], [String]) = ([], [])
    for index in 0..<Int(found.gl_pathc) {
      guard let path = found.gl_pathv[index] else { continue }
      if let text = String(validatingCString: path) {
        paths.append(text)
      } else {
        unreadable.append(String(cString: path))
      }
    }
    return (paths, unreadable)
  }

  /// Whether a name is one that a pattern of the shell stands for; a dot in front has to be in both.
  package static func matches(_ name: String, pattern: String) -> Bool {
    fnmatch(pattern, name, FNM_PERIOD) == 0
  }

  /// Whether files can be put into the folder, found out by putting one there as results are put.
  package static func checkWritable(_ folder: String) throws(SystemFailure) {
    let path = temporaryPath(in: folder)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .last("write to", folder) }
    close(descriptor)
    let name = temporaryPath(in: folder)
    let code = FreeName.move(path, to: name)
    unlink(code == 0 ? name : path)
    guard code == 0 else { throw SystemFailure(verb: "write to", path: folder, code: code) }
  }

  /// Writes a file so that a reader sees all of it or none of it.
  ///
  /// A file that is replaced keeps its owner, its permissions and its other names, and stays where
  /// links lead to it.
  ///
  /// - Parameter replaces: Whether a file that is there may be replaced; otherwise `EEXIST` is
  ///   thrown and it stays as it is.
  package static func write(
    _ bytes: some Collection<UInt8>,
    to path: String,
    replacing replaces: Bool,
    for audience: Audience = .everybody
  ) throws(SystemFailure) {
    let target = replaces ? resolved(path) : path
    let old = replaces ? ReplacedFile(target) : nil
    let temporary = temporaryPath(in: FilePath.parent(of: target))
    let mode: mode_t = old == nil ? audience.forFiles : 0o600
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw .last("write", path) }
    defer { unlink(temporary) }
    // Tells others that it is not left over.
    _ = flock(descriptor, LOCK_EX | LOCK_NB)
    let bytes = Array(bytes)
    let isLike: Bool
    do {
      defer { close(descriptor) }
      try writeAll(bytes, to: descriptor, path)
      isLike = old?.give(to: descriptor) ?? true
      // A name must never lead to less than the whole contents, not even after a power cut.
      guard fsync(descriptor) == 0 else { throw SystemFailure.last("write", path) }
    }
    guard isLike else { return try overwrite(target, bytes) }
    let code = replaces ? replace(target, by: temporary) : FreeName.move(temporary, to: target)
    guard code == 0 else { throw SystemFailure(verb: "write", path: path, code: code) }
  }

  /// Removes a file.
  package static func remove(_ path: String) throws(SystemFailure) {
    guard unlink(path) == 0 else { throw .last("remove", path) }
  }

  /// Removes a file if there is one that can be removed.
  package static func discard(_ path: String) { unlink(path) }

  /// Gives a file another name, in place of what has it.
  package static func rename(_ path: String, to name: String) throws(SystemFailure) {
    let code = replace(name, by: path)
    guard code == 0 else { throw SystemFailure(verb: "write", path: name, code: code) }
  }

  /// Gives a finished file a name that is free, and makes sure that both survive a loss of power.
  ///
  /// - Throws: The failure, whose ``SystemFailure/cause`` says that the name is not free.
  package static func settle(_ path: String, as name: String) throws(SystemFailure) {
    try OpenFile(path).sync()
    let code = FreeName.move(path, to: name)
    guard code == 0 else { throw SystemFailure(verb: "write", path: name, code: code) }
  }

  /// Makes a folder for the user alone where the system keeps what is not for long.
  ///
  /// - Parameter name: How its name begins.
  package static func createTemporaryFolder(_ name: String) throws(SystemFailure) -> String {
    var template = Array("\(temporaryFolder)/\(name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw .last("write to", temporaryFolder) }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Where the system keeps what is not for long: the folder that `TMPDIR` names, else `/tmp`.
  package static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  /// Removes a folder and the files in it, but not those in folders below.
  package static func removeFolder(_ folder: String) {
    for name in names(in: folder) { discard(FilePath.joined(folder, name)) }
    rmdir(folder)
  }

  private static func replace(_ path: String, by temporary: String) -> Int32 {
    renameFile(temporary, path) == 0 ? 0 : errno
  }

  /// Where links lead to; the path itself when nothing is there.
  package static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Writes over a file that has other names too, or an owner that only the file itself keeps.
  ///
  /// The room is taken first: what could still fail in between is the machine.
  private static func overwrite(_ path: String, _ bytes: [UInt8]) throws(SystemFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last("write", path) }
    defer { close(descriptor) }
    let size = lseek(descriptor, 0, SEEK_END)
    if bytes.count > size, case let code = posix_fallocate(descriptor, 0, off_t(bytes.count)),
      code == ENOSPC || code == EDQUOT || code == EFBIG
    {
      ftruncate(descriptor, size)
      throw SystemFailure(verb: "write", path: path, code: code)
    }
    guard lseek(descriptor, 0, SEEK_SET) == 0 else { throw .last("write", path) }
    try writeAll(bytes, to: descriptor, path)
    guard ftruncate(descriptor, off_t(bytes.count)) == 0, fsync(descriptor) == 0 else {
      throw .last("write", path)
    }
  }

  /// Removes what writers left in a folder that were killed: parts of files and locks that nobody
  /// holds any more.
  package static func removeLeftovers(in folder: String) {
    for name in names(in: folder) where isLeftover(name) {
      let path = FilePath.joined(folder, name)
      let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      var facts = stat()
      guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { continue }
      // A part is a moment old before it is locked.
      let isNew = name.hasSuffix(partEnding) && facts.changed + 1 >= time(nil)
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0, !isNew { unlink(path) }
    }
  }

  private static let partBeginning = ".tabscribe-"
  private static let partEnding = ".part"

  private static func isLeftover(_ name: String) -> Bool {
    (name.hasPrefix(partBeginning) && name.hasSuffix(partEnding))
      || (name.hasPrefix(".") && name.hasSuffix(FileLock.ending))
  }

  /// Runs a body while no other process changes a file by the same means.
  package static func locking<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try FileLock.held(of: resolved(path), body)
    } catch let failure as FileLock.Failure {
      throw SystemFailure(verb: "change", path: path, code: failure.code)
    }
  }

  private static func writeAll(
    _ bytes: [UInt8],
    to descriptor: Int32,
    _ path: String
  ) throws(SystemFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { writeBytes(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw .last("write", path)
      }
      rest = rest.dropFirst(count)
    }
  }

  private static func temporaryPath(in folder: String) -> String {
    let number = UInt64.random(in: .min ... .max)
    return FilePath.joined(folder, partBeginning + String(number, radix: 36) + partEnding)
  }
}

/// What a file that takes the place of another must have of it.
private struct ReplacedFile {
  private let facts: stat

  /// `nil` when nothing is there.
  init?(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { return nil }
    self.facts = facts
  }

  /// Makes a new file like the old one; `false` when it cannot be, or the old one has more names
  /// than one and so cannot be replaced.
  func give(to descriptor: Int32) -> Bool {
    var new = stat()
    guard facts.st_nlink == 1, fstat(descriptor, &new) == 0 else { return false }
    if new.st_uid != facts.st_uid || new.st_gid != facts.st_gid {
      guard fchown(descriptor, facts.st_uid, facts.st_gid) == 0 else { return false }
    }
    // File systems without permissions refuse, and then there is nothing to keep.
    fchmod(descriptor, facts.st_mode & 0o7777)
    return true
  }
}

extension stat {
  /// When the file or its name last changed, in seconds since 1970.
  fileprivate var changed: time_t {
    #if canImport(Darwin)
    st_ctimespec.tv_sec
    #else
    st_ctim.tv_sec
    #endif
  }
}

// The C functions, which methods of the same names would hide.

private func readBytes(_ descriptor: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, start, count)
}

private func renameFile(_ path: String, _ name: String) -> Int32 { rename(path, name) }

private func writeBytes(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
