/// How people name runs and items: an id, the beginning of one, or `last`; `.N` for an item.
enum ItemReference {
  static let last = "last"

  /// The run and the position in it, when there is one.
  static func parts(_ reference: String) -> (run: String, position: Int?) {
    guard let dot = reference.lastIndex(of: "."),
      let position = Int(reference[reference.index(after: dot)...])
    else { return (reference, nil) }
    return (String(reference[..<dot]), position)
  }
}

extension Connection {
  func resolveRun(_ reference: String) throws(RunStoreError) -> String {
    if reference == ItemReference.last {
      let id = try first("SELECT id FROM runs ORDER BY started_ms DESC, id DESC LIMIT 1") {
        $0.text(0)
      }
      guard let id else { throw .unknownRun(reference) }
      return id
    }
    // The beginning is compared as bytes; LIKE would see wildcards in it.
    let ids = try rows(
      "SELECT id FROM runs WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id = ?1 DESC LIMIT 2",
      .text(reference)
    ) { $0.text(0) }
    guard let id = ids.first, !reference.isEmpty else { throw .unknownRun(reference) }
    guard ids.count == 1 || id == reference else { throw .manyRuns(reference) }
    return id
  }
}

extension RunStoreError {
  static func manyRuns(_ reference: String) -> RunStoreError {
    RunStoreError(
      .ambiguousRun,
      "Several runs begin with \(reference.prefix(80)).",
      remedy: "Give more of the id; tabscribe runs list shows all of them."
    )
  }

  static func manyItems(_ run: String, _ count: Int) -> RunStoreError {
    RunStoreError(
      .ambiguousRun,
      "Run \(run) has \(count) items.",
      remedy: "Name one of them, such as \(run).1."
    )
  }
}
