@main struct Benchmarks {
  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "formats": FormatsBenchmark.run(arguments: rest)
    case "planning": try PlanningBenchmark.run()
    case "prompts": try PromptBenchmark.run(arguments: rest)
    case "report": ReportBenchmark.run(arguments: rest)
    case "soak": try await FaultSoak.run(arguments: rest)
    case "stitching": StitchingBenchmark.run()
    case "store": try StoreBenchmark.run(arguments: rest)
    case "tables": try TablesBenchmark.run()
    case "wire": try await WireBenchmark.run(arguments: rest)
    default:
      print(
        """
        usage: TabscribeBenchmarks formats [ROWS] | planning | prompts [RENDERS]
               | report [ROWS] | soak [REQUESTS [SEED]] | stitching | store [SEGMENTS] [FILE] | tables
               | wire requests|stream URL
        """
      )
    }
  }
}
