internal import HostSystem

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The store as a file among files.
enum StoreFile {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Refuses what is no file, such as a pipe, which would never open.
  static func checkIsFile(_ path: String) throws(RunStoreError) {
    var facts = stat()
    guard stat(path, &facts) == 0, facts.st_mode & S_IFMT != S_IFREG else { return }
    throw RunStoreError(
      .notAStore,
      "\(path) is no file.",
      remedy: "Move it away, or name another folder in TABSCRIBE_HOME."
    )
  }

  /// Makes an empty file and the folders above it, for the user alone; leaves what is there.
  ///
  /// SQLite gives the files that it puts beside the database the same rights.
  static func create(_ path: String) throws(RunStoreError) {
    if exists(path) { return }
    var folder = path.hasPrefix("/") ? "" : "."
    for name in path.split(separator: "/").dropLast() {
      folder += "/\(name)"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure(folder) }
    }
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    close(descriptor)
  }

  /// The error that the system has just reported.
  static func failure(_ path: String) -> RunStoreError { failure(path, errno) }

  private static func failure(_ path: String, _ number: Int32) -> RunStoreError {
    let code: RunStoreError.Code =
      switch number {
      case EROFS, EACCES, EPERM: .readOnly
      case ENOSPC, EDQUOT: .full
      case EEXIST: .exists
      default: .unreadable
      }
    return RunStoreError(
      code,
      "\(path) cannot be made: \(String(cString: strerror(number))).",
      remedy: "Make room there, or name another folder in TABSCRIBE_HOME."
    )
  }
}

extension StoreFile {
  /// Removes a database and what SQLite keeps beside it; nothing happens when there is none.
  static func removeDatabase(_ path: String) {
    for ending in ["", "-journal", "-wal", "-shm"] { unlink(path + ending) }
  }

  /// Gives a finished file its name and makes sure that both survive a loss of power.
  static func rename(_ path: String, to name: String) throws(RunStoreError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(name) }
    let code = FreeName.move(path, to: name)
    guard code == 0 else { throw failure(name, code) }
  }
}
