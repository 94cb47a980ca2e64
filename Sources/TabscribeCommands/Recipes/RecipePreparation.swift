internal import CommandLineInterface
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import PromptLab
internal import PromptTemplates
internal import RequestPlanning
internal import TabularExtraction
internal import Transcribing
internal import TranscriptModel
internal import TranscriptRecipes
internal import TranscriptionRuns

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
  /// The tables to ask for instead of the recipe's own; `nil` for those.
  var schema: TableSchema?

  /// What recipes and transcripts come to; a transcript that cannot be used does not stop the others.
  ///
  /// - Throws: Mistakes that concern more than one transcript; and what is wrong with the only one.
  func prepare(_ recipes: [String], about transcripts: [String]) throws -> PreparedWork {
    let read = ReadPrompts(context.workplace)
    var prompts = try recipes.map(read.prompt)
    if let schema {
      guard prompts.count == 1 else {
        throw CommandError.usage(
          "--schema is for one recipe, and there are \(prompts.count).",
          remedy: "Derive them one by one. Nothing was sent."
        )
      }
      prompts = prompts.map { $0.asking(for: schema) }
    }
    try PromptParameters.check(asked.parameters, for: prompts)
    let asked = try prompts.map(self.asked)
    if input != nil, !asked.contains(where: { $0.parameters != self.asked.parameters }) {
      throw CommandError.usage(
        "--input has no effect: no recipe lacks a value.",
        remedy: "Leave it out; tabscribe prompts show tells what a recipe takes. Nothing was sent."
      )
    }
    var prepared = PreparedWork()
    for spelling in try transcripts.flatMap(expanded) {
      do {
        // One after the other: a thousand transcripts would fill the memory.
        for transcript in try TranscriptOperands([spelling], isWhole: true, context.workplace).found
        {
          prepared.work += try zip(prompts, asked).map { try work($0, about: transcript, $1) }
        }
      } catch {
        prepared.refused.append(RefusedSource(source: spelling, error: error))
      }
    }
    if prepared.work.isEmpty, prepared.refused.count == 1 { throw prepared.refused[0] }
    return prepared
  }

  /// The transcripts of a folder, by name; anything else stands for itself.
  private func expanded(_ spelling: String) throws -> [String] {
    let path = context.absolutePath(spelling)
    guard HostFiles.kind(of: path) == .folder else { return [spelling] }
    let names = HostFiles.names(in: path).filter {
      $0.hasSuffix(".json") && !$0.hasPrefix(".") && !$0.hasSuffix(".corrections.json")
    }
    guard !names.isEmpty else {
      throw CommandError(
        "The folder \(SafeText.quoted(spelling)) has no transcript.",
        remedy: "Name one with files that transcribe wrote with --format json. Nothing was sent."
      )
    }
    return names.sorted().map { FilePath.joined(spelling, $0) }
  }

  private func work(
    _ prompt: ExtractionPrompt,
    about transcript: TranscriptOperand,
    _ asked: RequestSettings
  ) throws -> NamedWork {
    NamedWork(
      prepared: try transcriber.prepare(
        transcript.document.shown(
          as: transcript.spelling,
          isForRedacting: prompt.schema.name == Redactions.schema
        ),
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
  /// - Throws: `Refusal` for one that lacks more than was given.
  private func asked(of prompt: ExtractionPrompt) throws(Refusal) -> RequestSettings {
    guard prompt.recipeForm != nil else { return asked }
    var asked = asked
    let missing = RecipeInputs.missing(of: prompt, in: asked.parameters)
    if let input, missing.count == 1 { asked.parameters[missing[0]] = .string(input) }
    try RecipeInputs.check(prompt, isGiven: asked.parameters)
    return asked
  }
}
