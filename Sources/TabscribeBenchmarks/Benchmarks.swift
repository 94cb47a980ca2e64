@main struct Benchmarks {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "planning": try PlanningBenchmark.run()
    case "prompts": try PromptBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "report": ReportBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "stitching": StitchingBenchmark.run()
    case "tables": try TablesBenchmark.run()
    default:
      print(
        "usage: TabscribeBenchmarks planning | prompts [RENDERS] | report [ROWS] | stitching | tables"
      )
    }
  }
}
