internal import CommandLineInterface
internal import OrderedJSON
internal import PromptTemplates
internal import RequestPlanning
internal import Transcribing
internal import TranscriptModel

/// Prepares what recipes ask about transcripts: each recipe with each transcript, before anything is sent.
struct RecipePreparation {
  let transcriber: Transcriber
  /// What is asked for beside recipe and transcript.
  let asked: RequestSettings
  let context: CommandContext
  /// Whether the words are the machine's, without corrections.
  let isMachine: Bool

  /// What recipes and transcripts come to; a transcript that cannot be used does not stop the others.
  ///
  /// - Throws: Mistakes that concern more than one transcript; and what is wrong with the only one.
  func prepare(_ recipes: [String], about transcripts: [String]) throws -> PreparedWork {
    let read = ReadPrompts(context)
    let prompts = try recipes.map(read.prompt)
    try PromptParameters.check(asked.parameters, for: prompts)
    try checkRequired(asked.parameters, of: prompts)
    var prepared = PreparedWork()
    for spelling in transcripts {
      do {
        // One after the other: a thousand transcripts would fill the memory.
        for transcript in try TranscriptOperands([spelling], context).found {
          prepared.work += try prompts.map { try work($0, about: transcript, asked) }
        }
      } catch {
        prepared.refused.append(RefusedSource(source: spelling, error: error))
      }
    }
    if prepared.work.isEmpty, prepared.refused.count == 1 { throw prepared.refused[0].error }
    return prepared
  }

  private func work(
    _ prompt: ExtractionPrompt,
    about transcript: TranscriptOperand,
    _ asked: RequestSettings
  ) throws -> NamedWork {
    NamedWork(
      prepared: try transcriber.prepare(
        transcript.document,
        shownAs: transcript.spelling,
        isMachine: isMachine,
        recipe: prompt,
        settings: asked
      ),
      stem: transcript.stem,
      part: prompt.name
    )
  }

  /// Refuses a recipe without a value that it needs.
  private func checkRequired(
    _ parameters: JSONObject,
    of prompts: [ExtractionPrompt]
  ) throws(CommandError) {
    for prompt in prompts where prompt.recipeForm != nil {
      let missing = prompt.requiredInputs.filter { $0 != "transcript" && parameters[$0] == nil }
      guard let first = missing.first else { continue }
      throw CommandError.usage(
        "The recipe \(SafeText.line(prompt.name)) needs a value for \(SafeText.line(first)).",
        remedy: "Give it with --param \(SafeText.line(first))=…; tabscribe prompts show "
          + "\(SafeText.line(prompt.name)) tells what it is for. Nothing was sent."
      )
    }
  }
}
