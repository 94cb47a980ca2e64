extension ImportFormat {
  /// Transcripts of spaceflight, whose times count days.
  static let airToGround = ImportFormat(
    name: "air-to-ground",
    summary: "transcripts of spaceflight: [DD:HH:MM:SS] on a line, then CC: text",
    content: .text(
      fits: { source in
        let lines = source.first(400)
        let times = lines.compactMap(fields)
        guard times.count > 1 else { return false }
        // Frames stay below 30 at the rates of films; seconds do not.
        return times.contains { $0[3] >= 30 } || lines.contains { $0.hasPrefix("_page") }
      },
      read: { source throws(ImportError) in
        TextTurns.transcript(source, isTimed: true, countsDays: true)
      }
    )
  )

  /// The numbers of a line that is `[DD:HH:MM:SS]`.
  private static func fields(_ line: String) -> [Int]? {
    guard line.hasPrefix("["), line.hasSuffix("]") else { return nil }
    let numbers = line.dropFirst().dropLast().split(separator: ":").compactMap { Int($0) }
    return numbers.count == 4 ? numbers : nil
  }
}
