internal import HostSystem
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning
internal import TranscriptModel
internal import TranscriptScoring
package import TranscriptionRuns
internal import YAMLDocuments

extension LabFile {
  /// Reads a lab's file; paths in it begin at its folder.
  ///
  /// - Throws: `Refusal` of the kind `usage`, with the line at fault.
  package init(at spelling: String, _ place: Workplace) throws {
    let path = place.absolutePath(spelling)
    let bytes = try HostFiles.read(path, limit: 1 << 20)
    let root: YAMLNode?
    do throws(YAMLError) {
      root = try YAMLReader.document(bytes)
    } catch {
      throw LabNode.fault(
        spelling,
        error.mark,
        SafeText.line(error.problem),
        remedy: "Mend the YAML at that place."
      )
    }
    guard let root else {
      throw Refusal.usage(
        "\(SafeText.quoted(spelling)) is empty.",
        remedy: "A lab has videos and variants; tabscribe help lab run shows one."
      )
    }
    let top = LabNode(node: root, file: spelling)
    let named = try root["name"].map { try top.child($0.value).text("name") }
    self.init(name: named ?? HostFiles.resolved(path), shown: spelling)
    try read(top, folder: FilePath.parent(of: spelling))
    try check(top)
  }

  private static let keys = [
    "name", "videos", "transcripts", "variants", "defaults", "repeats", "metrics", "scoring",
    "gate",
  ]

  private mutating func read(_ top: LabNode, folder: String) throws {
    let entries = try top.entries("a lab", known: Self.keys)
    let place = { (path: String) in folder == "." ? path : FilePath.joined(folder, path) }
    var defaults: [YAMLNode.Entry] = []
    for entry in entries {
      let value = top.child(entry.value)
      switch entry.key {
      case "videos": videos += try value.items.map { try LabVideoReader(place: place).video($0) }
      case "transcripts":
        videos += try value.items.map { try LabVideoReader(place: place).transcript($0) }
        metrics = metrics == LabMetric.usual ? LabMetric.usualOfRecipes : metrics
      case "defaults": defaults = try LabVariantReader.entries(of: value)
      case "repeats": repeats = Int(try value.number("repeats", in: 1...1000).rounded())
      case "metrics": metrics = try value.items.map { try Self.metric($0) }
      case "scoring": try readScoring(value)
      case "gate": thresholds = try LabGateReader.thresholds(value)
      default: break
      }
    }
    if let entry = top.node["variants"] {
      let reader = LabVariantReader(place: place, defaults: defaults)
      variants = try top.child(entry.value).items.flatMap(reader.variants)
    }
  }

  package static func metric(_ node: LabNode) throws(Refusal) -> LabMetric {
    let word = try node.word("metric", of: LabMetric.allCases.map(\.rawValue))
    return LabMetric(rawValue: word) ?? .wer
  }

  private mutating func readScoring(_ node: LabNode) throws {
    let known = ["normaliser", "collar", "word-collar", "skip-overlap", "clip"]
    for entry in try node.entries("scoring", known: known) {
      let value = node.child(entry.value)
      switch entry.key {
      case "normaliser":
        let word = try value.word("normaliser", of: TextNormaliser.all.map(\.name))
        scoring.normaliser = TextNormaliser.all.first { $0.name == word } ?? .words
      case "collar": scoring.collar = try value.number("collar", in: 0...60)
      case "word-collar": scoring.wordCollar = try value.number("word-collar", in: 0...3600)
      case "skip-overlap": scoring.skipsOverlap = entry.value.json.bool ?? false
      default: scoring.isClipped = entry.value.json.bool ?? false
      }
    }
  }

  /// Refuses a lab without anything to try, and names that stand for two things.
  private func check(_ top: LabNode) throws(Refusal) {
    guard Set(videos.map(\.isTranscript)).count < 2 else {
      throw top.fault(
        "the lab has both videos and transcripts",
        remedy: "Compare like with like: make a lab for each."
      )
    }
    for (noun, names) in [("videos", videos.map(\.name)), ("variants", variants.map(\.name))] {
      if names.isEmpty {
        throw top.fault(
          "the lab has no \(noun)",
          remedy: "Give at least one under \(noun)"
            + (noun == "videos" ? ", or transcripts for recipes" : "")
            + "; tabscribe help lab run shows a lab."
        )
      }
      var seen: Set<String> = []
      if let twice = names.first(where: { !seen.insert($0).inserted }) {
        throw top.fault(
          "two \(noun) are called \(SafeText.quoted(twice))",
          remedy: "Give each a name: of its own."
        )
      }
    }
  }
}

