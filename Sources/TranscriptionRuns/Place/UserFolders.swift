internal import HostSystem
internal import PlainText

/// The folders that belong to the user, not to one video.
///
/// `TABSCRIBE_HOME` holds all of them; without it they follow the XDG Base Directory
/// Specification, which also says that a relative path in its variables does not count.
package struct UserFolders: Hashable {
  /// The configuration, prompts and schemas.
  package let configuration: String
  /// What must not be lost.
  package let data: String
  /// What should be known of the variables that name them, a sentence each.
  package let warnings: [String]

  package init(environment: [String: String]) {
    if let home = Self.absolute(environment["TABSCRIBE_HOME"]) {
      configuration = home
      data = FilePath.joined(home, "data")
      warnings = []
      return
    }
    let home = Self.absolute(environment["HOME"]) ?? "/"
    func folder(_ variable: String, _ usual: String) -> String {
      let base = Self.absolute(environment[variable]) ?? FilePath.joined(home, usual)
      return FilePath.joined(base, "tabscribe")
    }
    configuration = folder("XDG_CONFIG_HOME", ".config")
    data = folder("XDG_DATA_HOME", ".local/share")
    warnings = Self.warnings(environment, data: data)
  }

  private static func warnings(_ environment: [String: String], data: String) -> [String] {
    var warnings: [String] = []
    let place = SafeText.quoted(data)
    if let home = environment["TABSCRIBE_HOME"], !home.isEmpty {
      warnings.append(
        "TABSCRIBE_HOME is \(SafeText.quoted(home)), which is no absolute path and does not count; "
          + "runs are kept in \(place)."
      )
    } else if absolute(environment["HOME"]) == nil, absolute(environment["XDG_DATA_HOME"]) == nil {
      warnings.append("HOME names no folder, so that runs are kept in \(place).")
    }
    return warnings
  }

  private static func absolute(_ path: String?) -> String? {
    guard let path, path.hasPrefix("/") else { return nil }
    return path
  }
}
