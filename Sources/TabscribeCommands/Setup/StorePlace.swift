internal import CommandLineInterface
internal import HostSystem
internal import RunStore
internal import TranscriptionRuns

/// Where the run store is: as `--store` says, or else the variable, or the configuration.
enum StorePlace {
  /// Every command takes it.
  static let option = ValueOption(
    "store",
    .text("STORE"),
    help: "the run store: a file, or postgresql://USER@HOST/DATABASE to share one; default: a file"
  )

  /// The variable; `.env` does not count, since a folder must not move what the user has.
  static let variable = "TABSCRIBE_STORE"

  /// Puts the place that counts into the variable, as an absolute path or an address.
  ///
  /// - Throws: `CommandError`, exit code 2, for an address with a password or that cannot be read.
  static func prepare(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws -> CommandContext {
    let place = arguments[option] ?? context.environment[variable] ?? ""
    if place.isEmpty {
      return context.setting(variable, to: try configured(arguments, context))
    }
    return context.setting(variable, to: try absolute(place, from: context.workingFolder))
  }

  /// What the configuration says; a file that cannot be read is told of where its options are.
  private static func configured(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) throws(CommandError) -> String? {
    let folder = UserFolders(environment: context.environment).configuration
    let file = try? UserConfiguration(folder: folder, program: arguments.program)
    return try (file?.values[option.declaration.name]?.last).map { place throws(CommandError) in
      try absolute(place, from: folder)
    }
  }

  private static func absolute(
    _ place: String,
    from folder: String
  ) throws(CommandError) -> String {
    guard RunStore.isAddress(place) else { return FilePath.joined(folder, place) }
    do throws(RunStoreError) {
      try RunStore.checkAddress(place)
      return place
    } catch {
      throw .usage(error.message, remedy: error.remedy)
    }
  }
}
