/// One page of a list.
public struct Page<Element: Sendable>: Sendable {
  /// The elements in the service's order.
  public let elements: [Element]
  /// What to ask for the next page with; `nil` on the last one.
  public let nextPageToken: String?

  /// One page of a list.
  public init(elements: [Element], nextPageToken: String?) {
    self.elements = elements
    self.nextPageToken = nextPageToken
  }
}
