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
  /// The value of what a recipe needs and was not given otherwise; `nil` for none.
  let input: String?
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
    let asked = try prompts.map(self.asked)
    if input != nil, !asked.contains(where: { $0.parameters != self.asked.parameters }) {
      throw CommandError.usage(
        "--input has no effect: no recipe lacks a value.",
        remedy: "Leave it out; tabscribe prompts show tells what a recipe takes. Nothing was sent."
      )
    }
    var prepared = PreparedWork()
    for spelling in transcripts {
      do {
        // One after the other: a thousand transcripts would fill the memory.
        for transcript in try TranscriptOperands([spelling], context).found {
          prepared.work += try zip(prompts, asked).map { try work($0, about: transcript, $1) }
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

  /// What is asked for of a recipe, with the value that it lacks.
  ///
  /// - Throws: `CommandError`, exit code 2, for one that lacks more than was given.
  private func asked(of prompt: ExtractionPrompt) throws(CommandError) -> RequestSettings {
    guard prompt.recipeForm != nil else { return asked }
    var asked = asked
    var missing = prompt.requiredInputs.filter { $0 != "transcript" && asked.parameters[$0] == nil }
    if let input, missing.count == 1 { asked.parameters[missing.removeFirst()] = .string(input) }
    guard let first = missing.first else { return asked }
    throw .usage(
      "The recipe \(SafeText.line(prompt.name)) needs a value for \(SafeText.line(first)).",
      remedy:
        "Give it with --param \(SafeText.line(first))=… or --input FILE; tabscribe prompts show "
        + "\(SafeText.line(prompt.name)) tells what it is for. Nothing was sent."
    )
  }
}
