internal import OrderedJSON
internal import PlainText
internal import Redacting
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The request behind a transcript, folded away part by part.
struct RequestPanel {
  let record: RequestRecord?

  /// More of a prompt, schema or reply than this is for the run store, not for a page.
  private static let limit = 200_000
  /// A reply is mostly what the page shows anyway.
  static let replyLimit = 65_536
  /// Calls in the table; a page of a very long video has hundreds.
  private static let mostCalls = 500

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
    if !record.calls.isEmpty { appendCalls(record.calls, to: slot) }
    if let reply = record.reply {
      append("Raw reply", reply, size: record.replySize, limit: Self.replyLimit, to: slot)
    }
  }

  private static func text(_ value: JSONValue) -> String {
    String(decoding: value.renderedBytes(.pretty), as: UTF8.self)
  }

  private func append(
    _ title: String,
    _ text: String,
    size: Int? = nil,
    limit: Int = Self.limit,
    to slot: HTMLElement
  ) {
    let size = max(size ?? 0, text.utf8.count)
    let details = part(title, note: "\(NumberText.grouped(size)) bytes", of: slot)
    let shown = text.utf8.count > limit ? Self.beginning(of: text, limit) : text
    details.append("pre", Redaction.text(shown)).with("tabindex", "0").with("dir", "auto")
    if shown.utf8.count < size {
      let length = NumberText.grouped(shown.utf8.count)
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
  private static func beginning(of text: String, _ limit: Int) -> String {
    String(decoding: text.utf8.prefix(limit), as: UTF8.self)
  }

  private func appendCalls(_ calls: [RequestRecord.Call], to slot: HTMLElement) {
    let details = part("Requests", note: NumberText.grouped(calls.count), of: slot)
    let table = details.append("div").with("class", "wide").append("table").with("class", "calls")
    let head = table.append("thead").append("tr")
    for (name, isNumber) in Self.columns {
      let cell = head.append("th", name).with("scope", "col")
      if isNumber { cell.with("class", "n") }
    }
    let body = table.append("tbody")
    for call in calls.prefix(Self.mostCalls) {
      let row = body.append("tr")
      for (cell, column) in zip(cells(of: call), Self.columns) {
        let cell = row.append("td", Redaction.text(cell))
        if column.isNumber { cell.with("class", "n") }
      }
    }
    if calls.count > Self.mostCalls {
      details.append(
        "p",
        "Cut here, after \(Self.mostCalls) requests; the run store has all of them."
      )
    }
  }

  private static let columns: [(name: String, isNumber: Bool)] = [
    ("For", false), ("Clip", false), ("Sent", false), ("Ended", false), ("Tries", true),
    ("Seconds", true), ("Prompt", true), ("Cached", true), ("Output", true), ("Thinking", true),
    ("USD", true),
  ]

  private func cells(of call: RequestRecord.Call) -> [String] {
    func count(_ number: Int?) -> String { number.map(NumberText.grouped) ?? "" }
    return [
      call.kind, call.clip.map(Self.text) ?? "all", call.startedAt, call.outcome,
      String(call.attempts),
      call.durationMS.map { "\($0 / 1000).\($0 % 1000 / 100)" } ?? "",
      count(call.usage?.promptTokens), count(call.usage?.cachedTokens),
      count(call.usage?.outputTokens), count(call.usage?.thoughtsTokens),
      call.cost.map { MoneyText.rendered($0) } ?? "",
    ]
  }

  private static func text(_ range: TimeRange) -> String {
    "\(range.start.rendered)–\(range.end.rendered)"
  }

  private func appendAttempts(_ attempts: [RequestRecord.Attempt], to slot: HTMLElement) {
    let number = attempts.count
    let list = part("Attempts", note: "\(number)", of: slot).append("ol")
    for attempt in attempts.prefix(100) {
      let item = list.append("li", Redaction.text(attempt.startedAt))
      item.append(text: ": " + Redaction.text(attempt.outcome))
    }
  }
}
