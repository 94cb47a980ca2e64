internal import EmbeddedLibrary
internal import OrderedJSON
internal import PromptTemplates

/// The prompt `transcribe`, parsed once and rendered many times.
///
///     TabscribeBenchmarks prompts [RENDERS]      100000 renders when not given
enum PromptBenchmark {
  static func run(arguments: [String]) throws {
    let renders = arguments.first.flatMap { Int($0) } ?? 100_000
    let template = try template(named: "transcribe")
    let data = PromptData(input: [
      "video": "https://example.com/v.mp4", "timecode": "MM:SS", "context": "A talk on bees.",
    ])
    var bytes = 0
    let start = ContinuousClock.now
    for _ in 0..<renders { bytes += size(of: try template.render(data)) }
    let elapsed = ContinuousClock.now - start
    print("prompts renders \(renders) bytes_each \(bytes / renders)", terminator: " ")
    print("us_each \(elapsed / .microseconds(1) / Double(renders))")
  }

  private static func template(named name: String) throws -> PromptTemplate {
    let library = EmbeddedLibrary.prompts
    return try PromptTemplate(
      parsing: library.file(named: name + ".prompt")?.bytes ?? [],
      name: name,
      environment: PromptEnvironment(
        partials: { library.file(named: "_\($0).prompt")?.text },
        schemas: { name in
          try EmbeddedLibrary.schemas.file(named: name + ".json")
            .map { try JSONValue(parsing: $0.bytes) }
        }
      )
    )
  }

  private static func size(of prompt: RenderedPrompt) -> Int {
    prompt.messages.flatMap(\.content).reduce(0) { sum, part in
      switch part {
      case .text(let text): sum + text.utf8.count
      case .media(let url, _): sum + url.utf8.count
      case .section, .other: sum
      }
    }
  }
}
