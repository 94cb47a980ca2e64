/// How a model is asked to write its tables.
public enum ReplyEncoding: String, Sendable, CaseIterable {
  /// One JSON object with an array of row objects for each table.
  case json
  /// One block of tab-separated lines between tags for each table.
  case tsv
}
