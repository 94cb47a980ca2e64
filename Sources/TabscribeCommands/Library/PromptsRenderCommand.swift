internal import CommandLineInterface
internal import EmbeddedLibrary
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import RequestPlanning
internal import TranscriptionRuns

/// `prompts render`: the messages that one prompt becomes.
enum PromptsRenderCommand {
  private static let name = RequiredOperand(
    .libraryName(.prompts),
    help: "a prompt's name or path"
  )
  private static let parameters = RepeatedOption(
    "param",
    .nameAndValue,
    help: "value of a prompt variable, such as favor=recall"
  )
  private static let data = ValueOption(
    "data",
    .file(),
    help: #"JSON file with {"input", "messages", "context"}"#
  )
  private static let partials = ValueOption(
    "partials",
    .folder(),
    help: "folder of partials that goes before the others"
  )
  private static let schemas = ValueOption(
    "schemas",
    .folder(),
    help: "folder of schemas that goes before the others"
  )
  private static let lenient = Flag(
    "lenient",
    help: "leave unknown variables empty, as the format does"
  )

  static let command = Command(
    "render",
    abstract: "Show the messages that a prompt becomes",
    examples: [
      .init(
        "tabscribe prompts render transcribe --param video=talk.mp4",
        "the messages, and about how many tokens they are"
      ),
      .init(
        "tabscribe prompts render a.prompt --data case.json --lenient --json",
        "a case of the Dotprompt specification"
      ),
    ],
    discussion: """
      Nothing is sent. With --json: messages, config, input, output, ext and raw as the Dotprompt \
      specification writes them.
      """,
    operands: [name],
    options: [
      OptionGroup("Values", [parameters, data]),
      OptionGroup("Lookup", [partials, schemas, lenient]),
    ],
    run: run
  )

  private static func run(
    _ arguments: ParsedArguments,
    _ context: CommandContext
  ) async throws -> ExitCode {
    let lookup = PromptLookup(
      context.workplace,
      partials: arguments[partials],
      schemas: arguments[schemas],
      mode: arguments[lenient] ? .lenient : .strict
    )
    let (template, item) = try lookup.template(arguments[name])
    var values = try arguments[data].map { try Self.data(at: $0, context) } ?? PromptData()
    for parameter in arguments[parameters] {
      values.input[parameter.name] = template.inputValue(parameter.name, from: parameter.value)
    }
    let prompt = try template.render(values)
    if context.isJSON {
      context.print(json: prompt.json)
      return .done
    }
    context.status.message(item.explanation)
    for message in prompt.messages { print(message, context) }
    context.status.message(summary(of: prompt))
    return .done
  }

  private static func data(at path: String, _ context: CommandContext) throws -> PromptData {
    try PromptData(json: JSONValue(parsing: HostFiles.read(context.absolutePath(path))))
  }

  private static func print(_ message: PromptMessage, _ context: CommandContext) {
    let note = message.metadata?["purpose"]?.string.map { " (\($0))" } ?? ""
    context.print(context.style.bold("[\(SafeText.line(message.role + note))]"))
    for part in message.content {
      switch part {
      case .text(let text):
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
          context.print(SafeText.line(String(line)))
        }
      case .media(let url, let type):
        let type = type.map { " \($0)" } ?? ""
        context.print(context.style.dim("(media \(SafeText.line(url + type)))"))
      case .section(let purpose):
        context.print(context.style.dim("(section \(SafeText.line(purpose)))"))
      case .other(let value): context.print(SafeText.line(value.rendered()))
      }
    }
  }

  private static func summary(of prompt: RenderedPrompt) -> String {
    let parts = prompt.messages.flatMap(\.content)
    let tokens = parts.reduce(0) { sum, part in
      if case .text(let text) = part { sum + TextTokenEstimator.tokens(in: text) } else { sum }
    }
    let media = parts.count { if case .media = $0 { true } else { false } }
    return "about \(tokens) tokens of text"
      + (media > 0 ? ", and those of \(media) media; tabscribe plan counts them" : "")
  }
}

extension PromptTemplate {
  /// The value of an input given as text, read as JSON where the input is declared as no string.
  func inputValue(_ name: String, from text: String) -> JSONValue {
    let type = metadata.inputSchema?["properties"]?[name]?["type"]
    let types = type?.array ?? type.map { [$0] } ?? ["string"]
    guard !types.contains("string"), let value = try? JSONValue(parsing: text) else {
      return .string(text)
    }
    return value
  }
}
