extension Search {
  /// The rows that fit, by their sources, and what they can be narrowed by.
  func bySource(offset: Int, limit: Int) throws(RunStoreError) -> SourceSearch {
    let candidates = try candidates(atLeast: Self.mostRanked)
    let isRanked = query.order == .rank && words != nil
    let ids = isRanked ? try ranked(candidates.ids, candidates.ids.count) : candidates.ids
    var facts = FactsOfItems(connection)
    var sources: [Int64] = []
    var rows: [Int64: [Int64]] = [:]
    for id in ids {
      guard let source = try facts.of(RowSpace.item(of: id))?.source else { continue }
      if rows[source] == nil { sources.append(source) }
      rows[source, default: []].append(id)
    }
    var groups: [SourceSearch.Group] = []
    for source in sources.dropFirst(max(0, offset)).prefix(max(1, limit)) {
      let all = rows[source] ?? []
      // The best are shown, as they are read.
      let hits = try hits(all.prefix(max(1, query.limit)).sorted())
      if !hits.isEmpty { groups.append(.init(hits: hits, count: all.count)) }
    }
    return SourceSearch(
      groups: groups,
      sourceCount: sources.count,
      hitCount: ids.count,
      areAll: candidates.areAll,
      facets: try facets(ids, &facts)
    )
  }

  private func facets(
    _ ids: [Int64],
    _ facts: inout FactsOfItems
  ) throws(RunStoreError) -> SourceSearch.Facets {
    SourceSearch.Facets(
      languages: try choices(\.language, \.language, ids, &facts),
      models: try choices(\.model, \.model, ids, &facts),
      prompts: try choices(\.prompt, \.prompt, ids, &facts),
      folders: try choices(\.folder, \.folder, ids, &facts)
    )
  }

  /// The values of a property among the rows that fit, as if none of them had been chosen.
  private func choices(
    _ property: KeyPath<ItemFacts, String?>,
    _ chosen: WritableKeyPath<SearchQuery, String?>,
    _ ids: [Int64],
    _ facts: inout FactsOfItems
  ) throws(RunStoreError) -> [Catalogue.Choice] {
    var ids = ids
    if query[keyPath: chosen] != nil {
      var wider = query
      wider[keyPath: chosen] = nil
      ids = try Search(connection, wider, words).candidates(atLeast: Self.mostRanked).ids
    }
    var counts: [String: Int] = [:]
    for id in ids {
      if let value = try facts.of(RowSpace.item(of: id))?[keyPath: property] {
        counts[value, default: 0] += 1
      }
    }
    return counts.map { Catalogue.Choice(value: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.value) < ($0.count, $1.value) }
  }
}

/// What an item can be told by.
private struct ItemFacts {
  let source: Int64
  let model: String?
  let prompt: String?
  let language: String?
  let folder: String?
}

/// The facts of items, each asked for once.
private struct FactsOfItems {
  private let connection: any Connection
  private var known: [Int64: ItemFacts] = [:]

  init(_ connection: any Connection) { self.connection = connection }

  mutating func of(_ item: Int64) throws(RunStoreError) -> ItemFacts? {
    if let facts = known[item] { return facts }
    let facts = try connection.first(
      """
      SELECT i.source, i.model, i.prompt_name, i.language, s.kind, s.uri, r.folder
      FROM items i JOIN runs r ON r.id = i.run JOIN sources s ON s.id = i.source WHERE i.id = ?
      """,
      .int(item)
    ) { row in
      ItemFacts(
        source: row.int64(0),
        model: row.text(1),
        prompt: row.text(2),
        language: row.optionalText(3),
        folder: SourceFolder.path(kind: row.text(4), row.text(5), of: row.text(6))
      )
    }
    known[item] = facts
    return facts
  }
}
