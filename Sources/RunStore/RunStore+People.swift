internal import UnicodeText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension RunStore {
  /// The people whose names hold some words, those of most recordings first.
  ///
  /// - Parameter words: Beginnings of words of the name, in any order; all people without any.
  /// - Complexity: Linear in the number of speakers of all transcripts.
  public func people(named words: String = "") throws(RunStoreError) -> [StorePerson] {
    let wanted = SearchFolding.folded(words).split(separator: " ")
    let mentions = try access { connection throws(RunStoreError) in try connection.mentions() }
    var people: [String: [Mention]] = [:]
    for mention in mentions {
      let key = SearchFolding.folded(mention.name)
      let parts = key.split(separator: " ")
      guard wanted.allSatisfy({ part in parts.contains { $0.hasPrefix(part) } }) else { continue }
      people[key, default: []].append(mention)
    }
    return people.map { (key: $0.key, person: StorePerson($0.value)) }
      .sorted { one, other in
        (other.person.recordingCount, one.key) < (one.person.recordingCount, other.key)
      }
      .map(\.person)
  }
}

/// A name in transcripts of a recording.
private struct Mention {
  let name: String
  let description: String
  let recording: Int64
  let madeAt: Date
}

extension StorePerson {
  /// - Parameter mentions: Those of one person, the newest first.
  fileprivate init(_ mentions: [Mention]) {
    var descriptions: [String] = []
    for mention in mentions
    where !mention.description.isEmpty && !descriptions.contains(mention.description) {
      descriptions.append(mention.description)
    }
    name = mentions[0].name
    self.descriptions = descriptions
    recordingCount = Set(mentions.map(\.recording)).count
    lastMadeAt = mentions[0].madeAt
  }
}

extension Connection {
  /// All names, the newest first.
  fileprivate func mentions() throws(RunStoreError) -> [Mention] {
    try rows(
      """
      SELECT s.name, coalesce(s.position, ''), coalesce(s.company, ''), i.source, max(r.started_ms)
      FROM speakers s JOIN items i ON i.id = s.item JOIN runs r ON r.id = i.run
      WHERE s.name IS NOT NULL AND s.name != ''
      GROUP BY 1, 2, 3, 4 ORDER BY 5 DESC, 1
      """
    ) { row in
      let parts = [row.text(1), row.text(2)].filter { !$0.isEmpty }
      return Mention(
        name: row.text(0),
        description: parts.joined(separator: ", "),
        recording: row.int64(3),
        madeAt: row.date(4)
      )
    }
  }
}
