internal import CPostgreSQL

extension RunStoreError {
  /// What a refusal of the server means for the user.
  ///
  /// - Parameters:
  ///   - state: The class of the error (PostgreSQL, "Error Codes"); empty when the connection was lost.
  ///   - details: The server's own words, which name tables and columns.
  static func postgresql(_ state: String, name: String, details: String) -> RunStoreError {
    let store = "The run store \(name)"
    switch state {
    case "40001", "40P01", "55P03", "57014":
      return RunStoreError(
        .busy,
        "\(store) is locked by another process.",
        remedy: "Wait until that process is done and run the command again."
      )
    case "53300":
      return RunStoreError(
        .busy,
        "The server of the run store \(name) takes no more connections.",
        remedy: "Use fewer workers, or raise its max_connections."
      )
    case "53100", "53000", "53200":
      return RunStoreError(
        .full,
        "\(store) cannot grow: the disk or memory of its server is full.",
        remedy: "Make room there; nothing stored is lost."
      )
    case "42501", "25006":
      return RunStoreError(
        .readOnly,
        "\(store) may not be written.",
        remedy: "Let the owner of its tables grant you the right, or name another store."
      )
    case "XX001", "XX002":
      return RunStoreError(
        .damaged,
        "\(store) is damaged (\(details)).",
        remedy: "Go back to a backup of the server, if there is one."
      )
    case "54000":
      return .tooLarge(name)
    case _ where state.hasPrefix("23"):
      return RunStoreError(
        .inconsistent,
        "\(store) does not take what contradicts it (\(details)).",
        remedy: "Run tabscribe runs check."
      )
    default:
      return RunStoreError(
        .unreadable,
        "\(store) cannot be used (\(details), SQLSTATE \(state)).",
        remedy: "Check the server and what its log says."
      )
    }
  }

  /// The server cannot be reached, or let nobody in.
  static func away(_ name: String, _ handle: OpaquePointer?) -> RunStoreError {
    let words = handle.map { String(cString: PQerrorMessage($0)) } ?? "no memory"
    let reason = words.split(separator: "\n").first.map(String.init) ?? "the connection was lost"
    let needsPassword = handle.map { PQconnectionNeedsPassword($0) == 1 } ?? false
    let remedy =
      if needsPassword || reason.contains("password") {
        "Put the password into the file ~/.pgpass, or into the one that PGPASSFILE names."
      } else if reason.contains("does not exist") {
        "Make it, as with createdb or createuser, or mend the address."
      } else {
        "Start the server or mend the address, and run the command again; nothing stored is lost."
      }
    return RunStoreError(
      .away,
      "The server of the run store \(name) cannot be used: \(reason).",
      remedy: remedy
    )
  }
}
