package import OrderedJSON
package import TranscriptModel

/// The speakers who are known by name, to be passed on to the next clip or the next episode.
///
/// Entries stand in the order in which they were last heard, the latest first; the oldest go when
/// there are too many.
package struct SpeakerLedger: Hashable, Sendable {
  /// A speaker known by name.
  package struct Entry: Hashable, Sendable {
    /// The name.
    package var name: String
    /// The company, when known.
    package var company: String?
    /// The position, when known.
    package var position: String?
    /// The part played, when known.
    package var role: String?
  }

  /// The most speakers that are kept.
  package static let mostEntries = 200
  /// The longest text of a field, in characters.
  private static let longestField = 200

  /// The speakers.
  package private(set) var entries: [Entry]

  /// A ledger without speakers.
  package init() { entries = [] }

  /// Notes the speakers of a transcript that have names; what is known already and not said anew
  /// stays.
  package mutating func note(_ transcript: Transcript) {
    var heard: [Entry] = []
    for speaker in transcript.speakers {
      guard let written = speaker.name, let name = PersonName(written),
        !heard.contains(where: { PersonName($0.name) == name })
      else { continue }
      let known = entries.first { PersonName($0.name) == name }
      heard.append(
        Entry(
          name: Self.bounded(written) ?? "",
          company: Self.bounded(speaker.company) ?? known?.company,
          position: Self.bounded(speaker.position) ?? known?.position,
          role: Self.bounded(speaker.role) ?? known?.role
        )
      )
    }
    let names = Set(heard.compactMap { PersonName($0.name) })
    let rest = entries.filter { entry in PersonName(entry.name).map { !names.contains($0) } ?? false
    }
    entries = Array((heard + rest).prefix(Self.mostEntries))
  }

  /// The speakers as text for a prompt, one on each line; empty when there are none.
  package var context: String {
    entries.map { entry in
      ([entry.name] + [entry.position, entry.company, entry.role].compactMap(\.self))
        .joined(separator: ", ")
    }.joined(separator: "\n")
  }

  /// A field without control characters, at a length that fits a prompt.
  private static func bounded(_ text: String?) -> String? {
    guard let text else { return nil }
    let printable = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? " " : Character(scalar)
    }
    return String(String(printable).prefix(longestField))
  }
}

extension SpeakerLedger {
  /// The ledger as JSON: `{"speakers": [{"name", "company"?, "position"?, "role"?}]}`.
  package var json: JSONValue {
    [
      "speakers": .array(
        entries.map { entry in
          var object: JSONObject = ["name": .init(entry.name)]
          object["company"] = entry.company.map { JSONValue($0) }
          object["position"] = entry.position.map { JSONValue($0) }
          object["role"] = entry.role.map { JSONValue($0) }
          return .object(object)
        }
      )
    ]
  }

  /// Reads a ledger; more speakers than are kept, and longer fields, are cut.
  ///
  /// - Throws: `TranscriptDocumentError` with the place of what is wrong.
  package init(json: JSONValue) throws(TranscriptDocumentError) {
    guard let speakers = json["speakers"]?.array else {
      throw TranscriptDocumentError(path: "speakers", problem: "a list is due")
    }
    entries = []
    for (index, speaker) in speakers.prefix(Self.mostEntries).enumerated() {
      guard let name = Self.bounded(speaker["name"]?.string) else {
        throw TranscriptDocumentError(path: "speakers[\(index)].name", problem: "a text is due")
      }
      entries.append(
        Entry(
          name: name,
          company: Self.bounded(speaker["company"]?.string),
          position: Self.bounded(speaker["position"]?.string),
          role: Self.bounded(speaker["role"]?.string)
        )
      )
    }
  }
}
