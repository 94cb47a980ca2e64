internal import OrderedJSON
internal import TranscriptModel

extension ImportFormat {
  /// `STEM.json`, as Tabscribe writes it.
  static let tabscribe = ImportFormat(
    name: "Tabscribe",
    summary: "STEM.json of Tabscribe itself, with its tables, findings and corrections",
    content: .json(
      fits: { $0["schemaVersion"] != nil && $0["segments"] != nil },
      read: { json throws(ImportError) in
        do throws(TranscriptDocumentError) {
          var transcript = ImportedTranscript()
          transcript.document = try TranscriptDocument(json: json)
          return transcript
        } catch {
          throw ImportError("it is no transcript of Tabscribe: \(error)")
        }
      }
    )
  )
}
