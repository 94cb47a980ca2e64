internal import CommandLineInterface
internal import HTMLReports
internal import HostSystem
internal import LoopbackHTTP
internal import PlainText
internal import RunStore
internal import TranscriptModel
internal import TranscriptionRuns

/// Two transcripts of a library beside each other, as an address asks for them.
struct ServedComparison {
  /// Other transcripts of a recording that its page names.
  private static let most = 8
  /// Starts no further apart count as the same, in milliseconds; as `compare` has it.
  private static let tolerance = 1000

  let store: RunStore

  /// The links of an item's page to comparisons with other transcripts of its recording.
  func links(of item: StoredItem) throws(RunStoreError) -> [HTMLLibrary.Link] {
    try store.items(besides: item.id, limit: Self.most).map { other in
      HTMLLibrary.Link(
        Self.name(other.item, made: MomentText.minute(other.madeAt)),
        to: "/compare?first=\(item.id)&second=\(other.item.id)"
      )
    }
  }

  /// The page; `nil` when one of the transcripts is not there.
  ///
  /// - Parameter media: The address of an item's recording, where it can be played.
  func page(
    _ head: RequestHead,
    media: (StoredItem) throws -> String?
  ) throws -> HTMLComparison? {
    guard let first = try operand(head.parameter("first")),
      let second = try operand(head.parameter("second"))
    else { return nil }
    let items = [first.item, second.item]
    let report = try ComparisonReport(first.operand, second.operand, tolerance: Self.tolerance)
    var page = report.page(media: try items.lazy.compactMap { try media($0) }.first)
    let source = first.operand.document.source
    let title = first.operand.document.corrected.title
    page.title = "\(title ?? source.stem): two transcripts"
    if page.leftTitle == page.rightTitle {
      page.leftTitle = first.item.reference
      page.rightTitle = second.item.reference
    }
    page.links = zip(items, ["First", "Second"]).map { item, name in
      HTMLLibrary.Link("\(name) transcript", to: "/items/\(item.id)")
    }
    page.links.append(.init("All transcripts", to: "/"))
    return page
  }

  private func operand(
    _ number: String?
  ) throws -> (item: StoredItem, operand: TranscriptOperand)? {
    guard let number = number.flatMap({ Int64($0) }), let item = try store.item(number),
      let stored = try store.document(of: number), let run = try store.run(item.run)
    else { return nil }
    let document = try stored.shown(as: item.reference)
    let operand = TranscriptOperand(
      spelling: Self.name(item, made: MomentText.minute(run.summary.startedAt)),
      stem: FileStem.cleaned(item.item.source.stem),
      document: document,
      origin: .item(item, store, workingFolder: run.summary.workingFolder)
    )
    return (item, operand)
  }

  /// What tells transcripts of one recording apart.
  private static func name(_ item: StoredItem, made: String) -> String {
    "\(item.item.prompt.name), \(item.item.model), \(made)"
  }
}
