internal import TranscriptModel

/// Compares the voices of rows with the speakers table, and the speakers table with itself.
struct VoiceCheck {
  private let input: ValidationInput

  init(_ input: ValidationInput) { self.input = input }

  var findings: [Finding] {
    guard let descriptions = input.descriptions else { return [] }
    return unknown(descriptions) + unused(descriptions) + duplicates(descriptions)
  }

  private func unknown(_ descriptions: [ValidationInput.Description]) -> [Finding] {
    let known = Set(descriptions.compactMap(\.voice))
    var rows: [Int: [Int]] = [:]
    for (position, segment) in input.segments.enumerated() {
      guard let voice = segment.voice, !known.contains(voice) else { continue }
      rows[voice, default: []].append(position)
    }
    if descriptions.isEmpty, !rows.isEmpty {
      let message = "None of the \(rows.count) voices is described: the speakers table is empty."
      return [Finding(.unknownVoice, message)]
    }
    return rows.sorted { $0.key < $1.key }.map { voice, positions in
      let message =
        "Voice \(voice) of \(input.name(positions[0])) is not described in the speakers table."
      return Finding(.unknownVoice, message, rows: input.rows(positions))
    }
  }

  private func unused(_ descriptions: [ValidationInput.Description]) -> [Finding] {
    let heard = Set(input.segments.compactMap(\.voice))
    guard !heard.isEmpty else { return [] }
    return descriptions.compactMap { description in
      guard let voice = description.voice, !heard.contains(voice) else { return nil }
      let name = description.name.map { " (\(ValidationInput.quoted($0)))" } ?? ""
      return Finding(
        .unusedSpeaker,
        "Voice \(voice)\(name) is described, but no row has it.",
        rows: [row(description)]
      )
    }
  }

  private func duplicates(_ descriptions: [ValidationInput.Description]) -> [Finding] {
    var voices: [Int: ValidationInput.Description] = [:]
    var names: [String: ValidationInput.Description] = [:]
    var findings: [Finding] = []
    for description in descriptions {
      if let voice = description.voice {
        if let first = voices[voice] {
          let message = "Voice \(voice) is described twice; the first description counts."
          let rows = [row(first), row(description)]
          findings.append(Finding(.duplicateSpeaker, .error, message, rows: rows))
          continue
        }
        voices[voice] = description
      }
      guard let name = description.name else { continue }
      let key = NameSpelling.folded(name).joined(separator: " ")
      guard !key.isEmpty else { continue }
      if let first = names[key] {
        let numbers = [first.voice, description.voice].map { $0.map(String.init) ?? "?" }
        let message =
          "\(ValidationInput.quoted(name)) is the name of voices \(numbers[0]) and \(numbers[1]); "
          + "one person may have been heard as two."
        let rows = [row(first), row(description)]
        findings.append(Finding(.duplicateSpeaker, message, rows: rows))
      } else {
        names[key] = description
      }
    }
    return findings
  }

  private func row(_ description: ValidationInput.Description) -> Finding.Row {
    Finding.Row(table: input.speakerTable, index: description.row)
  }
}
