@main struct Benchmarks {
  static func main() async throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "planning": try PlanningBenchmark.run()
    case "prompts": try PromptBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "report": ReportBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "soak": try await FaultSoak.run(arguments: Array(arguments.dropFirst()))
    case "store": try StoreBenchmark.run(arguments: Array(arguments.dropFirst()))
    case "tables": try TablesBenchmark.run()
    case "wire": try await WireBenchmark.run(arguments: Array(arguments.dropFirst()))
    default:
      print(
        """
        usage: TabscribeBenchmarks planning | prompts [RENDERS] | report [ROWS]
               | soak [REQUESTS [SEED]] | store [SEGMENTS] [FILE] | tables
               | wire requests|stream URL
        """
      )
    }
  }
}
