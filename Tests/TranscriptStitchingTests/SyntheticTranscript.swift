import TabularExtraction
import TestSupport
import TranscriptModel
import TranscriptStitching

/// A transcript made by chance, and the replies of a model that hears clips of it perfectly: but with
/// voices numbered as it likes, names left out, times a little off and words misheard.
struct SyntheticTranscript {
  struct Row {
    let start: Int
    let words: [String]
    let voice: Int
    var text: String { words.joined(separator: " ") + "." }
  }

  static let columns = [
    Column(name: "start", role: .start), Column(name: "text", role: .text),
    Column(name: "voice", type: .integer, role: .voice),
  ]
  static let speakerColumns = [
    Column(name: "voice", type: .integer, role: .voice), Column(name: "name", role: .name),
    Column(name: "company", role: .company),
  ]

  var random: SeededGenerator
  let length: Int
  private(set) var rows: [Row] = []
  /// The names of the voices that have one.
  private(set) var names: [Int: String] = [:]

  private static let syllables = [
    "ba", "co", "di", "fu", "ge", "ha", "jo", "ka", "li", "mo", "ne", "pu", "ra", "si", "to", "vu",
  ]

  init(seed: UInt64, minutes: Int = 100, voices: Int = 40, rows count: Int = 850) {
    random = SeededGenerator(seed: seed)
    length = minutes * 60_000
    for voice in 1...voices where voice % 2 == 0 {
      names[voice] = "\(word().uppercased()) V\(voice)x"
    }
    let step = length / count
    for index in 0..<count {
      let start = index * step + Int.random(in: 0..<step / 2, using: &random)
      rows.append(Row(start: start / 100 * 100, words: said(), voice: voice(index, count, voices)))
    }
  }

  /// Voices come and go: a host throughout, and five others at a time.
  private mutating func voice(_ index: Int, _ count: Int, _ voices: Int) -> Int {
    guard index >= 6, chance(70) else { return index < 6 ? index % 3 + 1 : 1 }
    let first = 2 + index * (voices - 6) / count
    return min(voices, first + Int.random(in: 0..<5, using: &random))
  }

  private mutating func said() -> [String] {
    if chance(12) {
      return [["Yes"], ["Right"], ["No"], ["Thank", "you"]][Int(random.next() % 4)]
    }
    return (0..<Int.random(in: 4...18, using: &random)).map { _ in word() }
  }

  private mutating func word() -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      Self.syllables[Int.random(in: Self.syllables.indices, using: &random)]
    }.joined()
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

  func end(of row: Int) -> Int { row + 1 < rows.count ? rows[row + 1].start : length }

  // MARK: Replies

  /// What the model says about a clip, and which original voice each of its voices is.
  struct Reply {
    let piece: ReplyPiece
    let voices: [Int: Int]
    /// The names it gives, by original voice.
    let names: [Int: String]
    /// The original rows it holds whole.
    let whole: Set<Int>
  }

  mutating func reply(_ clip: TimeRange, overlapping others: [TimeRange], isExact: Bool) -> Reply {
    var transcripts = Table(name: "transcripts", columns: Self.columns)
    var numbers: [Int: Int] = [:]
    var free = Array(1...99).shuffled(using: &random)
    var whole: Set<Int> = []
    for index in rows.indices {
      guard var row = heard(index, clip, &whole) else { continue }
      let isShared = others.contains {
        $0.start.milliseconds < end(of: index) && row.start < $0.end.milliseconds
      }
      if isShared, !isExact {
        let edges = (others + [clip]).flatMap { [$0.start.milliseconds, $0.end.milliseconds] }
        let isCut = edges.contains { rows[index].start < $0 && $0 < end(of: index) }
        row = misheard(row, inside: clip, keeping: isCut ? 3 : 0)
      }
      let number = numbers[row.voice] ?? free.removeLast()
      numbers[row.voice] = number
      transcripts.append([
        .time(Timecode(milliseconds: row.start)), .text(written(row, isShared && !isExact)),
        .integer(number),
      ])
    }
    var given: [Int: String] = [:]
    for (voice, name) in names.sorted(by: { $0.key < $1.key }) where numbers[voice] != nil {
      if isExact || chance(80) { given[voice] = name }
    }
    let speakers = speakers(numbers, given)
    return Reply(
      piece: ReplyPiece(range: clip, tables: [transcripts, speakers]),
      voices: Dictionary(uniqueKeysWithValues: numbers.map { ($0.value, $0.key) }),
      names: given,
      whole: whole
    )
  }

  private func speakers(_ numbers: [Int: Int], _ given: [Int: String]) -> Table {
    var table = Table(name: "speakers", columns: Self.speakerColumns)
    for (voice, number) in numbers.sorted(by: { $0.value < $1.value }) {
      table.append([.integer(number), given[voice].map(Cell.text) ?? .missing, .missing])
    }
    return table
  }

  /// The part of a row that a clip holds, cut at the edges by chance; `nil` for none.
  private mutating func heard(_ index: Int, _ clip: TimeRange, _ whole: inout Set<Int>) -> Row? {
    let row = rows[index]
    let end = end(of: index)
    let (first, last) = (clip.start.milliseconds, clip.end.milliseconds)
    if row.start >= first, row.start < last {
      guard end > last, row.words.count > 3, last - row.start > 1500, chance(60) else {
        whole.insert(index)
        return row
      }
      let kept = max(1, row.words.count * (last - row.start) / (end - row.start))
      return Row(start: row.start, words: Array(row.words.prefix(kept)), voice: row.voice)
    }
    guard row.start < first, end > first + 1500, row.words.count > 3, chance(60) else { return nil }
    let kept = max(1, row.words.count * (end - first) / (end - row.start))
    return Row(start: first, words: Array(row.words.suffix(kept)), voice: row.voice)
  }

  /// A row with its time off by up to a second, and perhaps one other word; the first and last words
  /// stay where a cut leaves little else.
  private mutating func misheard(_ row: Row, inside clip: TimeRange, keeping kept: Int) -> Row {
    let shift = Int.random(in: -1000...1000, using: &random)
    let start = min(max(row.start + shift, clip.start.milliseconds), clip.end.milliseconds)
    var words = row.words
    if words.count >= max(5, 2 * kept + 2), chance(50) {
      words[Int.random(in: kept..<words.count - kept, using: &random)] = word()
    }
    return Row(start: start, words: words, voice: row.voice)
  }

  private mutating func written(_ row: Row, _ isVaried: Bool) -> String {
    guard isVaried else { return row.text }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return row.text.uppercased()
    case 1: return row.words.joined(separator: ", ") + "!"
    case 2: return "— " + row.text.prefix(1).uppercased() + row.text.dropFirst()
    default: return row.text
    }
  }
}
