internal import CPostgreSQL

/// Where a store on a server is: `postgresql://…`, as libpq reads it.
///
/// What such an address leaves open, libpq takes from its variables and from `pg_service.conf`; passwords
/// come from its password file. One in the address is refused: it would be seen in lists of processes and
/// be kept with the runs.
struct ServerAddress {
  let text: String

  static func isAddress(_ text: String) -> Bool {
    ["postgresql://", "postgres://"].contains { text.lowercased().hasPrefix($0) }
  }

  init(_ text: String) throws(RunStoreError) {
    guard let options = PQconninfoParse(text, nil) else {
      throw RunStoreError(
        .notAStore,
        "The address of the run store cannot be read.",
        remedy: "Write postgresql://USER@HOST/DATABASE."
      )
    }
    defer { PQconninfoFree(options) }
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val, value.pointee != 0,
        String(cString: keyword).hasSuffix("password")
      {
        throw .passwordInAddress
      }
      option += 1
    }
    self.text = text
  }

  /// Opens a connection; of one that failed, the reason can be asked.
  func connect() -> OpaquePointer? {
    // What the address says comes later and counts.
    let options: [(String, String)] = [
      ("connect_timeout", "10"), ("fallback_application_name", "tabscribe"), ("dbname", text),
      ("client_encoding", "UTF8"),
    ]
    var pointers: [[UnsafePointer<CChar>?]] = [[], []]
    func with(
      _ rest: ArraySlice<(String, String)>,
      _ body: () -> OpaquePointer?
    ) -> OpaquePointer? {
      guard let (keyword, value) = rest.first else { return body() }
      return keyword.withCString { keyword in
        value.withCString { value in
          pointers[0].append(keyword)
          pointers[1].append(value)
          return with(rest.dropFirst(), body)
        }
      }
    }
    return with(options[...]) {
      PQconnectdbParams(pointers[0] + [nil], pointers[1] + [nil], 1)
    }
  }
}

extension RunStoreError {
  static let passwordInAddress = RunStoreError(
    .notAStore,
    "The address of the run store holds a password, which would be seen and kept.",
    remedy: "Take it out, and put it into the file ~/.pgpass or the one that PGPASSFILE names."
  )
}
