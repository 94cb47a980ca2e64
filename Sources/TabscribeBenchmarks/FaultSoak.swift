import CurlHTTP
import Foundation
import GeminiAPI
import GeminiEmulation
import TabularExtraction
import TranscriptModel

/// Thousands of requests against an emulator that plays every fault, each row accounted for.
///
/// A request may end well, with rows that say they are not all, or with an error; never with rows
/// missing that nobody reports, with a row that was not said, or after its deadline.
struct FaultSoak: Sendable {
  /// What became of one request.
  private struct Outcome: Sendable {
    var kind: String
    var received: Int
    var reportedMissing = 0
    var unreported = 0
    var invented = 0
    /// Whether another model or tier answered than was asked, as the answer itself says.
    var isRouted = false
    var seconds = 0.0
  }

  static let rowsPerAnswer = 13
  static let hangingModel = "gemini-3.8-flash"
  /// The client's clock is so much faster than the machine's: its waits are shorter, what it
  /// decides about them stays the same.
  private static let haste = 50
  private static let deadline = Duration.seconds(600)
  private static let hangDeadline = Duration.seconds(2)
  private static let atOnce = 64

  let schema: TableSchema
  let script: [String]
  let clients: [GenerationAPI: GeminiClient]

  /// Runs the soak and prints its counts; ends the program when a row or a request is lost.
  static func run(arguments: [String]) async throws {
    let count = arguments.first.flatMap { Int($0) } ?? 10_000
    let seed = arguments.dropFirst().first.flatMap { UInt64($0) } ?? 7
    var options = EmulatorOptions()
    (options.rows, options.seed, options.scenario) = (rowsPerAnswer, seed, scenario)
    let emulator = try GeminiEmulator.start(options)
    let soak = try await FaultSoak(baseURL: emulator.baseURL)
    print("soak: \(count) requests, seed \(seed), \(Fault.Kind.allCases.count) kinds of fault")
    let began = ContinuousClock.now
    let outcomes = await soak.outcomes(count)
    let uploads = try await soak.uploads(count / 50)
    let batches = try await soak.batches(max(20, count / 200))
    let seconds = (ContinuousClock.now - began) / .seconds(1)
    printFaults(emulator.log)
    await emulator.stop()
    let isSound = report(outcomes, of: count, uploads, batches) && emulator.log.hasEveryFault
    print(String(format: "soak: %.1f s, %@", seconds, isSound ? "passed" : "FAILED"))
    if !isSound { exit(1) }
  }

  private init(baseURL: String) async throws {
    schema = try WireBenchmark.transcriptSchema()
    let timing = ClientTiming(
      now: { ClientTiming.system.now() * Self.haste },
      sleep: { try await Task.sleep(for: $0 / Self.haste) },
      random: { Double.random(in: 0..<1) }
    )
    let transport = CurlTransport(configuration: .init(environment: [:]))
    var clients: [GenerationAPI: GeminiClient] = [:]
    for api in GenerationAPI.allCases {
      var configuration = GeminiConfiguration(apiKey: Secret("soak"), baseURL: baseURL)
      configuration.api = api
      clients[api] = GeminiClient(
        configuration: configuration,
        transport: transport,
        timing: timing
      )
    }
    self.clients = clients
    script = try await Self.script(baseURL, schema)
  }

  /// Every kind of fault on a share of all tries; those that hold a request up, on a model of
  /// their own.
  private static var scenario: Scenario {
    // How often a kind strikes when it is not as often as the others.
    let shares: [Fault.Kind: Double] = [
      .quota: 0.04, .quotaBare: 0.03, .quotaPerDay: 0.01, .htmlError: 0.04, .slowDrip: 0.02,
      .blockedPrompt: 0.03, .recitation: 0.04, .emptyCandidates: 0.04, .hang: 0,
    ]
    let kinds = Fault.Kind.allCases.filter { Scenario.preset(named: $0.rawValue).isOfGenerations }
    var rules = kinds.enumerated().map { index, kind in
      var rule = Scenario.Rule(Fault(kind, row: 2 + index % 11, seconds: 0.05))
      rule.share = shares[kind] ?? 0.06
      return rule
    }
    var hang = Scenario.Rule(Fault(.hang))
    hang.model = hangingModel
    rules.insert(hang, at: 0)
    for (kind, share) in [(Fault.Kind.resetUpload, 0.3), (.unavailable, 0.2)] {
      var rule = Scenario.Rule(Fault(kind))
      (rule.operations, rule.share, rule.attempts) = ([.upload], share, 3)
      rules.append(rule)
    }
    for (kind, share) in [(Fault.Kind.missingKeys, 0.3), (.failedOperation, 0.4)] {
      var rule = Scenario.Rule(Fault(kind))
      (rule.operations, rule.share) = ([.batchJobs], share)
      rules.append(rule)
    }
    return Scenario(rules: rules)
  }

