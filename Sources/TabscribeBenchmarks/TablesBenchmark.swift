import EmbeddedLibrary
import Foundation
import TabularExtraction
import TranscriptModel

/// Decodes a reply of 60,000 rows in both encodings, beside the usual Python packages when a
/// Python that has them is found (`TABSCRIBE_PYTHON`, else `.venv/bin/python`).
///
/// Times are of the processor, for us and for the peers, so that other work on the machine counts
/// little; all of them use one thread.
struct TablesBenchmark {
  static let rows = 60_000
  static let rounds = 9

  let schema: TableSchema
  let json: [UInt8]
  let tsv: [UInt8]
  var cutJSON: [UInt8] { Array(json.prefix(json.count * 9 / 10)) }
  var cutTSV: [UInt8] { Array(tsv.prefix(tsv.count * 9 / 10)) }

  static func run() throws {
    let text = EmbeddedLibrary.schemas.file(named: "transcripts-speakers.json")?.text ?? ""
    let schema = try TableSchema(name: "transcripts-speakers", parsing: text)
    let arguments = CommandLine.arguments
    if arguments.count == 5, arguments[2] == "memory",
      let encoding = ReplyEncoding(rawValue: arguments[3])
    {
      return try printMemory(of: arguments[4], encoding, schema)
    }
    let (json, tsv) = replies()
    let benchmark = TablesBenchmark(schema: schema, json: json, tsv: tsv)
    benchmark.printCounts()
    benchmark.printSpeeds()
    fflush(nil)
    try benchmark.runOthers()
  }

  // MARK: The replies

  private static let words = [
    "the", "budget", "we", "agreed", "on", "naïve", "last", "quarter", "is", "not", "what",
    "Zürich", "people", "R&D", "expected", "and", "so", "I", "would", "like", "to", "hear",
    "from", "everyone", "—", "before", "lunch",
  ]

