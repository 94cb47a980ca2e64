package import OrderedJSON
internal import PlainText
internal import PromptTemplates
package import Transcribing

/// The values that a recipe cannot do without.
package enum RecipeInputs {
  /// The variables of a recipe that have no value, beside that of the transcript.
  package static func missing(
    of prompt: ExtractionPrompt,
    in parameters: JSONObject
  ) -> [String] {
    prompt.requiredInputs.filter { $0 != "transcript" && parameters[$0] == nil }
  }

  /// Refuses a recipe that lacks a value.
  ///
  /// - Throws: `Refusal`, of the kind `usage`.
  package static func check(
    _ prompt: ExtractionPrompt,
    isGiven parameters: JSONObject
  ) throws(Refusal) {
    guard prompt.recipeForm != nil, let first = missing(of: prompt, in: parameters).first else {
      return
    }
    let (recipe, variable) = (SafeText.line(prompt.name), SafeText.line(first))
    throw .usage(
      "The recipe \(recipe) needs a value for \(variable).",
      remedy: "Give it with the setting param \(variable)=… or the setting input FILE; "
        + "tabscribe prompts show \(recipe) tells what it is for. Nothing was sent."
    )
  }
}
