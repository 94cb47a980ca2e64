extension Migration {
  /// Fills the index of words, which for a time had pairs of characters of scripts without blanks: each
  /// by itself takes half of the room, and is found as fast.
  static let m012IndexWords = Migration(
    name: "m012IndexWords",
    sql: """
      INSERT INTO text_words (text_words) VALUES ('rebuild');
      INSERT INTO speaker_words (speaker_words) VALUES ('rebuild');
      """
  )
}
