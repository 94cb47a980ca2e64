internal import UnicodeText

extension RunStore {
  /// The transcripts that a query asks for.
  public func catalogue(_ query: CatalogueQuery) throws(RunStoreError) -> Catalogue {
    try access { connection throws(RunStoreError) in
      let kinds = try connection.kinds(query.title)
      let total = kinds.filter { query.fits($0) }.reduce(0) { $0 + $1.count }
      var entries: [Catalogue.Entry] = []
      for id in try connection.items(query) {
        guard let item = try connection.item(id), let run = try connection.started(item.run) else {
          continue
        }
        entries.append(Catalogue.Entry(item: item, madeAt: run))
      }
      return Catalogue(
        entries: entries,
        total: total,
        prompts: Catalogue.choices(kinds, \.prompt),
        models: Catalogue.choices(kinds, \.model),
        statuses: Catalogue.choices(kinds, \.status)
      )
    }
  }
}

/// How many transcripts have the same prompt, model and status.
private struct CatalogueKind {
  let prompt: String
  let model: String
  let status: String
  let count: Int
}

extension CatalogueQuery {
  fileprivate func fits(_ kind: CatalogueKind) -> Bool {
    (prompt ?? kind.prompt) == kind.prompt && (model ?? kind.model) == kind.model
      && (status?.rawValue ?? kind.status) == kind.status
  }
}

extension Catalogue {
  /// The values of a property with how many have each, the most frequent first.
  fileprivate static func choices(
    _ kinds: [CatalogueKind],
    _ property: KeyPath<CatalogueKind, String>
  ) -> [Choice] {
    var counts: [String: Int] = [:]
    for kind in kinds { counts[kind[keyPath: property], default: 0] += kind.count }
    return counts.map { Choice(value: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
  }
}

extension Connection {
  /// What the transcripts are whose title fits, counted in one pass.
  fileprivate func kinds(_ title: String) throws(RunStoreError) -> [CatalogueKind] {
    try rows(
      SQL(
        sqlite: """
          SELECT i.prompt_name, i.model, i.status, count(*)
          FROM items i JOIN sources s ON s.id = i.source
          WHERE instr(coalesce(i.folded_title, folded(coalesce(s.title, s.stem))), ?) > 0
          GROUP BY 1, 2, 3
          """,
        postgresql: """
          SELECT i.prompt_name, i.model, i.status, count(*)
          FROM items i JOIN sources s ON s.id = i.source
          WHERE strpos(coalesce(i.folded_title, s.folded_title, s.folded_stem), ?) > 0
          GROUP BY 1, 2, 3
          """
      ),
      .text(SearchFolding.folded(title))
    ) { row in
      CatalogueKind(prompt: row.text(0), model: row.text(1), status: row.text(2), count: row.int(3))
    }
  }

  /// The numbers of the items of a page, in its order.
  fileprivate func items(_ query: CatalogueQuery) throws(RunStoreError) -> [Int64] {
    try rows(
      SQL(
        sqlite: """
          SELECT i.id FROM items i
            JOIN sources s ON s.id = i.source
            JOIN runs r ON r.id = i.run
          WHERE instr(coalesce(i.folded_title, folded(coalesce(s.title, s.stem))), ?1) > 0
            AND (?2 IS NULL OR i.prompt_name = ?2) AND (?3 IS NULL OR i.model = ?3)
            AND (?4 IS NULL OR i.status = ?4)
          ORDER BY
            CASE WHEN ?5 = 'title' AND ?6 > 0 THEN coalesce(i.folded_title, folded(coalesce(s.title, s.stem))) END,
            CASE WHEN ?5 = 'title' AND ?6 < 0 THEN coalesce(i.folded_title, folded(coalesce(s.title, s.stem))) END DESC,
            -?6 * CASE ?5 WHEN 'made' THEN r.started_ms WHEN 'length' THEN s.duration_ms
              WHEN 'recorded' THEN s.recorded_ms WHEN 'checked' THEN i.checked
              WHEN 'rows' THEN i.segments WHEN 'speakers' THEN i.speakers
              WHEN 'findings' THEN i.findings
              WHEN 'cost' THEN iif(i.stand_in IS NULL, CAST(i.cost AS REAL), NULL) END NULLS LAST,
            r.started_ms DESC, i.position
          LIMIT ?7 OFFSET ?8
          """,
        postgresql: """
          SELECT i.id FROM items i
            JOIN sources s ON s.id = i.source
            JOIN runs r ON r.id = i.run
          WHERE strpos(coalesce(i.folded_title, s.folded_title, s.folded_stem), ?1) > 0
            AND (?2 IS NULL OR i.prompt_name = ?2) AND (?3 IS NULL OR i.model = ?3)
            AND (?4 IS NULL OR i.status = ?4)
          ORDER BY
            CASE WHEN ?5 = 'title' AND ?6 > 0 THEN coalesce(i.folded_title, s.folded_title, s.folded_stem) END,
            CASE WHEN ?5 = 'title' AND ?6 < 0 THEN coalesce(i.folded_title, s.folded_title, s.folded_stem) END DESC,
            -?6 * CASE ?5 WHEN 'made' THEN r.started_ms WHEN 'length' THEN s.duration_ms
              WHEN 'recorded' THEN s.recorded_ms WHEN 'checked' THEN i.checked
              WHEN 'rows' THEN i.segments WHEN 'speakers' THEN i.speakers
              WHEN 'findings' THEN i.findings
              WHEN 'cost' THEN CASE WHEN i.stand_in IS NULL THEN CAST(i.cost AS double precision) END
              END NULLS LAST,
            r.started_ms DESC, i.position
          LIMIT ?7 OFFSET ?8
          """
      ),
      .text(SearchFolding.folded(query.title)),
      .text(query.prompt),
      .text(query.model),
      .text(query.status?.rawValue),
      .text(query.order.rawValue),
      .int(query.isReversed ? -1 : 1),
      .int(query.limit),
      .int(query.offset)
    ) { $0.int64(0) }
  }
}
