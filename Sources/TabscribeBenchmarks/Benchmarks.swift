@main struct Benchmarks {
  static func main() async {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "report": ReportBenchmark.run(arguments: Array(arguments.dropFirst()))
    default: print("usage: TabscribeBenchmarks report [ROWS]")
    }
  }
}
