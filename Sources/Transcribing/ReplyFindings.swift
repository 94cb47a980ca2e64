internal import GeminiAPI
internal import TranscriptModel

/// What the way a reply ended says about what is missing.
enum ReplyFindings {
  /// What a reply that is all there is says.
  static func findings(_ reply: ReceivedReply) -> [Finding] {
    if reply.isWithoutEnd { return [withoutEnd] }
    return finding(reply).map { code, event in
      let rest = reply.blockReason == nil ? ": rows after the last one are missing." : "."
      return [Finding(code, event + rest)]
    } ?? []
  }

  /// What a reply says when the rest was asked for again: worth knowing, and nothing is missing.
  static func findingsOfRecovered(_ reply: ReceivedReply) -> [Finding] {
    if reply.isWithoutEnd { return [withoutEnd] }
    return finding(reply).map { code, event in
      [Finding(code, .note, "\(event). The rest was asked for again and is here.")]
    } ?? []
  }

  /// The findings, those about tables that came with a later reply as notes.
  static func mended(_ findings: [Finding], in tables: [Table]) -> [Finding] {
    let filled = Set(tables.filter { $0.rowCount > 0 }.map(\.name))
    return findings.map { finding in
      guard finding.code == .missingTable, let table = finding.table, filled.contains(table) else {
        return finding
      }
      return Finding(
        finding.code,
        .note,
        finding.message + " It came with another reply.",
        rows: finding.rows,
        table: table
      )
    }
  }

  private static let withoutEnd = Finding(
    .truncated,
    .note,
    "The reply ended without the service saying that the model was done; its tables are closed, so "
      + "it counts as whole."
  )

  /// The code, and what happened, without a full stop; `nil` when nothing did.
  private static func finding(_ reply: ReceivedReply) -> (Finding.Code, String)? {
    if let reason = reply.blockReason {
      return (
        .blocked,
        "The service refused the request (\(reason.rawValue)\(words(of: reply))), so there is no "
          + "transcript; another model or a shorter clip may be accepted"
      )
    }
    if let error = reply.interruption {
      return (.truncated, error.message.prefix(1).uppercased() + error.message.dropFirst())
    }
    if reply.isLooping {
      return (.looped, "The model repeated itself without end, so its reply was not read further")
    }
    guard let reason = reply.finishReason, reason != .stop else { return nil }
    if reason == .maxTokens { return (.truncated, "The model reached its output limit") }
    return (
      .blocked, "The service stopped the reply (\(reason.rawValue)\(words(of: reply)))"
    )
  }

  /// The service's own words, made fit for a sentence.
  private static func words(of reply: ReceivedReply) -> String {
    guard let words = reply.words else { return "" }
    let line = words.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(300)
    return line.isEmpty ? "" : ": \(line.last == "." ? line.dropLast() : line)"
  }
}
