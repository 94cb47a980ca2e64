internal import HostSystem
package import Transcribing

/// The prompts of a command, each read, checked and parsed once, however many sources it is for.
package final class ReadPrompts: Sendable {
  private let lookup: PromptLookup
  private let read = Lock<[String: ExtractionPrompt]>([:])

  package init(_ place: Workplace) { lookup = PromptLookup(place) }

  /// The prompt of a name or path.
  ///
  /// - Throws: As ``PromptLookup/extractionPrompt(_:)``.
  package func prompt(_ reference: String) throws -> ExtractionPrompt {
    if let known = read.withLock({ $0[reference] }) { return known }
    let prompt = try lookup.extractionPrompt(reference)
    read.withLock { $0[reference] = prompt }
    return prompt
  }
}
