internal import HostSystem
internal import TranscriptModel
internal import UnicodeText

/// The items that a search is about, and the voices in them.
struct SearchScope {
  /// The items, newest first; `nil` for all.
  private(set) var items: [Int64]?
  /// The voices that may speak in each item; `nil` for all.
  private(set) var voices: [Int64: Set<Int>]?

  /// More items than these are walked through as one stretch: to begin a walk in the index takes
  /// longer than to pass over a few rows.
  private static let mostStretches = 16

  private let connection: any Connection
  /// What was found out about items on the way.
  private let known: KnownItems
  private let isNewestOnly: Bool

  init(_ query: SearchQuery, _ connection: any Connection) throws(RunStoreError) {
    self.connection = connection
    voices = try Self.voices(query, connection)
    if query.isFilteredByItem {
      items = try Self.items(query, connection)
      if let voices { items?.removeAll { voices[$0] == nil } }
    } else if let voices {
      items = voices.keys.sorted(by: >)
    }
    // The list of items has been asked for it already.
    isNewestOnly = query.isNewestOnly && !query.isFilteredByItem
    known = KnownItems(wanted: items.map(Set.init))
  }

  /// Whether the rows of an item may fit.
  func contains(item: Int64) throws(RunStoreError) -> Bool {
    guard known.wanted?.contains(item) ?? true else { return false }
    guard isNewestOnly else { return true }
    if let isNewest = known.isNewest[item] { return isNewest }
    let isNewest = try connection.isNewest(item)
    known.isNewest[item] = isNewest
    return isNewest
  }

  /// Whether a person compared the row at a position of an item with the recording; rows of other tables
  /// have none.
  func isChecked(item: Int64, _ position: Int?) throws(RunStoreError) -> Bool {
    guard let position else { return false }
    if let checked = known.checked[item] { return checked.contains(position) }
    let checked = try connection.checkedPositions(of: item)
    known.checked[item] = checked
    return checked.contains(position)
  }

  /// The stretches of rows that hold all of the items, newest first.
  var stretches: [ClosedRange<Int64>] {
    guard let items else { return [0...Int64.max] }
    guard let newest = items.first, let oldest = items.last else { return [] }
    guard items.count > Self.mostStretches else { return items.map { RowSpace.ids(of: $0) } }
    return [RowSpace.ids(of: oldest).lowerBound...RowSpace.ids(of: newest).upperBound]
  }

  private static func items(
    _ query: SearchQuery,
    _ connection: any Connection
  ) throws(RunStoreError) -> [Int64] {
    let names = NameFilter(query)
    var found: [(id: Int64, folder: String?)] = []
    try connection.each(
      """
      SELECT i.id, s.kind, s.uri, r.folder, coalesce(i.title, s.title), i.model, i.prompt_name, i.language
      FROM items i JOIN runs r ON r.id = i.run JOIN sources s ON s.id = i.source
      WHERE (?1 IS NULL OR i.id = ?1)
        AND (?2 IS NULL OR r.id = ?2)
        AND (?3 IS NULL OR r.started_ms >= ?3)
        AND (?4 IS NULL OR r.started_ms < ?4)
        AND (?5 IS NULL OR EXISTS (SELECT 1 FROM findings WHERE item = i.id AND code = ?5))
      ORDER BY i.id DESC
      """,
      [
        .int(query.item),
        .text(query.run),
        .time(query.since),
        .time(query.until),
        .text(query.finding),
      ]
    ) { row in
      guard names.fits(row) else { return true }
      let folder = SourceFolder.path(kind: row.text(1), row.text(2), of: row.text(3))
      found.append((id: row.int64(0), folder: folder))
      return true
    }
    var items: [Int64] = []
    for item in found {
      if let folder = query.folder {
        guard let path = item.folder, FilePath.contains(folder, path) else { continue }
      }
      if query.isNewestOnly {
        guard try connection.isNewest(item.id) else { continue }
      }
      items.append(item.id)
    }
    return items
  }

  private static func voices(
    _ query: SearchQuery,
    _ connection: any Connection
  ) throws(RunStoreError) -> [Int64: Set<Int>]? {
    guard query.speaker != nil || query.company != nil else { return nil }
    var voices: [Int64: Set<Int>] = [:]
    try connection.eachSpeaker(
      label: try words(query.speaker, "speaker"),
      company: try words(query.company, "company")
    ) { item, voice in voices[item, default: []].insert(voice) }
    return voices
  }

  private static func words(
    _ text: String?,
    _ name: String
  ) throws(RunStoreError) -> MatchExpression? {
    guard let text else { return nil }
    let words = try MatchExpression(text, completes: true)
    guard words.phrases.isEmpty else { return words }
    throw RunStoreError(
      .invalidQuery,
      "The \(name) to search for has no letter or number.",
      remedy: "Give a word of the \(name)."
    )
  }
}

/// What is asked for of names, which are compared without case and accents.
private struct NameFilter {
  private let source: ByteSearch?
  private let model: String?
  private let prompt: String?
  private let language: String?

  init(_ query: SearchQuery) {
    source = query.source.map { ByteSearch(Array(SearchFolding.folded($0).utf8)) }
    model = query.model.map(SearchFolding.folded)
    prompt = query.prompt.map(SearchFolding.folded)
    language = query.language?.lowercased()
  }

