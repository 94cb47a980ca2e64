internal import HostSystem
internal import PromptLab

/// What `lab watch` waits for: changes of a file, and lines that a person types.
enum WatchEvents {
  enum Event: Hashable, Sendable {
    /// The file has other contents, or is looked at for the first time.
    case changed
    /// A line of standard input.
    case key(String)
  }

  /// How often the file is looked at: sooner than a person looks up from the editor.
  private static let period = Duration.milliseconds(300)

  /// The events of a file, until standard input ends.
  static func events(of path: String) -> AsyncStream<Event> {
    AsyncStream { events in
      events.yield(.changed)
      let watching = Task {
        var last = try? HostFiles.read(path, limit: PromptWatch.largestPrompt)
        while !Task.isCancelled {
          try? await Task.sleep(for: period)
          // Editors replace a file: for a moment it may not be there, or be empty.
          guard let bytes = try? HostFiles.read(path, limit: PromptWatch.largestPrompt),
            !bytes.isEmpty, bytes != last
          else { continue }
          last = bytes
          events.yield(.changed)
        }
      }
      KeyLines.read { line in
        if let line { events.yield(.key(line)) } else { events.finish() }
      }
      events.onTermination = { _ in watching.cancel() }
    }
  }
}
