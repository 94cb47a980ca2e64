package import OrderedJSON
internal import PlainText
internal import PromptTemplates
package import Transcribing

/// The values that are given to the variables of prompts.
package enum PromptParameters {
  /// Refuses a value that none of the prompts takes: what it was to change would not be changed, and
  /// paid for all the same.
  ///
  /// - Throws: `Refusal` of the kind `usage`.
  package static func check(
    _ parameters: JSONObject,
    for prompts: [ExtractionPrompt]
  ) throws(Refusal) {
    for name in parameters.keys where !prompts.contains(where: { $0.template.takes(name) }) {
      throw unknown(name, to: prompts)
    }
  }

  private static func unknown(_ name: String, to prompts: [ExtractionPrompt]) -> Refusal {
    let names = prompts.map { SafeText.line($0.name) }.joined(separator: ", ")
    let known = Array(Set(prompts.flatMap(\.optionalInputs))).sorted()
    let meant = Suggestion.nearest(to: name, among: known).map { "Did you mean \($0)? " } ?? ""
    let list = known.isEmpty ? "It takes none." : "It takes \(known.joined(separator: ", "))."
    let option =
      name == "context" ? "The setting context" : "The setting param \(SafeText.line(name))"
    return Refusal(
      "\(option) has no effect: the prompt \(names) has no such variable.",
      remedy: meant + list + " tabscribe prompts show tells of each. Nothing was sent.",
      kind: .usage
    )
  }
}
