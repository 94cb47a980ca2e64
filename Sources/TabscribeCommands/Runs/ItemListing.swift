internal import CommandLineInterface
internal import PlainText
internal import RunStore
internal import TranscriptModel

extension StoredItem {
  /// What was billed, or why nothing was.
  var moneyText: String {
    item.standIn?.participle ?? cost.map { MoneyText.rendered($0) } ?? ""
  }
}

/// The items of a run, a line each.
enum ItemListing {
  static func table(_ items: [ItemDescription]) -> TextTable {
    var table = TextTable([
      .numbers("#"), .names("source"), .words("status"), .numbers("rows"),
      .numbers("speakers"), .numbers("findings"), .numbers("requests"), .numbers("cached"),
      .numbers("USD"), .words("why", mayShrink: true),
    ])
    for item in items {
      let stored = item.stored
      table.add([
        "\(stored.item.position)", stored.item.source.uri, stored.status.rawValue,
        NumberText.grouped(stored.segmentCount), "\(stored.speakerCount)",
        "\(stored.findingCount)", "\(item.requests.count)", item.cachedShare ?? "",
        stored.moneyText, stored.failure ?? "",
      ])
    }
    return table
  }
}
