extension RunStore {
  /// Finds rows of transcripts and of other tables.
  ///
  /// Takes milliseconds for a million rows: the newest rows that fit are found without a look at
  /// the others, and only ``SearchResult/rankedAmongNewest`` of them are ranked.
  ///
  /// - Throws: The code `invalidQuery` when nothing or too much is searched for.
  public func search(_ query: SearchQuery) throws(RunStoreError) -> SearchResult {
    let words = try query.expression
    return try access { connection throws(RunStoreError) in
      try Search(connection, query, words).result()
    }
  }

  /// Finds rows and shows them by their sources, the one with the best row first.
  ///
  /// - Parameters:
  ///   - query: What is searched for; its limit is that of each source.
  ///   - offset: How many sources come before, `0...`.
  ///   - limit: How many sources are shown at the most, `1...`.
  /// - Throws: The code `invalidQuery` when nothing or too much is searched for.
  public func searchBySource(
    _ query: SearchQuery,
    offset: Int,
    limit: Int
  ) throws(RunStoreError) -> SourceSearch {
    let words = try query.expression
    return try access { connection throws(RunStoreError) in
      try Search(connection, query, words).bySource(offset: offset, limit: limit)
    }
  }

  /// The models, prompts and languages that results have, so that others can be told for mistakes.
  public func searchChoices() throws(RunStoreError) -> SearchChoices {
    try access { connection throws(RunStoreError) in
      SearchChoices(
        models: try connection.rows("SELECT DISTINCT model FROM items ORDER BY 1") { $0.text(0) },
        prompts: try connection.rows("SELECT DISTINCT prompt_name FROM items ORDER BY 1") {
          $0.text(0)
        },
        languages: try connection.rows(
          "SELECT DISTINCT language FROM items WHERE language IS NOT NULL ORDER BY 1"
        ) { $0.text(0) }
      )
    }
  }
}

extension SearchQuery {
  /// What is looked for in the index; `nil` when no words are searched for.
  fileprivate var expression: MatchExpression? {
    get throws(RunStoreError) {
      let words = try MatchExpression(words)
      guard words.phrases.isEmpty else { return words }
      guard isFiltered else {
        throw RunStoreError(
          .invalidQuery,
          "There is no word to search for.",
          remedy: "Give a word, or another thing to search by, such as a speaker."
        )
      }
      return nil
    }
  }
}
