internal import OrderedJSON
internal import RunStore
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A store of many transcripts: how fast it takes them in and finds words in them.
///
///     TabscribeBenchmarks store [SEGMENTS] [STORE]    1000000 segments when not given
///
/// Every transcript has 1000 rows of 8 to 19 words and is saved as after a request: the document,
/// its rows and their index in one transaction that survives a loss of power. With a file, or the
/// address of a server, the store stays there. The goals: 60,000 rows a second, on a server 30,000; a
/// rare word in 20 ms, a common one in 50, on a server in 100.
enum StoreBenchmark {
  private static let rowsPerItem = 1000

  static func run(arguments: [String]) throws {
    let items = max(1, (arguments.first.flatMap { Int($0) } ?? 1_000_000) / rowsPerItem)
    let folder = "/tmp/tabscribe-store-\(getpid())"
    let path = arguments.dropFirst().first ?? folder + "/tabscribe.db"
    try fill(RunStore(path: path), items: items)
    try stream(RunStore(path: path))
    try search(path)
    if arguments.count < 2 { try FileManager.default.removeItem(atPath: folder) }
  }

  private static func fill(_ store: RunStore, items: Int) throws {
    var text = SampleText()
    var saving = Duration.zero
    var processor = 0.0
    for index in 0..<items {
      if index.isMultiple(of: 10) { try begin("run-\(index / 10)", in: store) }
      let item = try store.add(item(index), to: "run-\(index / 10)")
      let document = document(index, &text)
      let (start, used) = (ContinuousClock.now, processorSeconds)
      try store.save(document, files: [], status: .complete, for: item)
      saving += ContinuousClock.now - start
      processor += processorSeconds - used
    }
    let seconds = saving / .seconds(1)
    let facts = try? FileManager.default.attributesOfItem(atPath: store.path)
    let bytes = facts?[.size] as? Int ?? 0
    print("store items \(items) segments \(items * rowsPerItem) bytes \(bytes)")
    print("save rows_per_second \(Int(Double(items * rowsPerItem) / seconds)) seconds \(seconds)")
    print("save processor_seconds \(processor)")
  }

  /// What this process has used, for machines on which others work at the same time.
  private static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// Replies of 100 pieces, kept as they arrive.
  private static func stream(_ store: RunStore) throws {
    try begin("replies", in: store)
    let item = try store.add(item(0), to: "replies")
    let piece = [UInt8](repeating: 65, count: 400)
    var (appending, finishing) = (Duration.zero, Duration.zero)
    for number in 0..<100 {
      let request = try store.begin(NewRequest(bodyDigest: "\(number)"), of: item)
      let start = ContinuousClock.now
      for _ in 0..<100 { try store.append(piece, to: request) }
      let end = ContinuousClock.now
      try store.finish(request: request, RequestEnding(.answered))
      appending += end - start
      finishing += ContinuousClock.now - end
    }
    print("append microseconds \(Int(appending / .microseconds(10_000)))")
    print("finish microseconds \(Int(finishing / .microseconds(100)))")
  }

  private static func begin(_ id: String, in store: RunStore) throws {
    let run = NewRun(
      id: id,
      startedAt: Date(timeIntervalSince1970: 1_795_000_000),
      tool: "benchmark",
      arguments: [],
      workingFolder: "/"
    )
    try store.begin(run)
  }

  private static func search(_ path: String) throws {
    let common = SampleText.word(0)
    var spoken = SearchQuery(common)
    spoken.speaker = "Speaker 7"
    let queries = [
      ("rare", SearchQuery(SampleText.rare)), ("common rank", SearchQuery(common)),
      ("common time", SearchQuery(common, order: .time)),
      ("two common", SearchQuery("\(common) \(SampleText.word(1))")),
      ("phrase", SearchQuery("\"\(common) \(SampleText.word(1))\"")),
      ("prefix", SearchQuery("ba*")), ("speaker", spoken),
      ("absent", SearchQuery("absent")),
    ]
    for (name, query) in queries {
      var times: [Duration] = []
      var count = 0
      for _ in 0..<5 {
        let start = ContinuousClock.now
        count = try RunStore(readingFrom: path).search(query).hits.count
        times.append(ContinuousClock.now - start)
      }
      let milliseconds = times.map { ($0 / .milliseconds(1) * 100).rounded() / 100 }
      print(
        "search \(name): hits \(count) first_ms \(milliseconds[0]) best_ms \(milliseconds.min() ?? 0)"
      )
    }
  }

  private static func item(_ index: Int) -> NewItem {
    NewItem(
      position: index % 10 + 1,
      source: StoredSource(uri: "video \(index).mp4", kind: "file", stem: "video \(index)"),
      identity: "\(index)",
      model: "gemini-3.5-flash-lite",
      prompt: .init(name: "transcribe", text: ""),
      schema: .init(name: "transcripts-speakers", text: "{}"),
      config: [:],
      settings: [:]
    )
  }

  private static func document(_ index: Int, _ text: inout SampleText) -> TranscriptDocument {
    let segments = (0..<rowsPerItem).map { row in
      TranscriptSegment(
        row: row,
        start: Timecode(milliseconds: row * 4000),
        end: Timecode(milliseconds: row * 4000 + 4000),
        endIsEstimate: true,
        voice: row / 3 % 10,
        text: text.next()
      )
    }
    let speakers = (0..<10).map { Speaker(voice: $0, name: "Speaker \($0) of \(index % 50)") }
    return TranscriptDocument(
      source: .init(uri: "video \(index).mp4", kind: "file", stem: "video \(index)"),
      run: .init(
        id: "run-\(index / 10)",
        startedAt: "2026-11-20T10:15:00Z",
        tool: "benchmark",
        backend: "ai-studio",
        model: "gemini-3.5-flash-lite",
        prompt: "transcribe",
        promptDigest: "",
        schema: "transcripts-speakers",
        encoding: "json"
      ),
      tables: [],
      transcript: Transcript(segments: segments, speakers: speakers),
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
  }
}

/// Rows of words as frequent as words of speech are: the second half as often as the first, ….
private struct SampleText {
  /// A word that stands in one row of 100,000.
  static let rare = "zyzzyva"
  private static let vocabulary = (0..<20_000).map(word)
  private var state: UInt64 = 7
  private var rows = 0

  /// The word of a rank, from 0: consonants and vowels in turn.
  static func word(_ rank: Int) -> String {
    let consonants = Array("bcdfghjklmnpqrst")
    let vowels = Array("aeiou")
    var number = rank + 80
    var word = ""
    while number > 0 {
      word.append(consonants[number % 16])
      number /= 16
      word.append(vowels[number % 5])
      number /= 5
    }
    return word
  }

  private mutating func random() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  mutating func next() -> String {
    rows += 1
    var words: [String] = []
    for _ in 0..<Int(8 + random() % 12) {
      let share = Double(random() % 1_000_000) / 1_000_000
      words.append(Self.vocabulary[Int(exp(share * log(20_000.0))) - 1])
    }
    if rows.isMultiple(of: 100_000) { words.append(Self.rare) }
    return words.joined(separator: " ")
  }
}
