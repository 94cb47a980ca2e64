extension RunStore {
  /// Other transcripts of the recording of an item, by its address or its contents, the newest first.
  ///
  /// - Parameter limit: The most that are wanted, `1...`.
  public func items(
    besides item: Int64,
    limit: Int
  ) throws(RunStoreError) -> [Catalogue.Entry] {
    try access { connection throws(RunStoreError) in
      let ids = try connection.rows(
        """
        SELECT o.id FROM items mine JOIN sources s ON s.id = mine.source
          JOIN items o ON o.source IN (
            SELECT s.id UNION
            SELECT id FROM sources WHERE content_hash = s.content_hash AND content_hash != ''
          )
        WHERE mine.id = ?1 AND o.id != ?1 AND EXISTS (SELECT 1 FROM documents WHERE item = o.id)
        ORDER BY o.id DESC LIMIT ?2
        """,
        .int(item),
        .int(limit)
      ) { $0.int64(0) }
      var entries: [Catalogue.Entry] = []
      for id in ids {
        guard let item = try connection.item(id), let made = try connection.started(item.run) else {
          continue
        }
        entries.append(Catalogue.Entry(item: item, madeAt: made))
      }
      return entries
    }
  }
}
