internal import CommandLineInterface
internal import HTMLReports
internal import LoopbackHTTP
internal import PlainText
internal import RunStore
internal import TranscriptModel

/// The list of transcripts as an address of the library asks for it.
struct LibraryListing {
  /// Transcripts on a page.
  static let pageSize = 100

  private typealias Parameters = [(name: String, value: String)]

  /// The columns in the order of the page, and whether they are numbers.
  private static let columns: [(label: String, order: CatalogueQuery.Order?, isNumber: Bool)] = [
    ("Title", .title, false), ("Recorded", .recorded, false), ("Length", .length, true),
    ("Prompt", nil, false), ("Model", nil, false), ("Speakers", .speakers, true),
    ("Checked", .checked, true), ("Findings", .findings, true), ("Status", nil, false),
    ("USD", .cost, true), ("Made", .made, false),
  ]

  private let page: Int
  private let query: CatalogueQuery

  /// What the parameters ask for; what cannot be understood is left out.
  init(_ head: RequestHead) {
    // The last page that can be asked for still has a place that fits an integer.
    page = min(max(Int(head.parameter("page") ?? "") ?? 1, 1), 1_000_000)
    var query = CatalogueQuery(limit: Self.pageSize)
    query.offset = (page - 1) * Self.pageSize
    query.title = head.parameter("title") ?? ""
    query.prompt = head.parameter("prompt").flatMap { $0.isEmpty ? nil : $0 }
    query.model = head.parameter("model").flatMap { $0.isEmpty ? nil : $0 }
    query.status = head.parameter("status").flatMap(ItemStatus.init)
    query.order = head.parameter("order").flatMap(CatalogueQuery.Order.init) ?? .made
    query.isReversed = head.parameter("reversed") == "1"
    self.query = query
  }

  /// The page of the list.
  func listing(in store: RunStore) throws(RunStoreError) -> HTMLLibrary.Listing {
    let catalogue = try store.catalogue(query)
    return HTMLLibrary.Listing(
      heading: heading(catalogue),
      items: catalogue.entries.map(HTMLLibrary.Item.init),
      title: query.title,
      kept: parameters.filter { $0.name != "title" && $0.name != "page" },
      headings: Self.columns.map { heading($0.label, $0.order, isNumber: $0.isNumber) },
      facets: [
        facet("Prompt", "prompt", query.prompt, catalogue.prompts),
        facet("Model", "model", query.model, catalogue.models),
        facet("Status", "status", query.status?.rawValue, catalogue.statuses),
      ],
      pages: pages(catalogue.total)
    )
  }

  /// How many there are, and which of them are on this page.
  private func heading(_ catalogue: Catalogue) -> String {
    let total =
      NumberText.counted(catalogue.total, "transcript")
    guard catalogue.total > Self.pageSize, !catalogue.entries.isEmpty else { return total }
    let first = query.offset + 1
    let range =
      "\(NumberText.grouped(first))–\(NumberText.grouped(query.offset + catalogue.entries.count))"
    return "\(range) of \(total)"
  }

  /// What is asked for, without what is usual.
  private var parameters: Parameters {
    var parameters: Parameters = []
    if !query.title.isEmpty { parameters.append(("title", query.title)) }
    if let prompt = query.prompt { parameters.append(("prompt", prompt)) }
    if let model = query.model { parameters.append(("model", model)) }
    if let status = query.status { parameters.append(("status", status.rawValue)) }
    if query.order != .made { parameters.append(("order", query.order.rawValue)) }
    if query.isReversed { parameters.append(("reversed", "1")) }
    if page > 1 { parameters.append(("page", "\(page)")) }
    return parameters
  }

  /// The address of this list with other values, at its first page unless another is given.
  ///
  /// - Parameter changes: Values by name; `nil` leaves a parameter out.
  private func address(_ changes: [String: String?]) -> String {
    LibraryAddress.text("/", parameters.filter { $0.name != "page" }, changes)
  }

  private func heading(
    _ label: String,
    _ order: CatalogueQuery.Order?,
    isNumber: Bool
  ) -> HTMLLibrary.Heading {
    guard let order else { return HTMLLibrary.Heading(.init(label, to: ""), isAscending: nil) }
    let isCurrent = order == query.order
    let turned: String? = isCurrent && !query.isReversed ? "1" : nil
    let name: String? = order == .made ? nil : order.rawValue
    let address = address(["order": name, "reversed": turned])
    let isAscending = (order == .title) != query.isReversed
    return HTMLLibrary.Heading(
      .init(label, to: address, isCurrent: isCurrent),
      isAscending: isCurrent ? isAscending : nil,
      isNumber: isNumber
    )
  }

  private func facet(
    _ name: String,
    _ parameter: String,
    _ chosen: String?,
    _ choices: [Catalogue.Choice]
  ) -> HTMLLibrary.Facet {
    let all = HTMLLibrary.Link(
      "all",
      to: address([parameter: String?.none]),
      isCurrent: chosen == nil
    )
    let links = choices.map { choice in
      HTMLLibrary.Link(
        "\(choice.value) \(NumberText.grouped(choice.count))",
        to: address([parameter: choice.value]),
        isCurrent: choice.value == chosen
      )
    }
    return HTMLLibrary.Facet(name: name, choices: [all] + links)
  }

  private func pages(_ total: Int) -> [HTMLLibrary.Link] {
    LibraryAddress.pages(of: total, size: Self.pageSize, current: page) { number in
      address(number == 1 ? [:] : ["page": "\(number)"])
    }
  }
}

extension HTMLLibrary.Item {
  fileprivate init(_ entry: Catalogue.Entry) {
    let (item, source) = (entry.item, entry.item.item.source)
    self.init(
      number: item.id,
      title: source.title ?? source.stem,
      made: MomentText.minute(entry.madeAt),
      status: item.status.rawValue,
      hasPage: item.status != .waiting || item.startedAt != nil,
      length: source.durationMS.map(Timecode.init(milliseconds:)),
      prompt: item.item.prompt.name,
      model: item.item.model,
      rowCount: item.segmentCount,
      speakerCount: item.speakerCount,
      findingCount: item.findingCount,
      cost: item.moneyText
    )
    recordedAt = source.recordedAt
    checkedCount = item.checkedCount
  }
}
