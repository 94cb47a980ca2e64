extension Migration {
  /// Words are told and folded by Unicode, and found in scripts that do not part them.
  ///
  /// The tokenizer is the program's own: others can read the tables, not search by the index.
  static let m009SearchByUnicode = Migration(
    name: "m009SearchByUnicode",
    sql: """
      DROP TABLE segment_words;
      CREATE VIRTUAL TABLE segment_words USING fts5 (
        text, content = 'segments', content_rowid = 'id', tokenize = 'tabscribe'
      );
      INSERT INTO segment_words (segment_words) VALUES ('rebuild');

      DROP TABLE speaker_words;
      CREATE VIRTUAL TABLE speaker_words USING fts5 (
        label, company, content = 'speakers', content_rowid = 'id', tokenize = 'tabscribe'
      );
      INSERT INTO speaker_words (speaker_words) VALUES ('rebuild');
      """
  )
}
