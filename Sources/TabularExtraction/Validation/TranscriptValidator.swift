public import TranscriptModel

/// Looks for what is wrong or doubtful in a transcript.
///
/// All checks together take time in proportion to the text. Of one kind, at most
/// ``maximumFindings`` are given one by one; the rest are one finding.
public struct TranscriptValidator: Sendable {
  /// More findings of one kind than a person would read one by one.
  public static let maximumFindings = 50

  /// What was transcribed, in source time; `nil` when its end is not known.
  public var stretch: TimeRange?
  /// The stretches of silence in source time, in order; `nil` when nobody listened for them.
  public var silences: [TimeRange]?

  /// A validator for what was transcribed.
  public init(stretch: TimeRange? = nil, silences: [TimeRange]? = nil) {
    self.stretch = stretch
    self.silences = silences
  }

  /// The findings about a transcript, in the order of rows.
  ///
  /// - Parameters:
  ///   - transcript: The transcript, its ends estimated.
  ///   - table: The name of the table its segments come from.
  ///   - speakers: The speakers table as decoded; `nil` when speakers come from no table, or when
  ///     nobody was asked to describe them.
  public func findings(
    in transcript: Transcript,
    table: String = "transcripts",
    speakers: Table? = nil
  ) -> [Finding] {
    let input = ValidationInput(
      segments: transcript.segments,
      profiles: transcript.segments.map { TextProfile($0.text) },
      descriptions: speakers.map(Self.descriptions),
      rowTable: table,
      speakerTable: speakers?.name ?? "speakers",
      stretch: stretch,
      silences: silences
    )
    let loops = LoopCheck(input)
    let all =
      loops.findings + RepeatedRowCheck(input, loops: loops).findings
      + TimeOrderCheck(input).findings + PaceCheck(input).findings + GapCheck(input).findings
      + VoiceCheck(input).findings + NameCheck(input).findings
    return Self.limited(all).sorted { Self.place($0) < Self.place($1) }
  }

  private static func descriptions(_ table: Table) -> [ValidationInput.Description] {
    let voice = table.column(.voice)
    let name = table.column(.name)
    // The speakers table is read first, so ids that are words get the numbers they have in rows.
    var voices = VoiceNumbers()
    return (0..<table.rowCount).map { row in
      ValidationInput.Description(
        row: row,
        voice: voice.flatMap { voices.number(table[row, $0]) },
        name: name.flatMap {
          table.isMissing(row: row, column: $0) ? nil : table[row, $0].rendered
        }
      )
    }
  }

  /// Findings about the whole come last, as they have no row to stand at.
  private static func place(_ finding: Finding) -> Int { finding.rows.first?.index ?? .max }

  private static func limited(_ findings: [Finding]) -> [Finding] {
    let byCode = Dictionary(grouping: findings, by: \.code)
    let crowded = byCode.filter { $0.value.count > maximumFindings }
    guard !crowded.isEmpty else { return findings }
    var counts: [Finding.Code: Int] = [:]
    let kept = findings.filter { finding in
      counts[finding.code, default: 0] += 1
      return counts[finding.code, default: 0] <= maximumFindings
    }
    return kept
      + crowded.sorted { $0.key.rawValue < $1.key.rawValue }.map { code, findings in
        let rest = findings.dropFirst(maximumFindings)
        let severity = rest.map(\.severity).max() ?? code.defaultSeverity
        let message = "\(rest.count) more findings of this kind, in the rows listed."
        return Finding(code, severity, message, rows: rest.flatMap(\.rows))
      }
  }
}
