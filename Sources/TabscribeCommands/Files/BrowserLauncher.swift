internal import CommandLineInterface
internal import OrderedJSON

#if canImport(Glibc)
@preconcurrency internal import Glibc
#elseif canImport(Musl)
@preconcurrency internal import Musl
#else
@preconcurrency internal import Darwin
#endif

/// Opens files in the desktop's browser.
struct BrowserLauncher {
  /// The program that knows the desktop's browser; found along `PATH`.
  let program: String

  #if canImport(Darwin)
  /// The launcher of the desktop this runs on.
  static let desktop = BrowserLauncher(program: "open")
  #else
  /// The launcher of the desktop this runs on.
  static let desktop = BrowserLauncher(program: "xdg-open")
  #endif

  /// Starts the browser and does not wait for it; no shell sees the path.
  ///
  /// - Parameter path: An absolute path, which can be no option.
  /// - Throws: `CommandError`, exit code 1, when there is no such program.
  func open(_ path: String) throws(CommandError) {
    precondition(path.hasPrefix("/"), "only an absolute path cannot be taken for an option")
    try launch(path)
  }

  /// Starts the browser at an address and does not wait for it.
  ///
  /// - Parameter page: An address of a server, with its scheme.
  func open(page: String) throws(CommandError) {
    precondition(page.hasPrefix("http"), "only an address cannot be taken for an option")
    try launch(page)
  }

  private func launch(_ path: String) throws(CommandError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A browser that writes to this terminal would disturb it.
    for descriptor in Int32(0)...2 {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own: an interrupt meant for this program leaves the browser open.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var words: [UnsafeMutablePointer<CChar>?] = [strdup(program), strdup(path), nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, &attributes, &words, environ)
    guard code == 0 else {
      throw CommandError(
        "No browser could be started: \(program): \(String(cString: strerror(code))).",
        remedy: "Open \(SafeText.line(path)) in a browser yourself.",
        details: ["path": .string(path)]
      )
    }
  }
}
