internal import OrderedJSON
internal import PlainText
public import TranscriptModel

/// A transcript that is still being made, as a page that asks its server for more.
///
/// Reads without scripts, too: then it is loaded anew every three seconds.
public struct HTMLLivePage: Sendable {
  let document: TranscriptDocument
  let known: String
  let address: String
  /// What is being done, in a line, where the server that shows it does it.
  package var stage: String?
  /// Where it is stopped, where that can be done.
  package var stopping: HTMLReport.Options.Library?

  /// A page of what there is so far.
  ///
  /// - Parameters:
  ///   - known: Names the state of the transcript; equal when nothing is new.
  ///   - address: Where the page asks for ``update``, as seen from it.
  public init(_ document: TranscriptDocument, known: String, address: String) {
    self.document = document
    self.known = known
    self.address = address
  }

  /// The page as UTF-8.
  public func rendered() -> [UInt8] {
    let template = PageTemplate(named: "live.html")
    let title = document.source.title ?? document.source.stem
    template.slot("page-title").append(text: "\(title): being transcribed")
    template.slot("title").append(text: title)
    template.slot("progress").append(text: progress)
    let bar = template.slot("reached")
    if let duration = document.source.durationMS, duration > 0 {
      // The template's sample has both: a second one of a name would never count.
      bar["max"] = String(duration)
      bar["value"] = String(min(reachedMS ?? 0, duration))
    } else {
      bar.remove()
    }
    fill(template.slot("rows"))
    fill(doing: template.slot("doing"))
    var data: JSONObject = ["address": .string(address), "known": .string(known)]
    if let stopping {
      data["stop"] = .string(stopping.address)
      data["token"] = .string(stopping.token)
    }
    template.slot("data").append(raw: JSONValue.object(data).renderedBytes(.script))
    template.seal(media: [], connections: "'self'")
    return template.rendered()
  }

  /// What the page puts in place of what it shows, as JSON.
  public var update: [UInt8] {
    let rows = self.rows.map { row -> JSONValue in
      [
        "time": .string(row.time), "seconds": row.seconds.map { .string($0) } ?? .null,
        "speaker": .string(row.speaker), "style": .string(row.style), "text": .string(row.text),
      ]
    }
    let update: JSONValue = [
      "status": "running", "known": .string(known), "progress": .string(progress),
      "reachedMS": reachedMS.map { .init($0) } ?? .null, "rows": .array(rows),
      "stage": stage.map { .string($0) } ?? .null,
    ]
    return update.renderedBytes()
  }

  private struct Row {
    let time: String
    let seconds: String?
    let speaker: String
    let style: String
    let text: String
  }

  private var rows: [Row] {
    let transcript = document.transcript
    return zip(transcript.segments, transcript.rowLabels()).map { segment, label in
      let style = segment.voice.map { "s\(abs($0 % 8))" } ?? "g"
      return Row(
        time: segment.start?.rendered ?? "?",
        seconds: segment.start.map(PageNumbers.seconds),
        speaker: label.text,
        style: label.isRepeated ? style + " d" : style,
        text: segment.text
      )
    }
  }

  private var reachedMS: Int? {
    document.transcript.segments.compactMap(\.start?.milliseconds).max()
  }

  private var progress: String {
    let count = NumberText.counted(document.transcript.segments.count, "row")
    guard let reachedMS else { return "\(count) so far." }
    let reached = Timecode(milliseconds: reachedMS).rendered
    let end = document.source.durationMS.map { " of \(Timecode(milliseconds: $0).rendered)" } ?? ""
    return "\(count) so far, up to \(reached)\(end)."
  }

  /// Only scripts can stop it.
  private func fill(doing line: HTMLElement) {
    guard stopping != nil else {
      line.remove()
      return
    }
    line.append("span", stage ?? "").with("id", "stage")
    line.append(text: " ")
    line.append("button", "Stop").with("type", "button").with("id", "stop").with("hidden", "")
  }

  private func fill(_ body: HTMLElement) {
    for row in rows {
      let element = body.append("tr").with("class", row.style)
      if let seconds = row.seconds { element.with("data-t", seconds) }
      element.append("td", row.time)
      element.append("th", row.speaker)
      element.append("td", row.text).with("dir", "auto")
    }
  }
}
