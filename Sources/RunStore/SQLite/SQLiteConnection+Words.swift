internal import CSQLite
internal import UnicodeText

extension SQLiteConnection {
  /// Makes `weighed_rank(text_words, WEIGHTS)` known, the rank of a row by the weights of phrases.
  func addRank() throws(RunStoreError) { try check(csqlite_add_rank(handle, "weighed_rank")) }

  /// Makes `folded(TEXT)` known, by which texts are compared that people type.
  func addFolding() throws(RunStoreError) {
    try check(
      csqlite_add_text_function(handle, "folded") { result, _, values in
        guard let value = values?[0], let text = sqlite3_value_text(value) else { return }
        var folded = SearchFolding.folded(String(cString: text))
        folded.withUTF8 { bytes in
          bytes.withMemoryRebound(to: CChar.self) { text in
            csqlite_result_text(result, text.baseAddress, Int32(clamping: text.count))
          }
        }
      }
    )
  }

  /// Makes the tokenizer `tabscribe` known, by which the index takes texts and searches apart.
  ///
  /// Programs that do not know it can read everything but the index.
  func addTokenizer() throws(RunStoreError) {
    try check(
      csqlite_add_tokenizer(handle, "tabscribe") { _, context, _, text, size, take in
        guard let text, let take, size > 0 else { return SQLITE_OK }
        let bytes = UnsafeBufferPointer(
          start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self),
          count: Int(size)
        )
        var code = SQLITE_OK
        SearchWords.each(in: bytes) { word, range in
          code = word.withMemoryRebound(to: CChar.self) { word in
            take(
              context,
              0,
              word.baseAddress,
              Int32(word.count),
              Int32(range.lowerBound),
              Int32(range.upperBound)
            )
          }
          return code == SQLITE_OK
        }
        return code
      }
    )
  }
}
