package import TranscriptModel

extension ImportedTranscript {
  /// The tables that a transcript is made of: `transcripts` with `start`, `end`, `text`, `voice` and,
  /// where the file says it, `language`; and `speakers` with `voice`, `name` and `role`.
  ///
  /// Voices are numbered in the order in which they are heard. What only tells speakers apart, such as
  /// `SPEAKER_01`, is no name: it stands as the role. Our own labels, `[voice 2, host]`, are read back.
  package var tables: [Table] {
    var voices = VoiceList()
    var transcripts = Table(
      name: "transcripts",
      columns: Self.columns(hasLanguage: language != nil)
    )
    let textBytes = rows.reduce(0) { $0 + $1.text.utf8.count + (language?.utf8.count ?? 0) }
    transcripts.reserve(rows: rows.count, textBytes: textBytes)
    for row in rows {
      let cells: [Cell] = [
        row.start.map { .time(Timecode(milliseconds: $0)) } ?? .missing,
        row.end.map { .time(Timecode(milliseconds: $0)) } ?? .missing,
        row.text.isEmpty ? .missing : .text(row.text),
        voices.number(row.speaker).map(Cell.integer) ?? .missing,
      ]
      transcripts.append(language.map { cells + [.text($0)] } ?? cells)
    }
    return [transcripts, voices.table]
  }

  private static func columns(hasLanguage: Bool) -> [Column] {
    [
      Column(name: "start", role: .start), Column(name: "end", role: .end),
      Column(name: "text", role: .text), Column(name: "voice", type: .integer, role: .voice),
    ] + (hasLanguage ? [Column(name: "language", role: .language)] : [])
  }
}

/// Numbers voices by what a file calls them.
private struct VoiceList {
  private var numbers: [String: Int] = [:]
  private var owners: [(voice: Int, name: String?, role: String?)] = []
  private var taken: Set<Int> = []

  /// `nil` for nobody.
  mutating func number(_ speaker: String) -> Int? {
    guard !speaker.isEmpty else { return nil }
    if let number = numbers[speaker] { return number }
    let label = OwnLabel(speaker)
    let number = label.flatMap { taken.contains($0.voice) ? nil : $0.voice } ?? free
    numbers[speaker] = number
    taken.insert(number)
    if let label {
      owners.append((number, nil, label.role))
    } else if Self.isGeneric(speaker) {
      owners.append((number, nil, speaker))
    } else {
      owners.append((number, speaker, nil))
    }
    return number
  }

  private var free: Int {
    var number = taken.count + 1
    while taken.contains(number) { number += 1 }
    return number
  }

  /// Whether a label only tells speakers apart: `SPEAKER_01`, `Speaker 2`, `spk0`, `A`, `3`.
  private static func isGeneric(_ speaker: String) -> Bool {
    let text = speaker.lowercased()
    let prefixes = ["speaker", "spk", "spkr", "voice", "person", "channel", "unknown", "sprecher"]
    let rest = prefixes.first { text.hasPrefix($0) }.map { text.dropFirst($0.count) } ?? text[...]
    let isNumbered = rest.allSatisfy { $0.isNumber || " _-#".contains($0) }
    return isNumbered || rest.count == 1 || rest.count == 2 && rest.first == " "
  }

  var table: Table {
    var table = Table(
      name: "speakers",
      columns: [
        Column(name: "voice", type: .integer, role: .voice), Column(name: "name", role: .name),
        Column(name: "role", role: .role),
      ]
    )
    for owner in owners {
      table.append([
        .integer(owner.voice), owner.name.map(Cell.text) ?? .missing,
        owner.role.map(Cell.text) ?? .missing,
      ])
    }
    return table
  }
}

/// A label as Tabscribe shows it where nobody is named: `[voice 2]` or `[voice 2, host]`.
private struct OwnLabel {
  let voice: Int
  let role: String?

  init?(_ text: String) {
    guard text.hasPrefix("[voice "), text.hasSuffix("]") else { return nil }
    let parts = text.dropFirst(7).dropLast().split(separator: ",", maxSplits: 1)
    guard let first = parts.first, let voice = Int(first), (1...1_000_000).contains(voice) else {
      return nil
    }
    self.voice = voice
    role = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : nil
  }
}
