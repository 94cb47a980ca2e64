public import Foundation

/// A program in the place of `ffprobe`, which notes each call.
public struct FakeProber: Sendable {
  private let folder: URL

  /// The program's path.
  public var path: String { folder.appending(path: "ffprobe").path }

  /// Writes the program into a folder, which is made where it is not there.
  ///
  /// - Parameter report: What it answers with; `nil` hangs instead.
  public init(in folder: URL, answering report: String?) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let rest = report.map { "echo '\($0)'" } ?? "exec sleep 60"
    let script = "#!/bin/sh\necho call >> '\(folder.path)/calls'\n\(rest)\n"
    // By another process: a program that this one holds open for writing, or a child that another test
    // begins meanwhile, cannot be run.
    let write = #"cat > "$0.new" && chmod 755 "$0.new" && mv "$0.new" "$0""#
    _ = try ChildProcess.run("/bin/sh", ["-c", write, path], input: script)
  }

  /// How often it was called.
  public var calls: Int {
    let log = try? String(contentsOf: folder.appending(path: "calls"), encoding: .utf8)
    return log?.split(separator: "\n").count ?? 0
  }
}
