internal import OrderedJSON

/// The request behind a transcript, folded away part by part.
struct RequestPanel {
  let record: RequestRecord?

  /// More of a prompt, schema or reply than this is for the run store, not for a page.
  private static let limit = 200_000

  func fill(_ slot: HTMLElement) {
    guard let record else {
      slot.remove()
      return
    }
    append("Prompt", record.prompt, to: slot)
    if !record.parameters.isEmpty {
      append("Parameters", Self.text(.object(record.parameters)), to: slot)
    }
    if let schema = record.schema { append("Response schema", Self.text(schema), to: slot) }
    if !record.attempts.isEmpty { appendAttempts(record.attempts, to: slot) }
    if let reply = record.reply { append("Raw reply", reply, to: slot) }
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: value.renderedBytes(.pretty), as: UTF8.self)
  }

  private func append(_ title: String, _ text: String, to slot: HTMLElement) {
    let details = part(title, note: "\(PageNumbers.grouped(text.utf8.count)) bytes", of: slot)
    let shown = text.utf8.count > Self.limit ? Self.beginning(of: text) : text
    details.append("pre", Secrets.blotted(shown)).with("tabindex", "0").with("dir", "auto")
    if shown.utf8.count < text.utf8.count {
      let length = PageNumbers.grouped(shown.utf8.count)
      details.append("p", "Cut here, after \(length) bytes; the run store has all of it.")
    }
  }

  private func part(_ title: String, note: String, of slot: HTMLElement) -> HTMLElement {
    let details = slot.append("details")
    let summary = details.append("summary", title + " ")
    summary.append("span", note).with("class", "count")
    return details
  }

  /// The beginning of a long text, cut between characters.
  private static func beginning(of text: String) -> String {
    String(decoding: text.utf8.prefix(limit), as: UTF8.self)
  }

  private func appendAttempts(_ attempts: [RequestRecord.Attempt], to slot: HTMLElement) {
    let number = attempts.count
    let list = part("Attempts", note: "\(number)", of: slot).append("ol")
    for attempt in attempts.prefix(100) {
      let item = list.append("li", Secrets.blotted(attempt.startedAt))
      item.append(text: ": " + Secrets.blotted(attempt.outcome))
    }
  }
}

/// Takes out what looks like a key, should a record hold one in spite of everything.
enum Secrets {
  private static let marks = ["AIza", "ya29.", "Bearer "]

  /// The text with the characters behind such a beginning replaced.
  static func blotted(_ text: String) -> String {
    guard marks.contains(where: text.contains) else { return text }
    var output = text
    for mark in marks {
      let parts = output.components(separatedBy: mark)
      output =
        String(parts[0])
        + parts.dropFirst().map { part in
          let secret = part.prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
          }
          return mark + (secret.count < 16 ? part : "…" + part.dropFirst(secret.count))
        }
        .joined()
    }
    return output
  }
}

extension String {
  /// The pieces between the occurrences of a mark.
  fileprivate func components(separatedBy mark: String) -> [Substring] {
    split(separator: mark, omittingEmptySubsequences: false)
  }
}
