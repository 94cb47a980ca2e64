extension TranscriptDocument {
  /// The tables that are neither the rows of the transcript nor its speakers, in schema order: sounds,
  /// quotes, whatever a schema asks for.
  package var furtherTables: [Table] {
    guard let transcript = tables.firstIndex(where: { $0.column(.text) != nil }) else {
      return tables
    }
    let speakers = tables.firstIndex { $0.column(.text) == nil && $0.column(.voice) != nil }
    return tables.indices.filter { $0 != transcript && $0 != speakers }.map { tables[$0] }
  }
}
