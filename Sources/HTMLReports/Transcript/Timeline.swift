internal import TranscriptModel

/// When each speaker speaks, as one lane for each over the length of the video.
struct Timeline {
  private let document: TranscriptDocument
  private let rows: TranscriptRows

  /// More lanes than this do not fit; the quietest share the last one.
  private static let laneLimit = 8
  /// Lanes are drawn in tenths of a second, finer than any screen shows.
  private static let unitMS = 100
  private static let laneHeight = 10

  init(_ document: TranscriptDocument, rows: TranscriptRows) {
    self.document = document
    self.rows = rows
  }

  func fill(_ lanes: HTMLElement) {
    let spans = spansBySpeaker()
    let shown = speakersWithLanes(spans)
    for index in shown {
      let style = SpeakerStyle(index, rows.speakers[index])
      append(rows.speakers[index].label, spans[index], class: "lane " + style.rowClass, to: lanes)
    }
    let others = spans.indices.filter { !shown.contains($0) }
    if !others.isEmpty {
      let stretches = others.flatMap { spans[$0] }
      append("\(others.count) others", stretches, class: "lane others", to: lanes)
    }
    if let speech = document.speech {
      append("Speech heard", speech.ranges, class: "lane sound", to: lanes)
    }
    appendFindings(to: lanes)
    appendAxis(to: lanes)
  }

  /// The stretches of each speaker, in reply order.
  private func spansBySpeaker() -> [[Range<Int>]] {
    var spans = [[Range<Int>]](repeating: [], count: rows.speakers.count)
    for (segment, length) in zip(rows.segments, rows.talkTimes) {
      guard let index = rows.speakerIndex(segment), let start = segment.start else { continue }
      spans[index].append(start.milliseconds..<start.milliseconds + length)
    }
    return spans
  }

  /// All speakers when there is room, else those who speak longest, in table order.
  private func speakersWithLanes(_ spans: [[Range<Int>]]) -> [Int] {
    guard spans.count > Self.laneLimit else { return Array(spans.indices) }
    let times = rows.statistics.speakers.map(\.talkTimeMS)
    let loudest = spans.indices.sorted { (times[$1], $0) < (times[$0], $1) }
    return loudest.prefix(Self.laneLimit - 1).sorted()
  }

  private func append(
    _ label: String,
    _ spans: [Range<Int>],
    class name: String,
    to lanes: HTMLElement
  ) {
    let lane = lanes.append("div").with("class", name)
    lane.append("span", label)
    drawing(in: lane).append("path").with("d", path(spans))
  }

  private func drawing(in lane: HTMLElement) -> HTMLElement {
    lane.append("svg")
      .with("viewBox", "0 0 \(max(rows.durationMS / Self.unitMS, 1)) \(Self.laneHeight)")
      .with("preserveAspectRatio", "none")
      .with("aria-hidden", "true")
  }

  /// Rectangles; stretches that touch are drawn as one.
  private func path(_ spans: [Range<Int>]) -> String {
    var path = ""
    var current: Range<Int>?
    for span in spans {
      if let open = current, span.lowerBound >= open.lowerBound,
        span.lowerBound <= open.upperBound + Self.unitMS
      {
        current = open.lowerBound..<max(open.upperBound, span.upperBound)
      } else {
        if let current { path += rectangle(current) }
        current = span
      }
    }
    if let current { path += rectangle(current) }
    return path
  }

  private func rectangle(_ span: Range<Int>) -> String {
    let width = max(span.count, Self.unitMS) / Self.unitMS
    return "M\(span.lowerBound / Self.unitMS) 0h\(width)v\(Self.laneHeight)h-\(width)z"
  }

  private func appendFindings(to lanes: HTMLElement) {
    // The lane is there without findings too, though not seen: hits of a search are drawn into it.
    let lane = lanes.append("div").with("class", "lane marks")
    lane.append("span", "Findings")
    let drawing = drawing(in: lane)
    for severity in Finding.Severity.allCases {
      let moments = document.findings.filter { $0.severity == severity }.flatMap { finding in
        finding.rows.filter(rows.isTranscript).compactMap { rows.segment(row: $0.index)?.start }
      }
      let ticks = moments.map { $0.milliseconds..<$0.milliseconds }
      guard !ticks.isEmpty else { continue }
      drawing.append("path").with("class", severity.rawValue).with("d", path(ticks))
    }
  }

  private func appendAxis(to lanes: HTMLElement) {
    let lane = lanes.append("div").with("class", "lane axis")
    lane.append("span")
    let axis = lane.append("svg").with("aria-hidden", "true")
    let step =
      Self.steps.first { rows.durationMS / $0 < 5 } ?? Self.hour
      * (rows.durationMS / (5 * Self.hour) + 1)
    for moment in stride(from: 0, to: rows.durationMS, by: step) {
      let permille = moment * 1000 / rows.durationMS
      axis.append("text", Timecode(milliseconds: moment).rendered)
        .with("x", "\(permille / 10).\(permille % 10)%")
        .with("y", "12")
    }
  }

  private static let hour = 3_600_000
  /// Distances between labels: 10 and 30 seconds, 1, 5, 10 and 30 minutes, 1 and 2 hours.
  private static let steps = [10, 30, 60, 300, 600, 1800, 3600, 7200].map { $0 * 1000 }
}
