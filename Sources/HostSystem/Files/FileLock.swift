#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// Keeps other processes out while a file is read, changed and replaced.
///
/// The lock is a file of its own beside the one it guards, which a replaced file could not be. It is
/// gone when nobody needs it, and the system drops the lock of a process that dies.
package enum FileLock {
  /// Why a lock could not be had: a code of the system, `EWOULDBLOCK` when somebody else held it
  /// all the time.
  package struct Failure: Error, Hashable {
    /// The code.
    package let code: Int32
  }

  /// The longest wait unless told otherwise; whoever holds a lock reads and writes one file.
  package static let usualPatience = Duration.seconds(10)

  /// Runs a body while no other process or task holds the lock of a file.
  ///
  /// Where the file system has no locks the body runs all the same: it must still look whether the
  /// file is the one it read.
  ///
  /// - Parameter path: The absolute path of the file, with links followed.
  package static func held<Value>(
    of path: String,
    patience: Duration = usualPatience,
    _ body: () throws -> Value
  ) throws -> Value {
    let lock = Self.path(of: path)
    let descriptor = try acquire(lock, until: .now + patience)
    // Gone before it is given back: whoever waits for it notices and begins anew.
    defer {
      unlink(lock)
      close(descriptor)
    }
    return try body()
  }

  /// Where the lock of a file is; two whose long names begin alike share one.
  package static func path(of path: String) -> String {
    let end = path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex
    var name = path[end...]
    while name.utf8.count > longestName { name.removeLast() }
    return "\(path[..<end]).\(name)\(ending)"
  }

  /// How the names of locks end.
  package static let ending = ".tabscribe-lock"

  /// What leaves room for the rest within the 255 bytes of common file systems.
  private static let longestName = 200

  private static func acquire(
    _ lock: String,
    until end: ContinuousClock.Instant
  ) throws(Failure) -> Int32 {
    while true {
      let descriptor = try opened(lock)
      let code = locked(descriptor, until: end)
      if code == 0, isStill(descriptor, lock) { return descriptor }
      // No locks here, which no waiting changes.
      if code != 0, code != EWOULDBLOCK { return descriptor }
      close(descriptor)
      if code == EWOULDBLOCK { throw Failure(code: code) }
    }
  }

  private static func opened(_ lock: String) throws(Failure) -> Int32 {
    let flags = O_CREAT | O_CLOEXEC | O_NOFOLLOW
    let descriptor = open(lock, flags | O_RDWR, 0o666)
    if descriptor >= 0 { return descriptor }
    // Somebody else's, who works in the same folder: to lock it, reading is enough.
    let other = errno == EACCES ? open(lock, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1
    guard other >= 0 else { throw Failure(code: errno) }
    return other
  }

  private static func locked(_ descriptor: Int32, until end: ContinuousClock.Instant) -> Int32 {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else { return errno }
      guard ContinuousClock.now < end else { return EWOULDBLOCK }
      usleep(5000)
    }
    return 0
  }

  /// Whether a file that is open still has its name, and was not given up by the one before.
  private static func isStill(_ descriptor: Int32, _ path: String) -> Bool {
    var (mine, there) = (stat(), stat())
    guard fstat(descriptor, &mine) == 0, lstat(path, &there) == 0 else { return false }
    return mine.st_ino == there.st_ino && mine.st_dev == there.st_dev
  }
}
