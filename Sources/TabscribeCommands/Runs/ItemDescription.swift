internal import CommandLineInterface
internal import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// Everything about one item of a run.
struct ItemDescription {
  let stored: StoredItem
  let requests: [StoredRequest]
  let document: TranscriptDocument?

  /// - Parameter isFull: Whether the transcript is wanted, too.
  init(_ item: StoredItem, isFull: Bool, in store: RunStore) throws {
    stored = item
    requests = try store.requests(of: item.id)
    document = isFull ? try store.document(of: item.id)?.shown(as: item.reference) : nil
  }

  /// How much of all prompts came from a cache, such as `62 %`; `nil` when nothing is known.
  var cachedShare: String? {
    let usages = requests.compactMap(\.ending.usage)
    return Self.share(
      usages.map(\.cachedTokens).reduce(0, +),
      of: usages.map(\.promptTokens).reduce(0, +)
    )
  }

  static func share(_ part: Int, of whole: Int) -> String? {
    whole > 0 ? "\((part * 100 + whole / 2) / whole) %" : nil
  }

  /// Prints the item for people.
  func show(in context: CommandContext) {
    context.print("")
    context.print(facts)
    if let speakers = document?.transcript.speakers, !speakers.isEmpty {
      context.print("")
      context.print(Self.table(speakers))
    }
    if !requests.isEmpty {
      context.print("")
      context.print(RequestListing.table(requests))
    }
    if let findings = document?.findings, !findings.isEmpty {
      context.print("")
      for finding in findings { context.print(FindingText.line(finding)) }
    }
  }

  private var facts: TextTable {
    let item = stored.item
    var table = TextTable([.words(""), .words("")])
    table.add(["item", stored.reference])
    table.add(["source", sourceText])
    let status = [stored.status.rawValue, stored.failure].compactMap(\.self)
    table.add(["status", status.joined(separator: ": ")])
    table.add(["result", resultText])
    if let cost = stored.cost { table.add(["billed", "\(MoneyText.rendered(cost)) USD"]) }
    if let standIn = item.standIn { table.add([standIn.participle, standIn.remark]) }
    if let start = stored.startedAt, let end = stored.endedAt {
      table.add(["took", NumberText.duration(MomentText.between(start, end))])
    }
    table.add(["model", item.model])
    table.add(["prompt", "\(item.prompt.name) (\(stored.promptDigest.prefix(12)))"])
    table.add(["schema", item.schema.name])
    // The response schema fills a screen, and is named above.
    let config = item.config.object?.removing { $0.hasPrefix("response") && $0.hasSuffix("Schema") }
    for (name, value) in [
      ("config", config.map(JSONValue.object) ?? item.config), ("settings", item.settings),
    ]
    where value.object?.isEmpty == false {
      table.add([name, value.rendered()])
    }
    for (index, file) in stored.files.enumerated() { table.add([index == 0 ? "files" : "", file]) }
    return table
  }

  private var resultText: String {
    let counts = [
      (stored.segmentCount, "row"), (stored.speakerCount, "speaker"),
      (stored.findingCount, "finding"),
    ]
    return counts.map { count, noun in
      NumberText.counted(count, noun)
    }.joined(separator: ", ")
  }

  private var sourceText: String {
    let source = stored.item.source
    var parts = [source.uri]
    if let title = source.title { parts.append(title) }
    if let duration = source.durationMS {
      parts.append(Timecode(milliseconds: duration).rendered)
    }
    if let size = source.size { parts.append(NumberText.bytes(size)) }
    return parts.joined(separator: " · ")
  }

  private static func table(_ speakers: [Speaker]) -> TextTable {
    var table = TextTable([
      .numbers("voice"), .words("speaker", mayShrink: true), .words("company", mayShrink: true),
      .words("position", mayShrink: true), .words("role", mayShrink: true),
    ])
    for speaker in speakers {
      table.add([
        "\(speaker.voice)", speaker.label, speaker.company ?? "?", speaker.position ?? "?",
        speaker.role ?? "?",
      ])
    }
    return table
  }
}