  /// What an answer says when nothing goes wrong.
  private static func script(_ baseURL: String, _ schema: TableSchema) async throws -> [String] {
    let client = GeminiClient(
      configuration: GeminiConfiguration(apiKey: Secret("soak"), baseURL: baseURL),
      transport: CurlTransport(configuration: .init(environment: [:]))
    )
    for number in 1... {
      let request = WireBenchmark.request(-number, schema: schema)
      let answer = try? await client.generateContent(request, model: WireBenchmark.model)
      guard let answer, answer.finishReason == .stop else { continue }
      var decoder = ReplyDecoder(schema: schema, encoding: .json)
      decoder.feed(answer.text)
      return texts(decoder.finish(modelStopped: true))
    }
    return []
  }

  private static func texts(_ reply: DecodedReply) -> [String] {
    guard let table = reply.tables.first, let text = table.column(.text) else { return [] }
    return (0..<table.rowCount).map { "\(table[$0, text])" }
  }

  private func outcomes(_ count: Int) async -> [Outcome] {
    await withTaskGroup(of: Outcome.self) { group in
      var outcomes: [Outcome] = []
      for number in 0..<count {
        if number >= Self.atOnce, let outcome = await group.next() { outcomes.append(outcome) }
        group.addTask { await timed(number) }
      }
      for await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
  }

  private func timed(_ number: Int) async -> Outcome {
    let began = ContinuousClock.now
    var outcome = await outcome(number)
    outcome.seconds = (ContinuousClock.now - began) / .seconds(1)
    return outcome
  }

  /// Asks through each interface in turn: streamed, in one piece, and as an interaction.
  private func outcome(_ number: Int) async -> Outcome {
    let hangs = number % 100 == 99
    let model = hangs ? Self.hangingModel : WireBenchmark.model
    let options = CallOptions(deadline: hangs ? Self.hangDeadline : Self.deadline)
    let api = number % 3 == 2 ? GenerationAPI.interactions : .generateContent
    let request = WireBenchmark.request(number, schema: schema)
    var decoder = ReplyDecoder(schema: schema, encoding: .json)
    var reason: FinishReason?
    var failure: String?
    var isRouted = false
    do {
      guard let client = clients[api] else { return Outcome(kind: "no client", received: 0) }
      if number % 3 == 1 {
        let answer = try await client.generateContent(request, model: model, options: options)
        decoder.feed(answer.text)
        reason = answer.finishReason
        isRouted = answer.isRouted(from: model)
      } else {
        let chunks = try await client.streamAnswer(request, model: model, options: options)
        for try await chunk in chunks {
          decoder.feed(chunk.text)
          reason = chunk.finishReason ?? reason
          isRouted = isRouted || chunk.isRouted(from: model)
        }
      }
    } catch {
      failure = (error as? GeminiError)?.code.description ?? "other error"
    }
    var outcome = judged(decoder.finish(modelStopped: reason == .stop), reason, failure)
    outcome.isRouted = isRouted
    return outcome
  }

  private func judged(
    _ reply: DecodedReply,
    _ reason: FinishReason?,
    _ failure: String?
  ) -> Outcome {
    let texts = Self.texts(reply)
    let received = zip(texts, script).prefix { $0 == $1 }.count
    let missing = script.count - received
    let isReported = failure != nil || reason != .stop || !reply.isComplete
    var outcome = Outcome(kind: failure ?? reason?.rawValue ?? "no reason", received: received)
    outcome.reportedMissing = isReported ? missing : 0
    outcome.unreported = isReported ? 0 : missing
    // A loop repeats a row, and a cut row may be shorter than it was said; both are reported.
    outcome.invented = isReported ? 0 : texts.count - received
    return outcome
  }

  /// Uploads in spite of resets; the service's digest tells whether all bytes arrived.
  private func uploads(_ count: Int) async throws -> (done: Int, damaged: Int, failed: Int) {
    guard let client = clients[.generateContent] else { return (0, 0, count) }
    let folder = FileManager.default.temporaryDirectory.appending(path: "soak-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var result = (done: 0, damaged: 0, failed: 0)
    for number in 0..<count {
      let path = folder.appending(path: "\(number).mp4").path
      let bytes = Data("\(number)".utf8) + Data(repeating: UInt8(number % 251), count: 300_000)
      try bytes.write(to: URL(filePath: path))
      let upload = FileUpload(path: path, size: bytes.count, mimeType: "application/octet-stream")
      do {
        let file = try await client.uploadFile(upload, options: .init(deadline: Self.deadline))
        let isWhole = try await LocalFile(path: path).digest() == file.contentDigest
        if isWhole { result.done += 1 } else { result.damaged += 1 }
      } catch {
        result.failed += 1
      }
    }
    return result
  }

  /// Batches that fail as a whole, or whose answers do not say what they answer: each is told or
  /// answered in full.
  private func batches(_ count: Int) async throws -> (whole: Int, failed: Int, lost: Int) {
    guard let client = clients[.generateContent] else { return (0, 0, count) }
    var result = (whole: 0, failed: 0, lost: 0)
    for number in 0..<count {
      let requests = (0..<3).map { place in
        BatchRequest(
          key: "\(number)-\(place)",
          request: WireBenchmark.request(1_000_000 + number * 3 + place, schema: schema)
        )
      }
      var batch = try await client.createBatch(.inline(requests), model: WireBenchmark.model)
      while batch.state?.isFinal != true { batch = try await client.batch(batch.name) }
      if batch.state == .failed, batch.failure?.contains("Internal error") == true {
        result.failed += 1
      } else if case .inline(let answers) = batch.output, answers.count == requests.count,
        answers.allSatisfy({ $0.response != nil || $0.error != nil })
      {
        result.whole += 1
      } else {
        result.lost += 1
      }
    }
    return result
  }

  private static func printFaults(_ log: RequestLog) {
    let counts = log.faultCounts.sorted { $0.key < $1.key }
    print("\(log.count) HTTP requests, \(counts.reduce(0) { $0 + $1.value }) faults played:")
    print("  " + counts.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  private static func report(
    _ outcomes: [Outcome],
    of count: Int,
    _ uploads: (done: Int, damaged: Int, failed: Int),
    _ batches: (whole: Int, failed: Int, lost: Int)
  ) -> Bool {
    let kinds = Dictionary(grouping: outcomes, by: \.kind).mapValues(\.count)
    print(
      "  ends: "
        + kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        .joined(separator: ", ")
    )
    let received = outcomes.reduce(0) { $0 + $1.received }
    let missing = outcomes.reduce(0) { $0 + $1.reportedMissing }
    let unreported = outcomes.reduce(0) { $0 + $1.unreported }
    let invented = outcomes.reduce(0) { $0 + $1.invented }
    let total = count * rowsPerAnswer
    print(
      "rows: \(total) in the script = \(received) received + \(missing) reported missing; "
        + "\(unreported) missing unreported, \(invented) invented"
    )
    let longest = outcomes.map(\.seconds).max() ?? 0
    let limit = deadline / .seconds(haste) + 2
    print(String(format: "longest request %.1f s of %.0f s allowed", longest, limit))
    print(
      "uploads: \(uploads.done) whole, \(uploads.damaged) damaged, \(uploads.failed) given up"
    )
    let routed = outcomes.count(where: \.isRouted)
    print(
      "batches: \(batches.whole) whole, \(batches.failed) told as failed, \(batches.lost) lost; "
        + "\(routed) answers by another model or tier, all noticed"
    )
    return batches.lost == 0 && batches.failed > 0 && routed > 0 && outcomes.count == count
      && received + missing == total && unreported + invented == 0
      && longest <= limit && uploads.damaged == 0 && uploads.done > uploads.failed
  }
}

extension RequestLog {
  /// How often each fault was played, by name.
  fileprivate var faultCounts: [String: Int] {
    entries.compactMap(\.fault).reduce(into: batchFaults) { $0[$1, default: 0] += 1 }
  }

  /// Whether every kind of fault was played.
  fileprivate var hasEveryFault: Bool { faultCounts.count == Fault.Kind.allCases.count }
}

extension GenerateContentResponse {
  /// Whether it says that another model or tier answered than was asked.
  fileprivate func isRouted(from model: String) -> Bool {
    modelVersion.map { $0 != model } ?? false
      || usageMetadata?.serviceTier.map { $0 != .standard } ?? false
  }
}

extension Scenario? {
  /// Whether it strikes generations, and not uploads or batches.
  fileprivate var isOfGenerations: Bool { self?.rules.first?.operations.isEmpty == true }
}
