internal import HostSystem
internal import OrderedJSON
package import TranscriptImport
internal import TranscriptModel
package import TranscriptScoring
package import TranscriptionRuns

/// A transcript that is scored, or scored against: of Tabscribe, or a file by another program.
package struct SpokenOperand {
  package let name: String
  package let record: SpokenRecord
  /// The whole transcript, when it is one of Tabscribe's.
  package let transcript: TranscriptOperand?

  /// The transcripts that a text names: a file in any format, or all of a run.
  ///
  /// - Parameter isReference: Whether others are held against it, so that what people corrected counts; it
  ///   is the machine that is scored.
  package static func all(
    _ text: String,
    isReference: Bool = false,
    _ place: Workplace
  ) throws -> [SpokenOperand] {
    let path = place.absolutePath(text)
    if HostFiles.kind(of: path) == .file, let foreign = try foreign(text, at: path) {
      return [foreign]
    }
    return try TranscriptOperands([text], place).found.map { operand in
      SpokenOperand(
        name: operand.spelling,
        record: SpokenRecord(
          isReference ? operand.document.corrected.transcript : operand.document.transcript
        ),
        transcript: operand
      )
    }
  }

  /// A file that is no transcript of Tabscribe's.
  private static func foreign(_ text: String, at path: String) throws -> SpokenOperand? {
    let imported = try ImportedFile.read(text, at: path)
    guard imported.document == nil else { return nil }
    return SpokenOperand(name: text, record: SpokenRecord(imported), transcript: nil)
  }
}

extension SpokenRecord {
  /// What the file of another program says.
  package init(_ imported: ImportedTranscript) {
    func seconds(_ milliseconds: Int) -> Double { Double(milliseconds) / 1000 }
    self.init(
      format: imported.format,
      utterances: imported.rows.map { row in
        Utterance(
          start: row.start.map(seconds),
          end: row.end.map(seconds),
          speaker: row.speaker,
          text: row.text
        )
      }
    )
  }
}
