internal import HTMLReports
internal import HostSystem
internal import LoopbackHTTP
internal import PlainText
internal import RunStore
internal import UnicodeText
internal import WebAddresses

/// A search as an address of the library asks for it.
struct SearchPage {
  /// Sources on a page, and rows of each.
  static let sourcesPerPage = 20
  static let rowsPerSource = 5
  /// The rows of a source that is looked at alone.
  static let rowsOfOne = 500

  /// The choices of a facet that are shown; of hundreds of folders the others are rare.
  private static let choicesPerFacet = 12

  private let page: Int
  private let query: SearchQuery

  /// What the parameters ask for; what cannot be understood is left out.
  init(_ head: RequestHead) {
    func text(_ name: String) -> String? {
      head.parameter(name).flatMap { $0.isEmpty ? nil : $0 }
    }
    // The last page that can be asked for still has a place that fits an integer.
    page = min(max(Int(head.parameter("page") ?? "") ?? 1, 1), 1_000_000)
    var query = SearchQuery(head.parameter("q") ?? "", limit: Self.rowsPerSource)
    if text("order") == SearchQuery.Order.time.rawValue { query.order = .time }
    query.speaker = text("speaker")
    query.language = text("language")
    query.model = text("model")
    query.prompt = text("prompt")
    query.folder = text("folder").map(FilePath.withoutDots)
    query.item = text("item").flatMap { Int64($0) }
    // What is named is meant.
    query.isNewestOnly = text("all") != "1" && query.item == nil
    if query.item != nil { query.limit = Self.rowsOfOne }
    self.query = query
  }

  /// The page of what was found.
  func library(in store: RunStore) throws(RunStoreError) -> HTMLLibrary {
    let fields = HTMLLibrary.Search(
      words: query.words,
      speaker: query.speaker ?? "",
      isNewestFirst: query.order == .time,
      takesAllRuns: !query.isNewestOnly && query.item == nil,
      kept: parameters.filter { ["language", "model", "prompt", "folder"].contains($0.name) }
    )
    do throws(RunStoreError) {
      return HTMLLibrary(try found(in: store), search: fields)
    } catch {
      guard error.code == .invalidQuery else { throw error }
      return HTMLLibrary(.init(heading: error.message, note: error.remedy), search: fields)
    }
  }

  private func found(in store: RunStore) throws(RunStoreError) -> HTMLLibrary.Found {
    let result = try store.searchBySource(
      query,
      offset: (page - 1) * Self.sourcesPerPage,
      limit: Self.sourcesPerPage
    )
    return HTMLLibrary.Found(
      heading: heading(result),
      note: result.areAll
        ? "" : "These are in the newest transcripts; narrow the search to see older ones.",
      sources: result.groups.compactMap(source),
      facets: [
        facet("Language", "language", query.language, result.facets.languages),
        facet("Prompt", "prompt", query.prompt, result.facets.prompts),
        facet("Model", "model", query.model, result.facets.models),
        facet("Folder", "folder", query.folder, result.facets.folders) { folder in
          let common = Self.commonFolder(result.facets.folders.map(\.value))
          return common == "/" ? folder : FilePath.shown(folder, from: common)
        },
      ],
      pages: pages(result.sourceCount)
    )
  }

  private func heading(_ result: SourceSearch) -> String {
    guard result.hitCount > 0 else { return "Nothing was found" }
    let moments = NumberText.counted(result.hitCount, "moment")
    let sources = NumberText.counted(result.sourceCount, "source")
    return "\(moments) in \(sources)" + (result.areAll ? "" : ", and more")
  }

  private func source(_ group: SourceSearch.Group) -> HTMLLibrary.Source? {
    guard let place = group.hits.first?.place else { return nil }
    let left = group.count - group.hits.count
    let facts = [MomentText.day(place.startedAt), place.prompt, place.model, place.language]
    return HTMLLibrary.Source(
      title: place.source.title ?? place.source.stem,
      facts: facts.compactMap(\.self),
      hits: group.hits.map { hit in
        HTMLLibrary.Hit(
          number: hit.place.item,
          start: hit.row.start,
          origin: hit.row.origin(in: hit.place),
          pieces: hit.pieces.map { .init(text: $0.text, isMatch: $0.isMatch) }
        )
      },
      more: left > 0
        ? HTMLLibrary.Link(
          "\(NumberText.grouped(left)) more",
          to: address(["item": "\(place.item)"])
        ) : nil
    )
  }

  /// What is asked for, without what is usual.
  private var parameters: [(name: String, value: String)] {
    let all: [(name: String, value: String?)] = [
      ("q", query.words), ("speaker", query.speaker), ("language", query.language),
      ("prompt", query.prompt), ("model", query.model), ("folder", query.folder),
      ("item", query.item.map { "\($0)" }),
      ("all", query.isNewestOnly || query.item != nil ? nil : "1"),
      ("order", query.order == .time ? query.order.rawValue : nil),
    ]
    return all.compactMap { name, value in
      value.flatMap { $0.isEmpty ? nil : (name, $0) }
    }
  }

  /// The address of this search with other values, at its first page unless another is given.
  ///
  /// - Parameter changes: Values by name; `nil` leaves a parameter out.
  private func address(_ changes: [String: String?]) -> String {
    LibraryAddress.text("/search", parameters, changes)
  }

  private func facet(
    _ name: String,
    _ parameter: String,
    _ chosen: String?,
    _ choices: [Catalogue.Choice],
    label: (String) -> String = { $0 }
  ) -> HTMLLibrary.Facet {
    func isChosen(_ value: String) -> Bool {
      // Of two folders, case may be the only difference.
      guard let chosen, parameter != "folder" else { return chosen == value }
      return SearchFolding.folded(chosen) == SearchFolding.folded(value)
    }
    let shown = choices.enumerated()
      .filter { $0.offset < Self.choicesPerFacet || isChosen($0.element.value) }
    let links = shown.map { choice in
      HTMLLibrary.Link(
        "\(label(choice.element.value)) \(NumberText.grouped(choice.element.count))",
        to: address([parameter: choice.element.value]),
        isCurrent: isChosen(choice.element.value)
      )
    }
    let all = HTMLLibrary.Link("all", to: address([parameter: nil]), isCurrent: chosen == nil)
    return HTMLLibrary.Facet(name: name, choices: [all] + links)
  }

  /// The deepest folder that all of some are in: what goes without saying.
  private static func commonFolder(_ folders: [String]) -> String {
    guard var common = folders.first.map(FilePath.parent) else { return "/" }
    while common != "/", !folders.allSatisfy({ $0 != common && FilePath.contains(common, $0) }) {
      common = FilePath.parent(of: common)
    }
    return common
  }

  private func pages(_ count: Int) -> [HTMLLibrary.Link] {
    LibraryAddress.pages(of: count, size: Self.sourcesPerPage, current: page) { number in
      address(number == 1 ? [:] : ["page": "\(number)"])
    }
  }
}
