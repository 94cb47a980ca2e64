extension RunStore {
  /// Finds rows of transcripts.
  ///
  /// Takes milliseconds for a million rows: the newest rows that fit are found without a look at
  /// the others, and only ``SearchResult/rankedAmongNewest`` of them are ranked.
  ///
  /// - Throws: The code `invalidQuery` when nothing or too much is searched for.
  public func search(_ query: SearchQuery) throws(RunStoreError) -> SearchResult {
    let words = try MatchExpression(query.words).text
    guard words != nil || query.isFiltered else {
      throw RunStoreError(
        .invalidQuery,
        "There is no word to search for.",
        remedy: "Give a word, or another thing to search by, such as a speaker."
      )
    }
    return try access { connection throws(RunStoreError) in
      let scope = try SearchScope(query, connection)
      let search = Search(connection: connection, query: query, words: words, scope: scope)
      return try search.result()
    }
  }
}

extension SearchQuery {
  /// Whether anything but words is searched for.
  fileprivate var isFiltered: Bool {
    speaker != nil || company != nil || source != nil || since != nil || until != nil || run != nil
      || item != nil
  }
}
