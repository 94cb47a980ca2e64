internal import HTMLReports
internal import LoopbackHTTP
internal import PlainText
internal import RunStore

/// The list of people as an address of the library asks for it.
struct PeopleListing {
  /// People on a page.
  static let pageSize = 100

  private let page: Int
  private let name: String

  /// What the parameters ask for; what cannot be understood is left out.
  init(_ head: RequestHead) {
    // The last page that can be asked for still has a place that fits an integer.
    page = min(max(Int(head.parameter("page") ?? "") ?? 1, 1), 1_000_000)
    name = head.parameter("name") ?? ""
  }

  /// The page of the list.
  func listing(in store: RunStore) throws(RunStoreError) -> HTMLLibrary.People {
    let all = try store.people(named: name)
    let shown = all.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize)
    return HTMLLibrary.People(
      heading: NumberText.counted(all.count, "person", "people"),
      people: shown.map(Self.person),
      name: name,
      pages: LibraryAddress.pages(of: all.count, size: Self.pageSize, current: page) { number in
        LibraryAddress.text(
          "/people",
          name.isEmpty ? [] : [("name", name)],
          number == 1 ? [:] : ["page": "\(number)"]
        )
      }
    )
  }

  private static func person(_ person: StorePerson) -> HTMLLibrary.People.Person {
    HTMLLibrary.People.Person(
      link: .init(
        person.name,
        to: LibraryAddress.text("/search", [("speaker", person.name), ("order", "time")], [:])
      ),
      description: person.descriptions.prefix(3).joined(separator: "; "),
      recordingCount: person.recordingCount,
      last: MomentText.day(person.lastMadeAt)
    )
  }
}