  /// - Parameter row: From the column 2: URI, folder, title, model, prompt and language.
  func fits(_ row: Row) -> Bool {
    if let source {
      let names = [row.text(2), row.text(4)].map { Array(SearchFolding.folded($0).utf8) }
      guard names.contains(where: { source.isIn($0) }) else { return false }
    }
    if let model, SearchFolding.folded(row.text(5)) != model { return false }
    if let prompt, SearchFolding.folded(row.text(6)) != prompt { return false }
    guard let language else { return true }
    let own = row.text(7).lowercased()
    return own == language || own.hasPrefix(language + "-")
  }
}

/// What was found out about items in one search.
private final class KnownItems {
  /// The items that may fit; `nil` for all.
  let wanted: Set<Int64>?
  var isNewest: [Int64: Bool] = [:]
  var checked: [Int64: Set<Int>] = [:]

  init(wanted: Set<Int64>?) { self.wanted = wanted }
}

/// Where the file of a source lies.
enum SourceFolder {
  /// The absolute path of the folder, without dots; `nil` for what is no file.
  ///
  /// - Parameter base: Where a path without a root begins.
  static func path(kind: String, _ uri: String, of base: String) -> String? {
    guard ["file", TranscriptDocument.importedKind].contains(kind) else { return nil }
    return FilePath.parent(of: FilePath.withoutDots(FilePath.joined(base, uri)))
  }
}

extension SearchQuery {
  /// Whether anything is asked for that items have or have not.
  fileprivate var isFilteredByItem: Bool {
    source != nil || since != nil || until != nil || run != nil || item != nil || model != nil
      || prompt != nil || language != nil || folder != nil || finding != nil
  }

  /// Whether anything but words is searched for.
  var isFiltered: Bool { isFilteredByItem || speaker != nil || company != nil || isChecked != nil }
}

extension Connection {
  /// Whether no other result of the same recording, prompt, stretch and language is to be preferred:
  /// a complete one, or else the newer.
  ///
  /// A prompt with other parameters, such as a recipe with another question, asks something else.
  fileprivate func isNewest(_ item: Int64) throws(RunStoreError) -> Bool {
    try first(
      SQL(
        sqlite: """
          SELECT NOT EXISTS (
            SELECT 1 FROM items n JOIN runs nr ON nr.id = n.run
            WHERE n.source IN (
                SELECT s.id UNION
                SELECT id FROM sources WHERE content_hash = s.content_hash AND content_hash != ''
              )
              AND n.id != i.id AND n.prompt_name = i.prompt_name AND n.language IS i.language
              AND n.settings ->> '$.start' IS i.settings ->> '$.start'
              AND n.settings ->> '$.end' IS i.settings ->> '$.end'
              AND json_remove(n.settings, '$.parameters.context') ->> '$.parameters'
                IS json_remove(i.settings, '$.parameters.context') ->> '$.parameters'
              AND EXISTS (SELECT 1 FROM documents WHERE item = n.id)
              AND (n.status = 'complete', nr.started_ms, n.id)
                > (i.status = 'complete', r.started_ms, i.id)
          )
          FROM items i JOIN runs r ON r.id = i.run JOIN sources s ON s.id = i.source WHERE i.id = ?
          """,
        postgresql: """
          SELECT NOT EXISTS (
            SELECT 1 FROM items n JOIN runs nr ON nr.id = n.run
            WHERE n.source IN (
                SELECT s.id UNION
                SELECT id FROM sources WHERE content_hash = s.content_hash AND content_hash != ''
              )
              AND n.id != i.id AND n.prompt_name = i.prompt_name AND n.language IS NOT DISTINCT FROM i.language
              AND n.settings::jsonb ->> 'start' IS NOT DISTINCT FROM i.settings::jsonb ->> 'start'
              AND n.settings::jsonb ->> 'end' IS NOT DISTINCT FROM i.settings::jsonb ->> 'end'
              AND n.settings::jsonb #- '{parameters,context}' -> 'parameters'
                IS NOT DISTINCT FROM i.settings::jsonb #- '{parameters,context}' -> 'parameters'
              AND EXISTS (SELECT 1 FROM documents WHERE item = n.id)
              AND (n.status = 'complete', nr.started_ms, n.id)
                > (i.status = 'complete', r.started_ms, i.id)
          )
          FROM items i JOIN runs r ON r.id = i.run JOIN sources s ON s.id = i.source WHERE i.id = ?
          """
      ),
      .int(item)
    ) { $0.flag(0) } ?? false
  }

  /// The positions of the rows of an item that a person compared with the recording.
  fileprivate func checkedPositions(of item: Int64) throws(RunStoreError) -> Set<Int> {
    let hasAny = try first(
      SQL(
        sqlite: """
          SELECT 1 FROM corrections
          WHERE item = ? AND NOT is_undone AND correction ->> '$.kind' = 'checked' LIMIT 1
          """,
        postgresql: """
          SELECT 1 FROM corrections
          WHERE item = ? AND NOT is_undone AND correction::json ->> 'kind' = 'checked' LIMIT 1
          """
      ),
      .int(item)
    ) { _ in true }
    guard hasAny != nil, let corrected = try document(of: item)?.corrected else { return [] }
    return Set(
      corrected.transcript.segments.enumerated()
        .filter { corrected.rows[$0.element.row]?.isChecked == true }.map(\.offset)
    )
  }
}
