import Foundation

/// A text kept beside the tests, that a change must change knowingly.
public enum Snapshot {
  /// Compares a text with the file of a name in the folder `Snapshots` beside the caller's file.
  ///
  /// With `RECORD_SNAPSHOTS=1` in the environment the file is rewritten, and the comparison still
  /// fails where it changed: a new baseline is looked at.
  ///
  /// - Returns: `nil` when they are equal, else what differs.
  public static func difference(
    of text: String,
    from name: String,
    callerFile: String = #filePath
  ) -> String? {
    let file = URL(filePath: callerFile).deletingLastPathComponent()
      .appending(path: "Snapshots/\(name)")
    let expected = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) }
    if expected == text { return nil }
    if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
      let folder = file.deletingLastPathComponent()
      try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try? Data(text.utf8).write(to: file)
      return "\(name) was recorded; look at it"
    }
    guard let expected else { return "\(name) is missing; RECORD_SNAPSHOTS=1 writes it" }
    let lines = (expected.split(separator: "\n"), text.split(separator: "\n"))
    let common = zip(lines.0, lines.1).prefix { $0 == $1 }.count
    let old = common < lines.0.count ? lines.0[common] : "(nothing)"
    let new = common < lines.1.count ? lines.1[common] : "(nothing)"
    return "\(name): expected \"\(old)\", found \"\(new)\"; RECORD_SNAPSHOTS=1 rewrites it"
  }
}
