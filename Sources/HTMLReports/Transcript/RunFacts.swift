internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// Where the transcript comes from, how it was made, and what that took.
struct RunFacts {
  let document: TranscriptDocument
  let corrected: CorrectedTranscript
  let options: HTMLReport.Options
  let rows: TranscriptRows

  private var run: TranscriptDocument.Run { document.run }
  private var transcript: Transcript { corrected.transcript }

  /// Length, clip, speakers and source on one line.
  ///
  /// The day of the run stands with the run: here it would read as the recording's.
  func fillByline(_ line: HTMLElement) {
    if let day = document.source.recordedAt.flatMap({ PageNumbers.day($0) }) {
      line.append(text: "Recorded ")
      line.append("span", day)
      line.append(text: " · ")
    }
    if let duration = document.source.durationMS {
      line.append("span", PageNumbers.length(milliseconds: duration))
      line.append(text: " · ")
    }
    if let clip = run.clip {
      line.append(text: "clip \(clip.start.rendered)–\(clip.end.rendered) · ")
    }
    if !transcript.speakers.isEmpty {
      appendSpeakers(to: line)
      line.append(text: " · ")
    }
    if let address = PageURL.web(document.source.uri) {
      line.append("a", document.source.uri).with("href", address).with("rel", "noopener noreferrer")
    } else {
      line.append("span", document.source.shownURI)
    }
  }

  /// Says plainly that a machine wrote this.
  func fillProvenance(_ line: HTMLElement) {
    let tables = DataTables(document).tables
    let isTranscript = !transcript.segments.isEmpty || tables.isEmpty
    let maker = document.isImported ? "Imported" : "Machine"
    line.append("b", isTranscript ? "\(maker) transcript" : "\(maker)-made tables")
    let rows = isTranscript ? transcript.segments.count : tables.reduce(0) { $0 + $1.rowCount }
    line.append(text: " of \(NumberText.counted(rows, "row")).")
    if let standIn = run.standIn { line.append(text: " \(standIn.remark)") }
  }

  private func appendSpeakers(to line: HTMLElement) {
    let named = transcript.speakers.filter(\.isIdentified).count
    let speakers = NumberText.counted(transcript.speakers.count, "speaker")
    line.append("span", "\(speakers), \(named) named").with("id", "named")
  }

  /// How many rows a person compared with the recording.
  func fillChecked(_ span: HTMLElement) {
    let checked = corrected.checkedRowCount
    let all = NumberText.counted(transcript.segments.count, "row")
    span.append(
      text: checked == 0
        ? "No row was checked by a person"
        : "\(NumberText.grouped(checked)) of \(all) checked by a person"
    )
  }

  /// How much people changed, and what could not be applied; ends the sentence.
  func fillCorrected(_ span: HTMLElement) {
    let refused = corrected.problems.count
    // What another run's transcript says already needs nobody.
    let idle = document.corrections.count { CarriedCorrection($0)?.outcome == .obsolete }
    let timed = corrected.isTimedBySound ? 1 : 0
    let applied = document.corrections.count - refused - idle - timed
    var parts: [String] = []
    if timed > 0 { parts.append(", times set by the sound") }
    if applied > 0 { parts.append(", \(NumberText.counted(applied, "correction")) by people") }
    if refused > 0 {
      parts.append(", \(NumberText.counted(refused, "correction")) that could not be applied")
    }
    span.append(text: parts.joined() + ".")
  }

  /// Says what is missing and how to get it; disappears from a complete transcript.
  func fillBanner(_ slot: HTMLElement) {
    guard !document.isComplete else {
      slot.remove()
      return
    }
    let banner = slot.append("div").with("class", "banner").with("role", "note")
    banner.append("h2", "This transcript is incomplete")
    if let missing = rows.missing(of: document) {
      banner.append("p", Self.sentence(about: missing, of: rows.durationMS))
    }
    let errors = document.findings.filter { $0.severity == .error }
    for error in errors.prefix(3) {
      MarkedText.append(linkingTimes: error.message, to: banner.append("p"))
    }
    if errors.isEmpty, let failure = options.failure {
      banner.append("p", failure)
    } else if errors.isEmpty {
      let reason = run.finishReason.map { ", with the finish reason \($0)" } ?? ""
      banner.append("p", "The reply ended before it was whole\(reason).")
    }
    if errors.count > 3 {
      banner.append("p")
        .append("a", NumberText.counted(errors.count - 3, "more error"))
        .with("href", "#findings")
    }
    if let command = options.resumeCommand {
      let code = banner.append("p", "Fetch the rest with ").append("code", command)
      if let resumption = options.resumption {
        code.with("data-address", resumption.address).with("data-token", resumption.token)
      }
    }
  }

