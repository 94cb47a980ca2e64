/// What answered in the place of the service: nothing of it was billed, whatever its tokens would have
/// cost.
public enum StandIn: String, Hashable, Sendable, CaseIterable {
  /// A service on this machine, such as `tabscribe emulate`.
  case emulator
  /// Answers that were recorded before.
  case recording

  /// What a run is that it answered, in a word.
  package var participle: String {
    switch self {
    case .emulator: "emulated"
    case .recording: "replayed"
    }
  }

  /// A sentence that says so.
  package var remark: String {
    switch self {
    case .emulator: "An emulator answered in the place of the service; nothing was billed."
    case .recording: "The answers were replayed from a recording; nothing was billed."
    }
  }
}
