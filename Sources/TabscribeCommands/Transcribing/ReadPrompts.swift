internal import CommandLineInterface
internal import HostSystem
internal import Transcribing

/// The prompts of a command, each read, checked and parsed once, however many sources it is for.
final class ReadPrompts: Sendable {
  private let lookup: PromptLookup
  private let read = Lock<[String: ExtractionPrompt]>([:])

  init(_ context: CommandContext) { lookup = PromptLookup(context) }

  /// The prompt of a name or path.
  ///
  /// - Throws: As ``PromptLookup/extractionPrompt(_:)``.
  func prompt(_ reference: String) throws -> ExtractionPrompt {
    if let known = read.withLock({ $0[reference] }) { return known }
    let prompt = try lookup.extractionPrompt(reference)
    read.withLock { $0[reference] = prompt }
    return prompt
  }
}
