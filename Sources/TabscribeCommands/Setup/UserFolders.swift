/// The folders that belong to the user, not to one video.
///
/// `TABSCRIBE_HOME` holds all of them; without it they follow the XDG Base Directory
/// Specification, which also says that a relative path in its variables does not count.
struct UserFolders: Hashable {
  /// The configuration, prompts and schemas.
  let configuration: String
  /// What must not be lost.
  let data: String

  init(environment: [String: String]) {
    if let home = Self.absolute(environment["TABSCRIBE_HOME"]) {
      configuration = home
      data = FilePath.joined(home, "data")
      return
    }
    let home = Self.absolute(environment["HOME"]) ?? "/"
    func folder(_ variable: String, _ usual: String) -> String {
      let base = Self.absolute(environment[variable]) ?? FilePath.joined(home, usual)
      return FilePath.joined(base, "tabscribe")
    }
    configuration = folder("XDG_CONFIG_HOME", ".config")
    data = folder("XDG_DATA_HOME", ".local/share")
  }

  private static func absolute(_ path: String?) -> String? {
    guard let path, path.hasPrefix("/") else { return nil }
    return path
  }
}