  /// The same rows in both encodings, with every tenth text holding quotes to escape.
  private static func replies() -> (json: [UInt8], tsv: [UInt8]) {
    var json = #"{"task1_transcripts": ["#
    var tsv = "<TASK1_TRANSCRIPTS_TSV>\nstart\ttext\tvoice\n"
    for row in 0..<rows {
      let start = String(format: "%02d:%02d", row / 20, row % 20 * 3)
      let said = (0..<20).map { words[(row &* 7 &+ $0 &* ($0 &+ row % 11)) % words.count] }
      let text = said.joined(separator: " ")
      let quoted = row % 10 == 0 ? text.replacing("we", with: #"\"we\""#) : text
      json += row == 0 ? "\n" : ",\n"
      json += #"{"start": "\#(start)", "text": "\#(quoted)", "voice": \#(row % 7 + 1)}"#
      tsv += "\(start)\t\(text)\t\(row % 7 + 1)\n"
    }
    let speakers = (1...7).map {
      #"{"voice": \#($0), "name": "Ada \#($0)", "company": "?", "position": "?", "role": "host"}"#
    }
    json += "],\n\"task2_speakers\": [\(speakers.joined(separator: ",\n"))]}"
    tsv += "</TASK1_TRANSCRIPTS_TSV>\n<TASK2_SPEAKERS_TSV>\n"
    tsv += "voice\tname\tcompany\tposition\trole\n"
    for voice in 1...7 { tsv += "\(voice)\tAda \(voice)\t?\t?\thost\n" }
    tsv += "</TASK2_SPEAKERS_TSV>\n"
    return (Array(json.utf8), Array(tsv.utf8))
  }

  // MARK: What is measured

  private func decode(
    _ reply: [UInt8],
    _ encoding: ReplyEncoding,
    piece: Int? = nil
  )
    -> DecodedReply
  {
    var decoder = ReplyDecoder(schema: schema, encoding: encoding)
    reply.withUnsafeBufferPointer { bytes in
      let size = piece ?? bytes.count
      for start in stride(from: 0, to: bytes.count, by: size) {
        let end = min(start + size, bytes.count)
        decoder.feed(UnsafeBufferPointer(rebasing: bytes[start..<end]))
      }
    }
    return decoder.finish()
  }

  private func printCounts() {
    for (name, reply, encoding) in [("JSON", json, ReplyEncoding.json), ("TSV", tsv, .tsv)] {
      let decoded = decode(reply, encoding)
      let counts = decoded.tables.map { "\($0.rowCount) \($0.name)" }.joined(separator: ", ")
      print("\(name): \(reply.count) bytes, \(counts), \(decoded.findings.count) findings")
    }
  }

  private func printSpeeds() {
    measure("tabscribe JSON", json) { decode($0, .json) }
    measure("tabscribe JSON, pieces of 16 KB", json) { decode($0, .json, piece: 16384) }
    measure("tabscribe JSON, cut at nine tenths", cutJSON) { decode($0, .json) }
    measure("tabscribe TSV", tsv) { decode($0, .tsv) }
    measure("tabscribe TSV, pieces of 16 KB", tsv) { decode($0, .tsv, piece: 16384) }
    measure("tabscribe TSV, cut at nine tenths", cutTSV) { decode($0, .tsv) }
  }

  private func measure(_ name: String, _ reply: [UInt8], _ body: ([UInt8]) -> DecodedReply) {
    var times: [Double] = []
    var rows = 0
    for _ in 0..<Self.rounds {
      let begin = clock()
      rows = body(reply).tables[0].rowCount
      times.append(Double(clock() - begin) / Double(CLOCKS_PER_SEC))
    }
    times.sort()
    let seconds = times[times.count / 2]
    let best = times[0]
    let columns = [
      name.padding(toLength: 44, withPad: " ", startingAt: 0),
      String(format: "%7.0f MB/s", Double(reply.count) / seconds / 1e6),
      String(format: "(best %5.0f)", Double(reply.count) / best / 1e6),
      String(format: "%8.1f ms", seconds * 1e3), "\(rows) rows",
    ]
    print(columns.joined(separator: "  "))
  }

  // MARK: Memory

  /// Decodes a file in pieces, in a process of its own, and prints what that took at its peak.
  private static func printMemory(
    of path: String,
    _ encoding: ReplyEncoding,
    _ schema: TableSchema
  ) throws {
    guard let file = FileHandle(forReadingAtPath: path), let before = peakMemory() else { return }
    var decoder = ReplyDecoder(schema: schema, encoding: encoding)
    var size = 0
    while let piece = try file.read(upToCount: 16384), !piece.isEmpty {
      size += piece.count
      decoder.feed(Array(piece))
    }
    let rows = decoder.finish().tables[0].rowCount
    guard let peak = peakMemory() else { return }
    let ratio = String(format: "%.1f", Double(peak - before) / Double(size))
    let name = encoding.rawValue.uppercased()
    print(
      "memory for \(name): \((peak - before) >> 10) KiB, \(ratio) times the reply, \(rows) rows"
    )
  }

  /// The most memory the process has had in use, in bytes; `nil` where the kernel does not tell.
  private static func peakMemory() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let number = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return nil }
    return Int(number).map { $0 << 10 }
  }

  // MARK: The peers

  /// Runs what needs a process of its own: the measurement of memory, and the peers.
  private func runOthers() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "tabscribe-tables-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var paths: [String] = []
    for (name, bytes) in [("reply.json", json), ("cut.json", cutJSON), ("reply.tsv", tsv)] {
      let file = folder.appending(path: name)
      try Data(bytes).write(to: file)
      paths.append(file.path)
    }
    let own = CommandLine.arguments[0]
    try start(own, ["tables", "memory", "json", paths[0]])
    try start(own, ["tables", "memory", "tsv", paths[2]])
    let python = ProcessInfo.processInfo.environment["TABSCRIBE_PYTHON"] ?? ".venv/bin/python"
    guard FileManager.default.isExecutableFile(atPath: python) else {
      return print("No Python for the peers: set TABSCRIBE_PYTHON to one with the packages.")
    }
    try start(python, ["Tests/Benchmarks/tables_peers.py"] + paths)
  }

  private func start(_ program: String, _ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    try process.run()
    process.waitUntilExit()
  }
}
