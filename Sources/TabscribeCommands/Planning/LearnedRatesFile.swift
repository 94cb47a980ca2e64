internal import OrderedJSON
internal import RequestPlanning

/// The rates learnt from the user's own runs, in the data folder.
///
/// The file saves looking through all runs again; losing it costs the precision of some estimates.
enum LearnedRatesFile {
  private static let name = "learned-rates.json"

  /// The rates; none when there is no such file, or none that can be read.
  static func read(_ folders: UserFolders) -> LearnedRates {
    guard let bytes = try? HostFiles.read(path(folders), limit: 64 << 20),
      let json = try? JSONValue(parsing: bytes)
    else { return LearnedRates() }
    return LearnedRates(json: json)
  }

  /// Adds what finished requests teach.
  static func learn(
    _ observations: [RunObservation],
    catalog: ModelCatalog,
    _ folders: UserFolders
  ) throws(SystemFailure) {
    guard !observations.isEmpty else { return }
    var rates = read(folders)
    for observation in observations { rates.learn(observation, catalog: catalog) }
    try HostFiles.createFolder(folders.data)
    try HostFiles.write(
      rates.json.renderedBytes(.pretty),
      to: path(folders),
      replacing: true
    )
  }

  private static func path(_ folders: UserFolders) -> String {
    FilePath.joined(folders.data, name)
  }
}
