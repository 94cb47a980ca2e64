internal import CommandLineInterface
internal import HostSystem
internal import PlainText
internal import RequestPlanning
internal import TranscriptionRuns

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The models the program knows, with the user's own file put over them.
enum ModelsFile {
  /// The name of the user's file in the configuration folder.
  static let name = "models.json"

  /// The catalogue as it counts for the user.
  ///
  /// - Throws: `CommandError`, exit code 2, with the line and reason of a faulty file.
  static func catalog(_ folders: UserFolders) throws(CommandError) -> ModelCatalog {
    try catalog(at: FilePath.joined(folders.configuration, name))
  }

  /// The catalogue with the file at a path put over the built-in one.
  static func catalog(at path: String) throws(CommandError) -> ModelCatalog {
    do {
      let builtIn = try ModelCatalog.builtIn()
      guard HostFiles.kind(of: path) == .file else { return builtIn }
      return try builtIn.overridden(by: try HostFiles.read(path), file: path)
    } catch let error as ModelDataError {
      throw .usage(
        "\(SafeText.line(error.description)).",
        remedy: "Mend the file at that line, or move it away to use the built-in models."
      )
    } catch {
      throw CommandError(
        "The models file \(SafeText.quoted(path)) cannot be read: \(SafeText.line("\(error)")).",
        remedy: "Check the path and its permissions."
      )
    }
  }

  /// The day by the clock of the command.
  static func today(_ context: CommandContext) -> CalendarDay {
    CalendarDay(secondsSince1970: Int(context.now().timeIntervalSince1970))
  }
}
