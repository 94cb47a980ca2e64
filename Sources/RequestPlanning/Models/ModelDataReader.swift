internal import GeminiAPI
internal import OrderedJSON

/// Reads cards, aliases and rates out of a document of model data.
struct ModelDataReader {
  func catalog(_ document: JSONObject) throws(ModelDataFault) -> ModelCatalog {
    let root = DataNode(.object(document))
    try root.allowOnly([
      "asOf", "currency", "reading", "sources", "mediaRates", "aliases", "models",
    ])
    if let currency = try root.member("currency"), currency.value.string != "USD" {
      throw currency.fault("only \"USD\" is known")
    }
    var sources: [(key: String, text: String)] = []
    for (key, node) in try root.member("sources")?.members() ?? [] {
      sources.append((key, try node.name()))
    }
    let media = try mediaRates(root)
    let cards = try root.list("models") { (node) throws(ModelDataFault) in
      try card(node, media: media)
    }
    for (index, card) in cards.enumerated()
    where cards[..<index].contains(where: { $0.id == card.id }) {
      let models = root.path.appending(.member("models"))
      throw ModelDataFault(at: models.appending(.element(index)), problem: "a second \(card.id)")
    }
    return ModelCatalog(
      asOf: try root.member("asOf")?.day(),
      cards: cards,
      aliases: try root.list("aliases") { (node) throws(ModelDataFault) in
        try alias(node, cards: cards)
      },
      sources: sources,
      document: document
    )
  }

  private func alias(
    _ node: DataNode,
    cards: [ModelCard]
  ) throws(ModelDataFault) -> ModelCatalog.Alias {
    try node.allowOnly(["id", "model", "source"])
    let model = try node.required("model")
    let name = try model.name()
    guard cards.contains(where: { $0.id == name }) else {
      throw model.fault("no model has the id \"\(name)\"")
    }
    return ModelCatalog.Alias(id: try node.required("id").name(), model: name)
  }

  private func mediaRates(_ root: DataNode) throws(ModelDataFault) -> [String: MediaRates] {
    var result: [String: MediaRates] = [:]
    for (name, node) in try root.member("mediaRates")?.members() ?? [] {
      try node.allowOnly(["tokensPerFrame", "timestampTokens", "audioTokensPerSecond", "source"])
      result[name] = MediaRates(
        tokensPerFrame: try counts(node.member("tokensPerFrame"), by: \MediaResolution.name),
        timestampTokens: try timestamps(node.member("timestampTokens")),
        audioTokensPerSecond: try counts(
          node.required("audioTokensPerSecond"),
          by: \ModelPlatform.rawValue
        ),
        sources: try strings(node, "source")
      )
    }
    return result
  }

  private func timestamps(
    _ node: DataNode?
  ) throws(ModelDataFault) -> [ModelPlatform: MediaRates.TimestampTokens] {
    var result: [ModelPlatform: MediaRates.TimestampTokens] = [:]
    for (key, value) in try node?.members() ?? [] {
      result[try named(key, value, by: \.rawValue)] = MediaRates.TimestampTokens(
        belowOneHour: try value.required("belowOneHour").count(),
        fromOneHour: try value.required("fromOneHour").count()
      )
    }
    return result
  }

  /// Counts by the names of some keys.
  func counts<Key: CaseIterable & Hashable>(
    _ node: DataNode?,
    by name: (Key) -> String
  ) throws(ModelDataFault) -> [Key: Int] {
    var result: [Key: Int] = [:]
    for (key, value) in try node?.members() ?? [] {
      result[try named(key, value, by: name)] = try value.count()
    }
    return result
  }

  private func named<Key: CaseIterable>(
    _ key: String,
    _ node: DataNode,
    by name: (Key) -> String
  ) throws(ModelDataFault) -> Key {
    if let found = Key.allCases.first(where: { name($0) == key }) { return found }
    let known = Key.allCases.map(name).joined(separator: ", ")
    throw node.fault("unknown key; known are \(known)")
  }

  func strings(_ node: DataNode, _ key: String) throws(ModelDataFault) -> [String] {
    try node.list(key) { (element) throws(ModelDataFault) in try element.name() }
  }
}
