internal import TranscriptModel

/// Finds names that are spelled in two ways: within the speakers table, and between it and the rows.
///
/// Only names of two words or more are looked at, and only a spelling that shares one whole word with
/// the name and nearly shares the other: single words are too often other words.
struct NameCheck {
  private let input: ValidationInput
  private let names: [(name: String, words: [String], row: Int)]

  init(_ input: ValidationInput) {
    self.input = input
    names = (input.descriptions ?? []).compactMap { description in
      guard let name = description.name else { return nil }
      let words = NameSpelling.written(name)
      return words.count >= 2 ? (name, words, description.row) : nil
    }
  }

  var findings: [Finding] { names.isEmpty ? [] : amongSpeakers + inRows }

  /// Pairs of names in which one word differs a little.
  private var amongSpeakers: [Finding] {
    var findings: [Finding] = []
    var groups: [[String]: [Int]] = [:]
    for (index, name) in names.enumerated() {
      for word in name.words.indices {
        var key = name.words
        key[word] = "\u{0}"
        // Names that share all other words are few, unless the reply is hostile.
        for other in groups[key, default: []].prefix(20) {
          if let finding = finding(other, index, word) { findings.append(finding) }
        }
        groups[key, default: []].append(index)
      }
    }
    return findings
  }

  private func finding(_ one: Int, _ other: Int, _ word: Int) -> Finding? {
    let (first, second) = (names[one], names[other])
    let (spelling, variant) = (first.words[word], second.words[word])
    // Short given names of one family differ by a letter: Anna and Anne are two people.
    guard word > 0 || min(spelling.count, variant.count) >= 6,
      NameSpelling.isVariant(spelling, variant)
    else { return nil }
    let message =
      "\(ValidationInput.quoted(first.name)) and \(ValidationInput.quoted(second.name)) may be one "
      + "name spelled in two ways."
    let rows = [first.row, second.row].map { Finding.Row(table: input.speakerTable, index: $0) }
    return Finding(.nameSpelledTwoWays, message, rows: rows)
  }

  private var inRows: [Finding] {
    var scanner = NameScanner(names.map(\.words))
    for (position, segment) in input.segments.enumerated() {
      var text = segment.text
      text.withUTF8 { scanner.scan($0, position: position) }
    }
    return scanner.variants.map { variant in
      let name = names[variant.name]
      let first = input.name(variant.positions[0])
      let others = variant.positions.count - 1
      let places = others > 0 ? "\(first) and \(others) more" : first
      let message =
        "\(ValidationInput.quoted(name.name)) of the speakers table is spelled "
        + "\(ValidationInput.quoted(variant.spelling)) in \(places)."
      let speaker = Finding.Row(table: input.speakerTable, index: name.row)
      return Finding(
        .nameSpelledTwoWays,
        message,
        rows: input.rows(variant.positions) + [speaker]
      )
    }
  }
}
