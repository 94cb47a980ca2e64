public import OrderedJSON

/// What one document of model data says otherwise than another.
public struct ModelDifference: Hashable, Sendable {
  /// A fact that changed; `nil` where it is not given.
  public struct Fact: Hashable, Sendable {
    /// The member of the card, such as `prices`.
    public let name: String
    /// The value before.
    public let old: JSONValue?
    /// The value after.
    public let new: JSONValue?
  }

  /// The model's id, or the name of another member of the document.
  public let id: String
  /// Whether it was not there before.
  public let isNew: Bool
  /// Whether it is not there any more.
  public let isGone: Bool
  /// The facts that changed, in the order of the newer card; empty for what is new or gone.
  public let facts: [Fact]
}

extension ModelCatalog {
  /// What a newer catalogue says otherwise, models first, in its order.
  public func differences(to newer: ModelCatalog) -> [ModelDifference] {
    let (old, new) = (Self.cards(document), Self.cards(newer.document))
    let changed = new.compactMap { id, card -> ModelDifference? in
      guard let before = old.first(where: { $0.id == id })?.card else {
        return ModelDifference(id: id, isNew: true, isGone: false, facts: [])
      }
      return Self.difference(id, before, card)
    }
    let gone = old.filter { entry in !new.contains { $0.id == entry.id } }.map {
      ModelDifference(id: $0.id, isNew: false, isGone: true, facts: [])
    }
    let rest = ["aliases", "mediaRates"].compactMap { name in
      Self.difference(name, [name: document[name] ?? .null], [name: newer.document[name] ?? .null])
    }
    return changed + gone + rest
  }

  private static func cards(_ document: JSONObject) -> [(id: String, card: JSONObject)] {
    (document["models"]?.array ?? []).compactMap { card in
      guard let object = card.object, let id = card["id"]?.string else { return nil }
      return (id, object)
    }
  }

  private static func difference(
    _ id: String,
    _ old: JSONObject,
    _ new: JSONObject
  ) -> ModelDifference? {
    let names = new.keys + old.keys.filter { new[$0] == nil }
    // The day of the check says nothing about the model.
    let facts = names.filter { $0 != "asOf" && old[$0] != new[$0] }.map {
      ModelDifference.Fact(name: $0, old: old[$0], new: new[$0])
    }
    return facts.isEmpty ? nil : ModelDifference(id: id, isNew: false, isGone: false, facts: facts)
  }
}
