internal import CommandLineInterface
internal import HostSystem

extension CommandContext {
  /// The absolute path of what the user typed.
  func absolutePath(_ path: String) -> String { FilePath.joined(workingFolder, path) }
}
