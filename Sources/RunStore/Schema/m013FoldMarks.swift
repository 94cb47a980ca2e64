extension Migration {
  /// The iota below a vowel of ancient Greek counts as a mark and no more as a letter: texts that may have
  /// one are indexed anew.
  static let m013FoldMarks = Migration(
    name: "m013FoldMarks",
    sql: "",
    finish: { connection throws(RunStoreError) in
      let hasAny = try connection.first(
        """
        SELECT 1 WHERE EXISTS (
          SELECT 1 FROM searched_texts WHERE text GLOB '*[\u{345}\u{37A}\u{1F80}-\u{1FFC}]*'
        ) OR EXISTS (
          SELECT 1 FROM speakers
          WHERE label || ifnull(company, '') GLOB '*[\u{345}\u{37A}\u{1F80}-\u{1FFC}]*'
        )
        """
      ) { _ in true }
      guard hasAny == true else { return }
      try connection.execute(
        """
        INSERT INTO text_words (text_words) VALUES ('rebuild');
        INSERT INTO speaker_words (speaker_words) VALUES ('rebuild');
        """
      )
    }
  )
}
