@main struct Benchmarks {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "formats": FormatsBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "planning": try PlanningBenchmark.run()
    case "prompts": try PromptBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "report": ReportBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "tables": try TablesBenchmark.run()
    default:
      print(
        "usage: TabscribeBenchmarks formats [ROWS] | planning | prompts [RENDERS] | report [ROWS] | tables"
      )
    }
  }
}
