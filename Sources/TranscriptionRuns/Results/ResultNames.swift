internal import HostSystem
internal import PlainText
internal import RequestPlanning
package import Transcribing
internal import TranscriptModel

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A pattern for the names of results, such as `{date}/{stem}-{prompt}`.
package struct NameTemplate: Hashable, Sendable {
  /// What may stand between braces.
  package enum Field: String, CaseIterable {
    /// The source's name without its ending.
    case stem
    /// The name of the prompt.
    case prompt
    /// The folder of the source, from the folder that was named.
    case folder
    /// The id of a video on the web; of other sources, what tells their work from others'.
    case id
    /// The day, as `2026-11-20`.
    case date
    /// The number of the result on the command line, from 1.
    case n
  }

  fileprivate enum Part: Hashable {
    case text(String)
    case field(Field)
  }

  fileprivate let parts: [Part]

  /// What is wrong with a pattern.
  package struct Problem: Error {
    /// What would be right.
    package let expected: String
    /// What was probably meant; `nil` where that is not clear.
    package var suggestion: String?
  }

  /// Reads a pattern.
  package init(parsing text: String) throws(Problem) {
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      parts.append(.text(String(rest[..<open])))
      guard let close = rest[open...].firstIndex(of: "}") else {
        throw Problem(expected: "a closing brace after each opening one")
      }
      let name = String(rest[rest.index(after: open)..<close])
      guard let field = Field(rawValue: name) else {
        let names = Field.allCases.map(\.rawValue)
        throw Problem(
          expected: names.map { "{\($0)}" }.joined(separator: ", "),
          suggestion: Suggestion.nearest(to: name, among: names)
        )
      }
      parts.append(.field(field))
      rest = rest[rest.index(after: close)...]
    }
    parts.append(.text(String(rest)))
    guard !text.allSatisfy(\.isWhitespace) else {
      throw Problem(expected: "a name, as {stem}-{prompt}")
    }
    self.parts = parts
  }
}

/// What results are called: as their sources are, below the folders of these, and never two alike.
package struct ResultNames {
  /// How names are made, in the order of the work; `nil` for the usual ones.
  package let templates: [NameTemplate?]
  /// The day that `{date}` is.
  package let date: Date

  /// Gives all work its names.
  ///
  /// Results that would be called alike get the ending of their source, `talk-mp4` and `talk-webm`;
  /// those that still are get a number.
  package func settle(_ work: inout [NamedWork]) {
    for (index, template) in zip(work.indices, templates) {
      guard let template else { continue }
      fill(template, &work[index], number: index + 1, of: work.count)
    }
    for index in Self.alike(work) { work[index].stem = Self.withEnding(work[index]) }
    var taken: Set<String> = []
    for index in work.indices {
      let stem = work[index].stem
      var number = 2
      while !taken.insert(Self.key(work[index])).inserted {
        work[index].stem = FileStem.cleaned(stem, with: "\(number)")
        number += 1
      }
    }
  }

  /// Some file systems take upper and lower case for the same.
  private static func key(_ work: NamedWork) -> String {
    "\(work.folder)/\(work.stem)".lowercased()
  }

  /// The places of work that would be called as other work is.
  private static func alike(_ work: [NamedWork]) -> [Int] {
    let groups = Dictionary(grouping: work.indices) { key(work[$0]) }
    return groups.values.filter { $0.count > 1 }.flatMap(\.self)
  }

  private static func withEnding(_ work: NamedWork) -> String {
    let name = FilePath.name(of: work.prepared.source.uri)
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return work.stem }
    return FileStem.cleaned(work.stem, with: String(name[name.index(after: dot)...]))
  }

  private func fill(
    _ template: NameTemplate,
    _ work: inout NamedWork,
    number: Int,
    of count: Int
  ) {
    var text = ""
    for part in template.parts {
      switch part {
      case .text(let words): text += words
      case .field(.folder): text += work.folder
      case .field(.n): text += Self.numbered(number, of: count)
      case .field(let field): text += FileStem.cleaned(value(of: field, work))
      }
    }
    let names = text.split(separator: "/").map { FileStem.cleaned(String($0)) }
    guard let stem = names.last else { return }
    let isPlaced = template.parts.contains(.field(.folder))
    let folders = (isPlaced || work.folder.isEmpty ? [] : [work.folder]) + names.dropLast()
    work.folder = folders.joined(separator: "/")
    work.stem = stem
  }

  /// With as many digits as the last has, so that names sort as numbers do.
  private static func numbered(_ number: Int, of count: Int) -> String {
    NumberText.padded(number, "\(count)".count)
  }

  private func value(of field: NameTemplate.Field, _ work: NamedWork) -> String {
    switch field {
    case .stem: work.prepared.source.stem
    case .prompt: work.prepared.prompt.name
    case .date: date.formatted(.iso8601.year().month().day())
    case .id: id(of: work)
    case .folder, .n: ""
    }
  }

  private func id(of work: NamedWork) -> String {
    let source = work.prepared.source
    if source.kind == "youtube", let id = source.uri.split(separator: "=").last {
      return String(id)
    }
    return String((work.prepared.identities.first ?? "").suffix(8))
  }
}
