#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What is known of the terminal that the program runs in.
package struct TerminalProfile: Hashable, Sendable {
  /// Whether a person sees standard output directly.
  package var outputIsTerminal: Bool
  /// Whether a person sees standard error directly.
  package var errorIsTerminal: Bool
  /// Whether a person types standard input.
  package var inputIsTerminal: Bool
  /// Columns, 20 or more.
  package var width: Int

  /// No terminal, 80 columns, unless told otherwise.
  package init(
    outputIsTerminal: Bool = false,
    errorIsTerminal: Bool = false,
    inputIsTerminal: Bool = false,
    width: Int = 80
  ) {
    self.inputIsTerminal = inputIsTerminal
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.width = max(20, width)
  }

  /// The terminal of this process; `COLUMNS` stands in where the system does not know the width.
  package static func current(environment: [String: String]) -> TerminalProfile {
    let outputIsTerminal = isatty(1) == 1
    let errorIsTerminal = isatty(2) == 1
    let asked = outputIsTerminal ? columns(of: 1) : errorIsTerminal ? columns(of: 2) : nil
    return TerminalProfile(
      outputIsTerminal: outputIsTerminal,
      errorIsTerminal: errorIsTerminal,
      inputIsTerminal: isatty(0) == 1,
      width: asked ?? environment["COLUMNS"].flatMap { Int($0) } ?? 80
    )
  }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
