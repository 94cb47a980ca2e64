internal import HTMLReports
internal import PlainText
internal import WebAddresses

/// Addresses within the library, and the links from page to page.
enum LibraryAddress {
  /// An address with parameters, some of them changed.
  ///
  /// - Parameters:
  ///   - parameters: Names and values as they are now.
  ///   - changes: Values by name; `nil` leaves a parameter out.
  static func text(
    _ path: String,
    _ parameters: [(name: String, value: String)],
    _ changes: [String: String?]
  ) -> String {
    var kept = parameters.filter { changes[$0.name] == nil }
    for (name, value) in changes.sorted(by: { $0.key < $1.key }) {
      if let value { kept.append((name, value)) }
    }
    let query = kept.map { "\($0.name)=\(PercentEncoding.encoded($0.value))" }
    return query.isEmpty ? path : "\(path)?" + query.joined(separator: "&")
  }

  /// The first page, the ones beside the current one, and the last; none where one page is all.
  static func pages(
    of total: Int,
    size: Int,
    current: Int,
    address: (Int) -> String
  ) -> [HTMLLibrary.Link] {
    let count = (total + size - 1) / size
    guard count > 1 else { return [] }
    let near = Set([1, current - 1, current, current + 1, count]).filter {
      (1...count).contains($0)
    }
    return near.sorted().map { number in
      let (first, last) = ((number - 1) * size + 1, min(number * size, total))
      return HTMLLibrary.Link(
        "\(NumberText.grouped(first))–\(NumberText.grouped(last))",
        to: address(number),
        isCurrent: number == current
      )
    }
  }
}
