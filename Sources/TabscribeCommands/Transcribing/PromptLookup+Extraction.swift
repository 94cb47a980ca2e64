internal import Transcribing

extension PromptLookup {
  /// The prompt of a name or path, and the tables it asks for.
  ///
  /// - Throws: As ``template(_:)``; `TranscriptionError` when the prompt asks for no tables.
  func extractionPrompt(_ reference: String) throws -> ExtractionPrompt {
    let (template, item) = try template(reference)
    return try ExtractionPrompt(name: item.name, template: template)
  }
}