  /// Which stretch is missing, and how much that is.
  private static func sentence(about missing: TimeRange, of durationMS: Int) -> String {
    let length = missing.end.milliseconds - missing.start.milliseconds
    let share = NumberText.percent(Double(length) / Double(durationMS))
    return "\(missing.start.rendered) to \(missing.end.rendered), \(share), is missing."
  }

  /// Says what is the machine's and what is a person's, and how to tell.
  func fillMeaning(_ line: HTMLElement) {
    line.append(
      text: "Words, times and speakers "
        + (document.isImported ? "come from another program" : "were written by a machine")
        + " and may be wrong. A person "
        + "vouches only for rows with a tick. Dotted underlines mark what a person changed; what "
        + "the machine had written is kept and can be shown."
    )
  }

  func fillRun(_ list: HTMLElement) {
    append(document.isImported ? "Format" : "Model", run.model, to: list)
    if let version = run.modelVersion, version != run.model {
      append("Answered by", version, to: list)
    }
    list.append("dt", "Prompt")
    let prompt = list.append("dd", run.prompt + " ")
    prompt.append("code", String(run.promptDigest.prefix(12)))
    append("Schema", "\(run.schema), \(run.encoding.uppercased())", to: list)
    appendParameters(run.parameters, to: list)
    if let reason = run.finishReason { append("Finish reason", reason, to: list) }
    append("Backend", run.backend, to: list)
    append("Started", run.startedAt, to: list)
    append("Run", run.id, to: list)
    append("Made by", run.tool, to: list)
  }

  /// Settings by their own names; groups of settings are only how they are sent.
  private func appendParameters(_ parameters: JSONObject, to list: HTMLElement) {
    for (key, value) in parameters.members {
      if let group = value.object {
        appendParameters(group, to: list)
      } else {
        append(key, value.string ?? value.rendered(), to: list)
      }
    }
  }

  private func append(_ term: String, _ value: String, to list: HTMLElement) {
    list.append("dt", term)
    list.append("dd", value)
  }

  func fillTokens(_ slot: HTMLElement) {
    guard let usage = document.usage else {
      slot.append("p", "The service reported no token counts.")
      return
    }
    let table = slot.append("table").with("aria-labelledby", "tokens-heading")
    appendTokens("Prompt", usage.promptTokens, to: table)
    for part in usage.promptTokensByModality {
      appendTokens(part.modality.lowercased(), part.tokens, to: table).with("class", "part")
    }
    if usage.cachedTokens > 0 {
      let cached = appendTokens("from a cache", usage.cachedTokens, to: table).with("class", "part")
      cached.append("td", PageNumbers.share(usage.cachedTokens, of: usage.promptTokens) ?? "")
    }
    appendTokens("Reply", usage.outputTokens, to: table)
    if usage.thoughtsTokens > 0 { appendTokens("Thinking", usage.thoughtsTokens, to: table) }
    if usage.toolUseTokens > 0 { appendTokens("Tool results", usage.toolUseTokens, to: table) }
    appendTokens("Total", usage.totalTokens, to: table).with("class", "sum")
  }

  @discardableResult
  private func appendTokens(_ name: String, _ tokens: Int, to table: HTMLElement) -> HTMLElement {
    let row = table.append("tr")
    row.append("th", name).with("scope", "row")
    row.append("td", NumberText.grouped(tokens))
    return row
  }

  func fillCost(_ list: HTMLElement, statistics: TranscriptStatistics) {
    fillCost(list)
    append("Words", NumberText.grouped(statistics.words), to: list)
    guard let coverage = statistics.coverage else { return }
    let share = "\(NumberText.percent(coverage)) of the time holds speech"
    append("Coverage", share + (statistics.isEstimate ? " (estimated)" : ""), to: list)
  }

  private var billedText: String {
    let counted = document.cost.billed.map(PageNumbers.dollars)
    guard let standIn = run.standIn else { return counted ?? "not known" }
    return "nothing, \(standIn.participle)" + (counted.map { "; would be \($0)" } ?? "")
  }

  private func fillCost(_ list: HTMLElement) {
    let cost = document.cost
    switch (cost.estimatedLow, cost.estimatedHigh) {
    case (let low?, let high?) where low != high:
      append("Estimated", "\(PageNumbers.dollars(low)) to \(PageNumbers.dollars(high))", to: list)
    case (let amount?, _), (nil, let amount?):
      append("Estimated", PageNumbers.dollars(amount), to: list)
    case (nil, nil): append("Estimated", "not estimated", to: list)
    }
    append("Billed", billedText, to: list)
    if let usage = document.usage {
      append(
        "Cached",
        PageNumbers.share(usage.cachedTokens, of: usage.promptTokens) ?? "none",
        to: list
      )
    }
  }
}