/// Reads what a lab says of a video.
package struct LabVideoReader {
  package let place: (String) -> String

  package func video(_ node: LabNode) throws(Refusal) -> LabFile.Video {
    if case .scalar = node.node.content {
      let source = try node.text("video")
      return LabFile.Video(
        name: Self.name(of: source),
        source: located(source),
        reference: nil,
        duration: nil,
        clips: []
      )
    }
    let entries = try node.entries(
      "a video",
      known: ["source", "name", "reference", "duration", "clips"]
    )
    guard let source = node.node["source"] else {
      throw node.fault("a video needs a source", remedy: "Give source: with a path or an address.")
    }
    let text = try node.child(source.value).text("source")
    var (name, reference, duration): (String?, String?, Timecode?) = (nil, nil, nil)
    var clips: [LabFile.Clip] = []
    for entry in entries {
      let value = node.child(entry.value)
      switch entry.key {
      case "name": name = try value.text("name")
      case "reference": reference = located(try value.text("reference"))
      case "duration": duration = try Self.time(value.text("duration"), value)
      case "clips": for item in value.items { clips.append(try Self.clip(item)) }
      default: break
      }
    }
    return LabFile.Video(
      name: name ?? Self.name(of: text),
      source: located(text),
      reference: reference,
      duration: duration,
      clips: clips
    )
  }

  /// A finished transcript: its file, or a run.
  package func transcript(_ node: LabNode) throws(Refusal) -> LabFile.Video {
    var source: String
    var name: String?
    if case .scalar = node.node.content {
      source = try node.text("transcript")
    } else {
      _ = try node.entries("a transcript", known: ["source", "name"])
      guard let entry = node.node["source"] else {
        throw node.fault(
          "a transcript needs a source",
          remedy: "Give source: with its file or a run."
        )
      }
      source = try node.child(entry.value).text("source")
      name = try node.node["name"].map { entry throws(Refusal) in
        try node.child(entry.value).text("name")
      }
    }
    let isFile = source.contains("/") || source.hasSuffix(".json")
    return LabFile.Video(
      name: name ?? (isFile ? Self.name(of: source) : source),
      isTranscript: true,
      source: isFile ? place(source) : source,
      reference: nil,
      duration: nil,
      clips: []
    )
  }

  /// Paths begin at the lab's folder; addresses and runs stand for themselves.
  private func located(_ text: String) -> String {
    text.contains("://") || text.hasPrefix("files/") ? text : place(text)
  }

  private static func name(of source: String) -> String {
    let last = source.split(separator: "/").last.map(String.init) ?? source
    guard let dot = last.lastIndex(of: "."), dot > last.startIndex else { return last }
    return String(last[..<dot])
  }

  /// A clip such as `0:30-1:30`.
  private static func clip(_ node: LabNode) throws(Refusal) -> LabFile.Clip {
    let text = try node.text("clip")
    guard let clip = LabFile.Clip(text) else {
      throw node.fault(
        "\(SafeText.quoted(text)) is no clip",
        remedy: "Write its start and a later end, such as 0:30-1:30."
      )
    }
    return clip
  }

  private static func time(_ text: String, _ node: LabNode) throws(Refusal) -> Timecode {
    do {
      return try Timecode(parsing: text.filter { $0 != " " })
    } catch {
      throw node.fault(
        "\(SafeText.quoted(text)) is no time",
        remedy: "Write one such as 90, 1:30 or 1:02:03."
      )
    }
  }
}

/// Reads what a lab demands.
package enum LabGateReader {
  package static func thresholds(_ node: LabNode) throws -> [LabFile.Threshold] {
    let metrics = LabMetric.allCases.map(\.rawValue)
    return try node.entries("a gate", known: metrics).compactMap { entry in
      try LabMetric(rawValue: entry.key).map { try threshold(node.child(entry.value), of: $0) }
    }
  }

  private static func threshold(
    _ node: LabNode,
    of metric: LabMetric
  ) throws -> LabFile.Threshold {
    var threshold = LabFile.Threshold(metric: metric)
    let known = ["at-most", "at-least", "not-worse-by", "confidence"]
    for entry in try node.entries("a threshold", known: known) {
      let value = node.child(entry.value)
      switch entry.key {
      case "at-most": threshold.atMost = try value.share("at-most")
      case "at-least": threshold.atLeast = try value.share("at-least")
      case "not-worse-by": threshold.notWorseBy = try value.share("not-worse-by")
      default: threshold.confidence = try value.number("confidence", in: 50...99.9) / 100
      }
    }
    guard threshold.atMost != nil || threshold.atLeast != nil || threshold.notWorseBy != nil else {
      throw node.fault(
        "the threshold for \(metric.rawValue) says nothing",
        remedy: "Give at-most, at-least or not-worse-by."
      )
    }
    return threshold
  }
}
