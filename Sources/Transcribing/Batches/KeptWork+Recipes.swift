internal import OrderedJSON
internal import TranscriptModel
internal import TranscriptRecipes

extension RecipeWork {
  /// What a recipe is asked about, as a document; the rows stand elsewhere.
  ///
  /// - Parameter rows: The position of the rows among those that are kept.
  func recordJSON(rows: Int) -> JSONValue {
    [
      "form": .string(form.rawValue), "rows": JSONValue(rows),
      "pieces": .array(
        pieces.map { piece in
          let ends = [
            piece.shown.lowerBound, piece.shown.upperBound, piece.fresh.lowerBound,
            piece.fresh.upperBound,
          ]
          return .array(ends.map { JSONValue($0) })
        }
      ),
    ]
  }

  /// The work of a document.
  ///
  /// - Parameters:
  ///   - transcripts: The rows that are kept, in order.
  ///   - count: How many parts are asked about.
  init(
    _ reader: RecordReader,
    of transcripts: [NumberedRows],
    count: Int
  ) throws(TranscriptionError) {
    let rows = try reader.element("rows", of: transcripts)
    guard let form = RecipeForm(rawValue: try reader.string("form")) else {
      throw try reader.required("form").fault("the form of a recipe is due")
    }
    let pieces = try reader.required("pieces")
    let read = try pieces.elements().map { reader throws(TranscriptionError) in
      guard let piece = RowPiece(record: reader.value, of: rows) else {
        throw reader.fault("ends of a part of the rows are due")
      }
      return piece
    }
    guard !read.isEmpty, read.count == count else {
      throw pieces.fault("as many parts as clips are due")
    }
    self.init(form: form, rows: rows, pieces: read)
  }
}

extension RowPiece {
  fileprivate init?(record value: JSONValue, of rows: NumberedRows) {
    let ends = value.array?.compactMap(\.int) ?? []
    guard ends.count == 4, ends[0] >= 0, ends[0] <= ends[2], ends[2] < ends[3], ends[3] <= ends[1],
      ends[1] <= rows.rows.count
    else { return nil }
    self.init(shown: ends[0]..<ends[1], fresh: ends[2]..<ends[3])
  }
}

extension NumberedRows {
  /// The rows as a document: `[number, start, end, speaker, text]` of each, times in milliseconds or
  /// `null`.
  var recordJSON: JSONValue {
    .array(
      rows.map { row in
        [
          JSONValue(row.number), row.start.map { JSONValue($0.milliseconds) } ?? .null,
          row.end.map { JSONValue($0.milliseconds) } ?? .null, .string(row.speaker),
          .string(row.text),
        ]
      }
    )
  }

  /// The rows of a document.
  init(record reader: RecordReader) throws(TranscriptionError) {
    self.init(
      try reader.elements().map { reader throws(TranscriptionError) in
        guard let cells = reader.value.array, cells.count == 5, let number = cells[0].int,
          let speaker = cells[3].string, let text = cells[4].string
        else { throw reader.fault("a row of a transcript is due") }
        return Row(
          number: number,
          start: cells[1].int.map { Timecode(milliseconds: $0.asAmount) },
          end: cells[2].int.map { Timecode(milliseconds: $0.asAmount) },
          speaker: speaker,
          text: text
        )
      }
    )
  }
}
