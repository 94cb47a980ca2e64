internal import CommandLineInterface
internal import EmbeddedLibrary
internal import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import TranscriptionRuns

/// `prompts diff`: what makes two prompts different, word by word.
enum PromptsDiffCommand {
  private static let old = RequiredOperand(
    .libraryName(.prompts, "A"),
    help: "a prompt's name or path"
  )
  private static let new = RequiredOperand(
    .libraryName(.prompts, "B"),
    help: "the prompt to compare with it"
  )

  static let command = Command(
    "diff",
    abstract: "Compare two prompts word by word",
    examples: [
      .init("tabscribe prompts diff transcribe transcribe-evidence", "what evidence adds"),
      .init("tabscribe prompts diff prompts/mine.prompt transcribe", "what I changed"),
    ],
    discussion: """
      Compares templates, the partials they include, output schemas and configs: all that makes a \
      prompt's digest. [-removed-] stands only in A, {+added+} only in B.
      """,
    operands: [old, new],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = PromptLookup(context.workplace)
    let (first, firstItem) = try lookup.template(arguments[old])
    let (second, secondItem) = try lookup.template(arguments[new])
    let difference = PromptDifference(first, second)
    if context.isJSON {
      context.print(json: [
        "a": firstItem.json(digest: first.digest), "b": secondItem.json(digest: second.digest),
        "identical": .bool(difference.isEmpty),
        "sections": .array(difference.sections.map(json)),
      ])
      return .done
    }
    context.status.message("A \(firstItem.explanation)")
    context.status.message("B \(secondItem.explanation)")
    for section in difference.sections { print(section, context) }
    return .done
  }

  private static func print(_ section: PromptDifference.Section, _ context: CommandContext) {
    let title = context.style.bold(SafeText.line(section.name))
    if section.difference.isEmpty {
      context.print("\(title): the same")
      return
    }
    context.print("\(title):")
    for line in DifferenceText.lines(section.difference, style: context.style) {
      context.print("  \(line)")
    }
  }

  private static func json(_ section: PromptDifference.Section) -> JSONValue {
    let changes = section.difference.stretches.map { stretch -> JSONValue in
      ["change": .string(stretch.change.rawValue), "text": .string(stretch.text)]
    }
    return [
      "name": .string(section.name), "identical": .bool(section.difference.isEmpty),
      "words": .array(changes),
    ]
  }
}

extension LibraryLookup.Item {
  fileprivate func json(digest: String) -> JSONValue {
    var members = jsonDescription
    members["digest"] = .string(digest)
    return .object(members)
  }
}
