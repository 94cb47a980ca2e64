internal import OrderedJSON

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension RunStore {
  /// Keeps a round of a lab and gives it with its number.
  public func add(_ round: LabRound) throws(RunStoreError) -> LabRound {
    try access { connection throws(RunStoreError) in
      try connection.transaction(.power) { () throws(RunStoreError) in
        let id = try connection.one(
          "INSERT INTO lab_rounds (lab, started_ms, folder, facts) VALUES (?, ?, ?, ?) RETURNING id",
          .text(round.lab),
          .time(round.startedAt),
          .text(round.folder),
          .json(round.facts)
        )
        for (position, variant) in round.variants.enumerated() {
          try connection.run(
            """
            INSERT INTO lab_variants (round, position, name, prompt, settings)
            VALUES (?, ?, ?, ?, ?)
            """,
            .int(id),
            .int(position),
            .text(variant.name),
            .text(try connection.insert(text: variant.prompt.rendered())),
            .json(variant.settings)
          )
        }
        for (position, cell) in round.cells.enumerated() {
          try connection.run(
            """
            INSERT INTO lab_cells (round, position, variant, video, clip, repetition, item, scores)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .int(id),
            .int(position),
            .int(cell.variant),
            .text(cell.video),
            .text(cell.clip),
            .int(cell.repetition),
            .int(cell.item),
            .json(cell.scores)
          )
        }
        var kept = round
        kept.id = id
        return kept
      }
    }
  }

  /// The rounds of a lab, oldest first.
  public func labRounds(of lab: String) throws(RunStoreError) -> [LabRound] {
    try access { connection throws(RunStoreError) in
      let ids = try connection.rows(
        "SELECT id FROM lab_rounds WHERE lab = ? ORDER BY id",
        .text(lab)
      ) {
        $0.int64(0)
      }
      var rounds: [LabRound] = []
      for id in ids { if let round = try connection.labRound(id) { rounds.append(round) } }
      return rounds
    }
  }

  /// The newest round of a lab; `nil` when there is none.
  public func newestLabRound(of lab: String) throws(RunStoreError) -> LabRound? {
    try access { connection throws(RunStoreError) in
      let id = try connection.first(
        "SELECT id FROM lab_rounds WHERE lab = ? ORDER BY id DESC LIMIT 1",
        .text(lab)
      ) { $0.int64(0) }
      return try id.flatMap { id throws(RunStoreError) in try connection.labRound(id) }
    }
  }

  /// A round by its number; `nil` when there is none.
  public func labRound(_ id: Int64) throws(RunStoreError) -> LabRound? {
    try access { connection throws(RunStoreError) in try connection.labRound(id) }
  }

  /// Sets or moves a baseline of a lab.
  public func setBaseline(
    _ name: String,
    of lab: String,
    round: Int64,
    variant: Int
  ) throws(RunStoreError) {
    try access { connection throws(RunStoreError) in
      _ = try connection.run(
        """
        INSERT INTO lab_baselines (lab, name, round, variant, set_ms) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (lab, name) DO UPDATE SET
          round = excluded.round, variant = excluded.variant, set_ms = excluded.set_ms
        """,
        .text(lab),
        .text(name),
        .int(round),
        .int(variant),
        .time(now())
      )
    }
  }

  /// Forgets a baseline of a lab; `false` when there is none of the name.
  public func deleteBaseline(_ name: String, of lab: String) throws(RunStoreError) -> Bool {
    try access { connection throws(RunStoreError) in
      try connection.run(
        "DELETE FROM lab_baselines WHERE lab = ? AND name = ?",
        .text(lab),
        .text(name)
      ) > 0
    }
  }

  /// The baselines of a lab, by name.
  public func baselines(of lab: String) throws(RunStoreError) -> [LabBaseline] {
    try access { connection throws(RunStoreError) in
      try connection.rows(
        "SELECT name, round, variant, set_ms FROM lab_baselines WHERE lab = ? ORDER BY name",
        .text(lab)
      ) { row in
        LabBaseline(
          name: row.text(0),
          round: row.int64(1),
          variant: row.int(2),
          setAt: row.date(3)
        )
      }
    }
  }

  /// The newest item that has a result, complete or not, and one of some identities, the first that
  /// any has; or `nil`.
  public func answeredItem(identities: [String]) throws(RunStoreError) -> StoredItem? {
    if let item = try completeItem(identities: identities) { return item }
    return try access { connection throws(RunStoreError) in
      for identity in identities {
        let id = try connection.first(
          """
          SELECT id FROM items WHERE identity = ? AND status = 'partial'
            AND EXISTS (SELECT 1 FROM documents WHERE item = items.id) ORDER BY id DESC LIMIT 1
          """,
          .text(identity)
        ) { $0.int64(0) }
        if let id { return try connection.item(id) }
      }
      return nil
    }
  }
}

extension Connection {
  fileprivate func labRound(_ id: Int64) throws(RunStoreError) -> LabRound? {
    let variants = try rows(
      """
      SELECT v.name, t.text, v.settings FROM lab_variants v JOIN texts t ON t.digest = v.prompt
      WHERE v.round = ? ORDER BY v.position
      """,
      .int(id)
    ) { row throws(RunStoreError) in
      LabRound.Variant(name: row.text(0), prompt: try row.json(1), settings: try row.json(2))
    }
    let cells = try rows(
      """
      SELECT variant, video, clip, repetition, item, scores FROM lab_cells
      WHERE round = ? ORDER BY position
      """,
      .int(id)
    ) { row throws(RunStoreError) in
      LabRound.Cell(
        variant: row.int(0),
        video: row.text(1),
        clip: row.text(2),
        repetition: row.int(3),
        item: row.isNull(4) ? nil : row.int64(4),
        scores: try row.json(5)
      )
    }
    return try first(
      "SELECT lab, started_ms, folder, facts FROM lab_rounds WHERE id = ?",
      .int(id)
    ) { row throws(RunStoreError) in
      var round = LabRound(
        lab: row.text(0),
        startedAt: row.date(1),
        folder: row.text(2),
        facts: try row.json(3),
        variants: variants,
        cells: cells
      )
      round.id = id
      return round
    }
  }
}
