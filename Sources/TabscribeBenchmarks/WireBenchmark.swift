import CurlHTTP
import EmbeddedLibrary
import Foundation
import GeminiAPI
import TabularExtraction
import TranscriptModel

/// What the client itself takes, against a server in another process.
///
/// `requests URL [N [AT ONCE]]` asks for answers of a few rows and decodes each to tables; `stream URL`
/// reads one long answer. Both print counts that do not vary before times.
struct WireBenchmark {
  let client: GeminiClient
  let schema: TableSchema

  static func run(arguments: [String]) async throws {
    guard arguments.count >= 2 else {
      print("usage: TabscribeBenchmarks wire requests|stream URL [REQUESTS [AT-ONCE]]")
      return
    }
    let benchmark = try WireBenchmark(baseURL: arguments[1])
    if arguments[0] == "stream" { return try await benchmark.stream() }
    let numbers = arguments.dropFirst(2).compactMap { Int($0) }
    try await benchmark.requests(numbers.first ?? 2000, atOnce: numbers.dropFirst().first ?? 64)
  }

  init(baseURL: String) throws {
    client = GeminiClient(
      configuration: GeminiConfiguration(apiKey: Secret("benchmark"), baseURL: baseURL),
      transport: CurlTransport(configuration: .init(environment: [:]))
    )
    schema = try Self.transcriptSchema()
  }

  static let model = "gemini-3.5-flash-lite"

  static func transcriptSchema() throws -> TableSchema {
    let text = EmbeddedLibrary.schemas.file(named: "transcripts-speakers.json")?.text ?? ""
    return try TableSchema(name: "transcripts-speakers", parsing: text)
  }

  /// A question about a video, unlike that of any other number.
  static func request(_ number: Int, schema: TableSchema) -> GenerateContentRequest {
    var config = GenerationConfig()
    config.responseMimeType = "application/json"
    config.responseJsonSchema = schema.responseJSONSchema
    let video = FileData(fileUri: "https://media.example/talk.mp4", mimeType: "video/mp4")
    return GenerateContentRequest(
      contents: [Content(parts: [Part(.fileData(video)), .text("Transcribe, take \(number).")])],
      generationConfig: config
    )
  }

  private func requests(_ count: Int, atOnce limit: Int) async throws {
    let before = ProcessUse.now
    var rows = 0
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<count {
        if number >= limit { rows += try await group.next() ?? 0 }
        group.addTask { try await self.rows(number) }
      }
      for try await more in group { rows += more }
    }
    let used = ProcessUse.now - before
    print("requests \(count) at_once \(limit) rows \(rows)")
    print(
      "req_per_s \(Int(Double(count) / used.wall)) cpu_ms_per_req "
        + String(format: "%.3f", used.cpu * 1000 / Double(count))
        + String(format: " wall_s %.3f peak_mib %.1f", used.wall, ProcessUse.peakMiB)
    )
  }

  private func rows(_ number: Int) async throws -> Int {
    let answer = try await client.generateContent(
      Self.request(number, schema: schema),
      model: Self.model
    )
    var decoder = ReplyDecoder(schema: schema, encoding: .json)
    decoder.feed(answer.text)
    return decoder.finish(modelStopped: answer.finishReason == .stop).tables[0].rowCount
  }

  private func stream() async throws {
    let before = ProcessUse.now
    var (events, characters) = (0, 0)
    let stream = try await client.streamGenerateContent(
      Self.request(0, schema: schema),
      model: Self.model
    )
    for try await chunk in stream {
      events += 1
      characters += chunk.text.utf8.count
    }
    let used = ProcessUse.now - before
    print("events \(events) bytes_of_text \(characters)")
    print(
      String(
        format: "cpu_s %.4f wall_s %.4f peak_mib %.1f",
        used.cpu,
        used.wall,
        ProcessUse.peakMiB
      )
    )
  }
}

/// Time of the wall and of the processor that this process has used.
struct ProcessUse {
  var wall: Double
  var cpu: Double

  static var now: ProcessUse {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return ProcessUse(
      wall: ProcessInfo.processInfo.systemUptime,
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime)
    )
  }

  static func - (left: ProcessUse, right: ProcessUse) -> ProcessUse {
    ProcessUse(wall: left.wall - right.wall, cpu: left.cpu - right.cpu)
  }

  /// The most memory the process has had in use.
  static var peakMiB: Double {
    var usage = rusage()
    getrusage(numericCast(RUSAGE_SELF.rawValue), &usage)
    return Double(usage.ru_maxrss) / 1024
  }
}
