internal import OrderedJSON

/// The models, with their rates, behaviour and prices.
public struct ModelCatalog: Sendable {
  /// A second name of a model; the model behind it may change.
  public struct Alias: Hashable, Sendable {
    /// The second name.
    public let id: String
    /// The model it stood for when the data were checked.
    public let model: String
  }

  /// A model found by a name.
  public struct Resolution: Hashable, Sendable {
    /// The name asked for.
    public let requested: String
    /// The model's card.
    public let card: ModelCard
    /// Whether the name is an alias, so that the model behind it may change.
    public let isAlias: Bool

    /// The same for replies that are not streamed.
    var unstreamed: Resolution {
      Resolution(requested: requested, card: card.unstreamed, isAlias: isAlias)
    }
  }

  /// The day the data were checked.
  public let asOf: CalendarDay?
  /// The cards, in the order of the data.
  public let cards: [ModelCard]
  /// The second names.
  public let aliases: [Alias]
  /// What the source keys stand for.
  public let sources: [(key: String, text: String)]
  /// The document the catalogue was read from, to put a user's file over it.
  let document: JSONObject
  private let positions: [String: Int]

  init(
    asOf: CalendarDay?,
    cards: [ModelCard],
    aliases: [Alias],
    sources: [(key: String, text: String)],
    document: JSONObject
  ) {
    self.asOf = asOf
    self.cards = cards
    self.aliases = aliases
    self.sources = sources
    self.document = document
    positions = Dictionary(cards.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }

  /// The model of a name: an id, an alias, or either after `models/` or a publisher's path.
  ///
  /// A dated or numbered version of a known model (`-001`, `-09-2025`) is that model.
  public func resolve(_ name: String) -> Resolution? {
    let id = name.split(separator: "/").last.map(String.init) ?? name
    if let card = card(id) { return Resolution(requested: name, card: card, isAlias: false) }
    if let alias = aliases.first(where: { $0.id == id }), let card = card(alias.model) {
      return Resolution(requested: name, card: card, isAlias: true)
    }
    guard let base = Self.withoutVersion(id), let card = card(base) else { return nil }
    return Resolution(requested: name, card: card, isAlias: false)
  }

  /// The card of an id.
  public func card(_ id: String) -> ModelCard? { positions[id].map { cards[$0] } }

  /// The name before a version of digits, `nil` when there is none.
  private static func withoutVersion(_ id: String) -> String? {
    var parts = id.split(separator: "-")
    let isNumber = { (part: Substring) in
      part.count >= 2 && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    let count = parts.count
    while let last = parts.last, isNumber(last) { parts.removeLast() }
    guard parts.count < count else { return nil }
    return parts.joined(separator: "-")
  }
}
