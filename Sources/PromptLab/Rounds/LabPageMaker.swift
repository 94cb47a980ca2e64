package import HTMLReports
internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
package import RunStore
internal import TranscriptModel
internal import TranscriptScoring
package import TranscriptionRuns

/// The page of a lab's round.
package struct LabPageMaker {
  package let report: LabReport
  /// The lab's file, for its references; `nil` when it is not at hand.
  package let file: LabFile?
  package let store: RunStore
  package let place: Workplace
  /// The folder that the page goes into.
  package let folder: String

  /// The page of a report, in an absolute folder.
  package init(
    report: LabReport,
    file: LabFile?,
    store: RunStore,
    place: Workplace,
    folder: String
  ) {
    (self.report, self.file, self.store) = (report, file, store)
    (self.place, self.folder) = (place, folder)
  }

  package func page() throws -> HTMLLab {
    let metrics = report.metrics
    let qualities = axis(of: report.lines.compactMap { mark(of: $0) })
    let costs = report.lines.compactMap { $0.values[.cost]?.value }
    return HTMLLab(
      title: report.title,
      summary: summary,
      verdict: report.verdict,
      columns: metrics.map { HTMLLab.Column(title: $0.title, meaning: $0.meaning) },
      variants: try report.lines.map(variant),
      costs: costs.isEmpty || report.primary == .cost ? nil : costAxis(costs),
      qualities: costs.isEmpty || report.primary == .cost ? nil : qualities,
      tables: tables,
      clips: try clips()
    )
  }

  private var summary: String {
    let results = report.round.cells.count { $0.item != nil }
    let normaliser = report.round.facts["normaliser"]?.string ?? "words"
    return [
      "Round \(report.round.id)", MomentText.day(report.round.startedAt),
      "\(report.lines.count) variants x \(report.size)", "\(results) results",
      "normaliser \(normaliser)",
    ].joined(separator: " · ")
  }

  // MARK: The ranking

  private func variant(_ line: LabReport.Line) throws -> HTMLLab.Variant {
    let variant = report.round.variants[line.variant]
    var details = [variant.prompt["name"]?.string].compactMap(\.self).filter { $0 != line.name }
    details += (variant.settings.object?.members ?? []).map { key, value in
      key == "parameters"
        ? (value.object?.members ?? []).map {
          "\($0.key) \($0.value.string ?? $0.value.rendered())"
        }
        .joined(separator: ", ")
        : "\(key) \(value.string ?? value.rendered())"
    }
    return HTMLLab.Variant(
      name: line.name,
      details: details.joined(separator: " · "),
      quality: mark(of: line),
      cost: line.values[.cost]?.value,
      cells: report.metrics.map { metric in
        line.values[metric].map { metric.text($0.value) } ?? "–"
      }
    )
  }

  private func mark(of line: LabReport.Line) -> HTMLLab.Mark? {
    guard let primary = report.primary, let value = line.values[primary] else { return nil }
    return HTMLLab.Mark(
      value: value.value,
      low: value.interval?.low,
      high: value.interval?.high
    )
  }

  private func axis(of marks: [HTMLLab.Mark]) -> HTMLLab.Axis? {
    guard let primary = report.primary, !marks.isEmpty else { return nil }
    let low = marks.map { $0.low ?? $0.value }.min() ?? 0
    let high = marks.map { $0.high ?? $0.value }.max() ?? 1
    let ceiling = primary.lessIsBetter ? Double.infinity : 1
    let word = primary.lessIsBetter ? "less is better" : "more is better"
    return Self.axis("\(primary.title), \(word)", low, high, upTo: ceiling, primary.text)
  }

  private func costAxis(_ costs: [Double]) -> HTMLLab.Axis {
    let (low, high) = (costs.min() ?? 0, costs.max() ?? 1)
    return Self.axis("US dollars a clip", min(low, high * 0.8), high * 1.05, LabMetric.cost.text)
  }

  /// An axis around values with some room, and five named ones; a single value gets room as well.
  private static func axis(
    _ title: String,
    _ low: Double,
    _ high: Double,
    upTo ceiling: Double = .infinity,
    _ text: (Double) -> String
  ) -> HTMLLab.Axis {
    let room = max((high - low) * 0.08, abs(high) * 0.02, 1e-9)
    let (low, high) = (max(0, low - room), min(ceiling, high + room))
    let ticks = (0...4).map { low + (high - low) * Double($0) / 4 }
    return HTMLLab.Axis(
      title: title,
      low: low,
      high: high,
      ticks: ticks.map { HTMLLab.Axis.Tick($0, text($0)) }
    )
  }

  // MARK: Tables

  private var tables: [HTMLComparison.Table] {
    var tables: [HTMLComparison.Table] = []
    if !report.differences.isEmpty, let reference = report.reference, let primary = report.primary {
      tables.append(
        .init(
          title: "\(primary.title) against \(reference.name)",
          columns: ["Variant", "Difference", "95 % interval", "p", ""],
          rows: report.differences.map(LabReport.cells),
          isNumeric: true
        )
      )
    }
    if let primary = report.primary, report.clipCount > 1 { tables.append(byClip(primary)) }
    return tables
  }

  /// The first metric of each clip, a column for each variant.
  private func byClip(_ metric: LabMetric) -> HTMLComparison.Table {
    let names = Set(report.lines.flatMap { $0.samples[metric]?.names ?? [] }).sorted()
    return HTMLComparison.Table(
      title: "\(metric.title) by clip",
      columns: ["Clip"] + report.lines.map(\.name),
      rows: names.map { name in
        [name.split(separator: "\u{0}").joined(separator: " ")]
          + report.lines.map { line in
            guard let sample = line.samples[metric], let index = sample.names.firstIndex(of: name)
            else { return "–" }
            return ClusteredSample([name: sample.repeats[index]]).value.map(metric.text) ?? "–"
          }
      },
      isNumeric: true
    )
  }

  // MARK: Clips

  private func clips() throws -> [HTMLLab.Clip] {
    var order: [LabRound.Place] = []
    var cells: [LabRound.Place: [LabRound.Cell]] = [:]
    for cell in report.round.cells {
      let place = LabRound.Place(cell)
      if cells[place] == nil { order.append(place) }
      cells[place, default: []].append(cell)
    }
    let references = try file.map { try LabReferences($0, place) }
    return try order.compactMap { place in
      try clip(place, cells[place] ?? [], references?.record(of: place))
    }
  }

  private func clip(
    _ place: LabRound.Place,
    _ cells: [LabRound.Cell],
    _ reference: SpokenRecord?
  ) throws -> HTMLLab.Clip? {
    var results = [[TranscriptDocument]](repeating: [], count: report.lines.count)
    var media: (source: TranscriptDocument.Source, path: String?)?
    for (index, line) in report.lines.enumerated() {
      for cell in cells where cell.variant == line.variant {
        guard let item = cell.item, let stored = try store.document(of: item) else { continue }
        let document = try stored.shown(as: stored.run.id)
        if media == nil { media = (document.source, try path(of: document, item: item)) }
        results[index].append(document)
      }
    }
    guard let media else { return nil }
    let first = report.lines.firstIndex { $0.variant == report.reference?.variant } ?? 0
    let stand = results[first].first ?? results.lazy.compactMap(\.first).first
    guard let axis = reference.map(\.transcript) ?? stand?.transcript else { return nil }
    let moments = LabMoments(axis: axis, results: results.map { $0.map(\.transcript) })
    return HTMLLab.Clip(
      title: [place.video, place.clip].filter { !$0.isEmpty }.joined(separator: " "),
      source: media.source,
      mediaPath: media.path.map { FilePath.relative($0, from: folder) },
      axis: reference == nil ? report.reference?.name ?? "the first result" : "the reference",
      rows: moments.marks.map { marks in
        marks.map { HTMLLab.RowMark(error: $0.error, stability: $0.stability) }
      },
      starts: axis.segments.map(\.start),
      moments: moments.moments.map { moment($0, in: moments) }
    )
  }

  private func path(of document: TranscriptDocument, item: Int64) throws -> String? {
    guard document.source.kind == "file", let item = try store.item(item),
      let run = try store.run(item.run)
    else { return nil }
    return FilePath.joined(run.summary.workingFolder, document.source.uri)
  }

  private func moment(_ moment: LabMoments.Moment, in moments: LabMoments) -> HTMLLab.Moment {
    let segment = moments.axis.segments[moment.row]
    return HTMLLab.Moment(
      start: segment.start,
      // Some formats of references have no blanks in names.
      speaker: moments.speakers[moment.row].replacing("_", with: " "),
      text: segment.text,
      readings: report.lines.indices.compactMap { index in
        guard !moments.marks[index].isEmpty else { return nil }
        let mark = moments.marks[index][moment.row]
        let reading = mark.worst
        return HTMLLab.Reading(
          variant: report.lines[index].name,
          mark: moment.marks[index] ?? "",
          occasion: (mark.stability ?? 1) < 1 ? "repeat \(mark.worstRepeat)" : "",
          start: reading?.segment.start,
          speaker: reading?.speaker ?? "",
          isOtherSpeaker: reading?.isOtherSpeaker ?? false,
          isMoved: reading?.isMoved ?? false,
          words: reading.map { PairedRow.stretches(segment.text, $0.segment.text) } ?? []
        )
      }
    )
  }
}

extension LabRound {
  /// A clip of a video, by name.
  package struct Place: Hashable {
    package let video: String
    package let clip: String

    package init(_ cell: Cell) { (video, clip) = (cell.video, cell.clip) }
  }
}
