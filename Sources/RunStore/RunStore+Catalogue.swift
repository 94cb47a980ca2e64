extension RunStore {
  /// The transcripts that a query asks for.
  public func catalogue(_ query: CatalogueQuery) throws(RunStoreError) -> Catalogue {
    try access { connection throws(RunStoreError) in
      let fitting = query.values
      let total = try connection.one(
        """
        SELECT count(*) FROM items i JOIN sources s ON s.id = i.source
        WHERE instr(lower(coalesce(s.title, s.stem)), lower(?1)) > 0
          AND (?2 IS NULL OR i.prompt_name = ?2) AND (?3 IS NULL OR i.model = ?3)
          AND (?4 IS NULL OR i.status = ?4)
        """,
        fitting
      )
      var found: [Int64] = []
      try connection.each(
        """
        SELECT i.id FROM items i
          JOIN sources s ON s.id = i.source
          JOIN runs r ON r.id = i.run
        WHERE instr(lower(coalesce(s.title, s.stem)), lower(?1)) > 0
          AND (?2 IS NULL OR i.prompt_name = ?2) AND (?3 IS NULL OR i.model = ?3)
          AND (?4 IS NULL OR i.status = ?4)
        ORDER BY
          CASE WHEN ?5 = 'title' AND ?6 > 0 THEN coalesce(s.title, s.stem) END COLLATE NOCASE,
          CASE WHEN ?5 = 'title' AND ?6 < 0 THEN coalesce(s.title, s.stem) END COLLATE NOCASE DESC,
          -?6 * CASE ?5 WHEN 'made' THEN r.started_ms WHEN 'length' THEN s.duration_ms
            WHEN 'rows' THEN i.segments WHEN 'speakers' THEN i.speakers
            WHEN 'findings' THEN i.findings WHEN 'cost' THEN CAST(i.cost AS REAL) END NULLS LAST,
          r.started_ms DESC, i.position
        LIMIT ?7 OFFSET ?8
        """,
        fitting + [
          .text(query.order.rawValue), .int(query.isReversed ? -1 : 1), .int(query.limit),
          .int(query.offset),
        ]
      ) { row throws(RunStoreError) in
        found.append(row.int64(0))
        return true
      }
      var entries: [Catalogue.Entry] = []
      for id in found {
        guard let item = try connection.item(id), let run = try connection.started(item.run) else {
          continue
        }
        entries.append(Catalogue.Entry(item: item, madeAt: run))
      }
      return Catalogue(
        entries: entries,
        total: Int(total),
        prompts: try connection.choices(
          """
          SELECT i.prompt_name, count(*) FROM items i JOIN sources s ON s.id = i.source
          WHERE instr(lower(coalesce(s.title, s.stem)), lower(?)) > 0
          GROUP BY 1 ORDER BY 2 DESC, 1
          """,
          query.title
        ),
        models: try connection.choices(
          """
          SELECT i.model, count(*) FROM items i JOIN sources s ON s.id = i.source
          WHERE instr(lower(coalesce(s.title, s.stem)), lower(?)) > 0
          GROUP BY 1 ORDER BY 2 DESC, 1
          """,
          query.title
        ),
        statuses: try connection.choices(
          """
          SELECT i.status, count(*) FROM items i JOIN sources s ON s.id = i.source
          WHERE instr(lower(coalesce(s.title, s.stem)), lower(?)) > 0
          GROUP BY 1 ORDER BY 2 DESC, 1
          """,
          query.title
        )
      )
    }
  }
}

extension CatalogueQuery {
  /// What the statements take first: title, prompt, model, status.
  fileprivate var values: [SQLValue] {
    [.text(title), .text(prompt), .text(model), .text(status?.rawValue)]
  }
}

extension Connection {
  fileprivate func one(
    _ sql: StaticString,
    _ values: [SQLValue]
  ) throws(RunStoreError) -> Int64 {
    var result: Int64 = 0
    try each(sql, values) { row throws(RunStoreError) in
      result = row.int64(0)
      return true
    }
    return result
  }

  fileprivate func choices(
    _ sql: StaticString,
    _ title: String
  ) throws(RunStoreError) -> [Catalogue.Choice] {
    try rows(sql, .text(title)) { row in Catalogue.Choice(value: row.text(0), count: row.int(1)) }
  }
}
