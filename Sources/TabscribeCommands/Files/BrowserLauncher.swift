internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText

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
    do {
      try DetachedProgram(program, [path]).start()
    } catch {
      throw CommandError(
        "No browser could be started: \(program): \(error.reason).",
        remedy: "Open \(SafeText.line(path)) in a browser yourself.",
        details: ["path": .string(path)]
      )
    }
  }
}
