internal import OrderedJSON
internal import PlainText
internal import PromptLinting
internal import RequestPlanning
package import Transcribing

extension PromptLookup {
  /// The prompt of a name or path, and the tables it asks for; one that cannot work is refused
  /// before anything is sent.
  ///
  /// - Throws: As ``template(_:)``; `TranscriptionError` when the prompt asks for no tables;
  ///   `Refusal` for what the linter calls an error.
  package func extractionPrompt(_ reference: String) throws -> ExtractionPrompt {
    let item = try prompts.item(reference).nonEmpty()
    let template = try template(item)
    try Self.check(PromptSubject(name: item.name, template: template))
    let title = if case .embedded = item.origin { item.name } else { item.origin.description }
    let snapshot = try PromptSnapshot(
      name: item.name,
      title: title,
      text: item.text,
      environment: environment
    )
    return try ExtractionPrompt(name: item.name, template: template, keptAs: snapshot)
  }

  /// Refuses what the linter calls an error; a setting is not, since the model's card fits it.
  private static func check(_ subject: PromptSubject) throws {
    let errors = PromptLinter(catalog: try .builtIn()).findings(subject)
      .filter { $0.rule.severity == .error && $0.rule != .settingRefused }
    guard let first = errors.first else { return }
    let more = errors.count > 1 ? " (and \(errors.count - 1) more: tabscribe prompts lint)" : ""
    throw Refusal(
      "The prompt \(SafeText.quoted(subject.name)) cannot be sent: \(first.message)\(more).",
      remedy: "\(first.rule.fix) Nothing was sent.",
      kind: .usage,
      details: ["findings": .array(errors.map(\.json))]
    )
  }
}
