internal import HostSystem
internal import PlainText

/// Messages and progress for people, on standard error.
///
/// On a terminal the progress is one line redrawn in place, and a message is put above it; elsewhere
/// each stage is a line of its own and the steps between are left out.
package final class StatusReporter: Sendable {
  /// How much is shown.
  package enum Mode: Hashable, Sendable {
    /// Warnings only.
    case quiet
    /// Messages, but no progress.
    case messages
    /// Messages, and a line for each stage.
    case lines
    /// Messages, and one line of progress redrawn in place.
    case live(width: Int)
  }

  private struct State {
    var line = ""
    var drawn = ContinuousClock.now - .seconds(1)
  }

  /// Styles for messages; plain where nobody would see them.
  package let style: TextStyle
  private let output: any TextOutput
  private let mode: Mode
  private let state = Lock(State())

  /// A reporter that writes to the output.
  package init(_ output: any TextOutput, style: TextStyle, mode: Mode) {
    self.output = output
    self.style = style
    self.mode = mode
  }

  /// The columns of the line redrawn in place; `nil` where there is none, and steps go unseen.
  package var liveWidth: Int? {
    if case .live(let width) = mode { width } else { nil }
  }

  /// Whether messages are kept back.
  package var isQuiet: Bool { mode == .quiet }

  /// Says something once; left out with `--quiet`.
  package func message(_ text: String) {
    if mode != .quiet { writeAbove(text) }
  }

  /// Says something that matters also to those who asked for quiet.
  package func warning(_ text: String) {
    writeAbove(style.yellow("warning:") + " " + text)
  }

  /// Says that a part of the work failed, and what to do about it.
  package func failure(_ error: CommandError, about subject: String) {
    let message = error.message(about: subject)
    let colon = message == error.message ? ":" : ""
    writeAbove(
      style.red("error:") + " \(SafeText.line(subject))\(colon) \(SafeText.line(message))\n"
        + SafeText.line(error.remedy)
    )
  }

  /// Begins a stage: the new line of progress, or a line of its own.
  package func stage(_ text: String) {
    switch mode {
    case .quiet, .messages: break
    case .lines: output.write(SafeText.terminal(text) + "\n")
    case .live: draw(text)
    }
  }

  /// Replaces the line of progress; at most about ten times a second, and only on a terminal.
  package func update(_ text: @autoclosure () -> String) {
    guard case .live = mode else { return }
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      guard now - state.drawn >= .milliseconds(90) else { return false }
      state.drawn = now
      return true
    }
    if isDue { draw(text()) }
  }

  /// Removes the line of progress.
  package func clear() {
    let hadLine = state.withLock { state in
      defer { state.line = "" }
      return !state.line.isEmpty
    }
    if hadLine { output.write("\r\u{1B}[K") }
  }

  private func draw(_ text: String) {
    guard case .live(let width) = mode else { return }
    // One column stays free: some terminals wrap when the last one is filled.
    let line = DisplayWidth.truncated(SafeText.terminal(text), to: width - 1)
    state.withLock { $0.line = line }
    output.write("\r\u{1B}[K" + line)
  }

  private func writeAbove(_ text: String) {
    let text = SafeText.terminal(text)
    let line = state.withLock { $0.line }
    output.write(line.isEmpty ? text + "\n" : "\r\u{1B}[K\(text)\n\(line)")
  }
}
