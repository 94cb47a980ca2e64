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
    // The same names come again and again.
    var keys: [String: String] = [:]
    for mention in mentions {
      let key = keys[mention.name] ?? SearchFolding.folded(mention.name)
      keys[mention.name] = key
      people[key, default: []].append(mention)
    }
    if !wanted.isEmpty {
      people = people.filter { key, _ in
        let parts = key.split(separator: " ")
        return wanted.allSatisfy { part in parts.contains { $0.hasPrefix(part) } }
      }
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
  /// - Parameter mentions: Those of one person, those that came last first.
  fileprivate init(_ mentions: [Mention]) {
    var descriptions: [String] = []
    for mention in mentions
    where !mention.description.isEmpty && !descriptions.contains(mention.description) {
      descriptions.append(mention.description)
    }
    name = mentions[0].name
    self.descriptions = descriptions
    recordingCount = Set(mentions.map(\.recording)).count
    // A store that was merged from others has its numbers in another order.
    lastMadeAt = mentions.reduce(mentions[0].madeAt) { max($0, $1.madeAt) }
  }
}

extension Connection {
  /// All names, those that came last first.
  fileprivate func mentions() throws(RunStoreError) -> [Mention] {
    try rows(
      """
      SELECT s.name, coalesce(s.position, ''), coalesce(s.company, ''), i.source, r.started_ms
      FROM speakers s JOIN items i ON i.id = s.item JOIN runs r ON r.id = i.run
      WHERE s.name != '' ORDER BY s.id DESC
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
