internal import TranscriptModel

extension TableSink {
  /// Takes over the rows and findings of a text inside the reply.
  ///
  /// - Parameters:
  ///   - text: The decoded text that the other sink's cells point into.
  ///   - place: Where the text stands in the reply.
  ///   - open: The table that has begun already at that place.
  mutating func adopt(
    _ other: TableSink,
    from text: [UInt8],
    as place: Range<Int>,
    open: Int?
  ) {
    let first = contents.map(\.origins.count)
    for table in shapes.indices where other.isSeen[table] {
      if table != open { begin(table: table) }
      append(other.contents[table], of: text, to: table, place)
    }
    findings.absorb(other.findings, rows: first, at: place)
    for refusal in other.refusals { keep(refusal.table, place) }
  }

  private mutating func append(
    _ rows: Table.Contents,
    of text: [UInt8],
    to table: Int,
    _ place: Range<Int>
  ) {
    for slot in rows.slots {
      var slot = slot
      if slot.isText {
        let range = slot.value..<slot.value + Int(slot.count)
        let start = contents[table].ownText.count
        contents[table].ownText += slot.isOwn ? rows.ownText[range] : text[range]
        slot = Table.Slot(kind: slot.kind, value: start, count: range.count, isOwn: true)
      }
      contents[table].slots.append(slot)
    }
    contents[table].origins += rows.origins.map { _ in Table.Origin(place) }
  }
}
