internal import GeminiAPI
internal import OrderedJSON

extension ModelDataReader {
  func card(_ node: DataNode, media: [String: MediaRates]) throws(ModelDataFault) -> ModelCard {
    try node.allowOnly([
      "id", "generation", "status", "limits", "thinking", "media", "mediaIsAssumed", "measured",
      "caching", "sampling", "agenticVideo", "locations", "prices", "notes", "unverified", "asOf",
    ])
    try node.member("locations")?.allowOnly(["served", "priceFactor", "source"])
    var rates: MediaRates?
    if let name = try node.member("media") {
      rates = media[try name.name()]
      if rates == nil { throw name.fault("\"mediaRates\" has no such entry") }
    }
    return ModelCard(
      id: try node.required("id").name(),
      generation: try node.member("generation")?.name() ?? "",
      status: try status(node.member("status")),
      limits: try limits(node.member("limits")),
      thinking: try thinking(node.member("thinking")),
      media: rates,
      mediaIsAssumed: try node.member("mediaIsAssumed")?.bool() ?? false,
      measuredTokensPerFrame: try counts(
        node.member("measured")?.member("tokensPerFrame"),
        by: \MediaResolution.name
      ),
      caching: try caching(node.member("caching")),
      sampling: try node.member("sampling")?.choice(ModelCard.SamplingBehaviour.self) ?? .unknown,
      offersAgenticVideo: try node.member("agenticVideo")?.bool() ?? false,
      locations: try node.member("locations").map { (node) throws(ModelDataFault) in
        try strings(node, "served")
      } ?? [],
      regionalPriceFactor: try node.member("locations")?.member("priceFactor")?.amount(),
      prices: try node.list("prices") { (sheet) throws(ModelDataFault) in try priceSheet(sheet) },
      notes: try strings(node, "notes"),
      unverified: try strings(node, "unverified"),
      asOf: try node.member("asOf")?.day()
    )
  }

  private func status(_ node: DataNode?) throws(ModelDataFault) -> ModelStatus {
    try node?.allowOnly([
      "state", "released", "shutdown", "earliestShutdown", "aiStudioShutdown",
      "agentPlatformShutdown", "agentPlatformEarliestShutdown", "successor", "note", "source",
    ])
    return ModelStatus(
      state: try node?.required("state").choice(ModelStatus.State.self) ?? .unknown,
      released: try node?.member("released")?.day(),
      shutdown: try node?.member("shutdown")?.day(),
      earliestShutdown: try node?.member("earliestShutdown")?.day(),
      aiStudioShutdown: try node?.member("aiStudioShutdown")?.day(),
      agentPlatformShutdown: try node?.member("agentPlatformShutdown")?.day(),
      agentPlatformEarliestShutdown: try node?.member("agentPlatformEarliestShutdown")?.day(),
      successor: try node?.member("successor")?.name(),
      note: try node?.member("note")?.name()
    )
  }

  private func limits(_ node: DataNode?) throws(ModelDataFault) -> ModelCard.Limits? {
    guard let node else { return nil }
    try node.allowOnly([
      "inputTokens", "outputTokens", "longOutputTokens", "agentPlatformOutputTokens",
      "unstreamedOutputTokens", "audioMinutes", "source",
    ])
    return ModelCard.Limits(
      inputTokens: try node.required("inputTokens").count(),
      outputTokens: try node.required("outputTokens").count(),
      longOutputTokens: try node.member("longOutputTokens")?.count(),
      agentPlatformOutputTokens: try node.member("agentPlatformOutputTokens")?.count(),
      unstreamedOutputTokens: try node.member("unstreamedOutputTokens")?.count(),
      audioMinutes: try node.member("audioMinutes")?.count()
    )
  }

  private func thinking(_ node: DataNode?) throws(ModelDataFault) -> ThinkingControl {
    try node?.allowOnly([
      "control", "levels", "refused", "default", "minimum", "maximum", "canDisable", "source",
    ])
    var budgets: ClosedRange<Int>?
    if let node, let maximum = try node.member("maximum") {
      let least = try node.member("minimum")?.count() ?? 0
      let most = try maximum.count()
      guard least <= most else { throw maximum.fault("the maximum is below the minimum") }
      budgets = least...most
    }
    return ThinkingControl(
      kind: try node?.required("control").choice(ThinkingControl.Kind.self) ?? .unknown,
      levels: try node.map { (node) throws(ModelDataFault) in try strings(node, "levels") } ?? [],
      refusedLevels: try node.map { (node) throws(ModelDataFault) in
        try strings(node, "refused")
      } ?? [],
      defaultSetting: try node?.member("default")?.name(),
      budgets: budgets,
      canDisable: try node?.member("canDisable")?.bool() ?? false
    )
  }

  private func caching(_ node: DataNode?) throws(ModelDataFault) -> CachingTerms {
    try node?.allowOnly(["implicit", "explicit", "implicitMinimum", "explicitMinimum", "source"])
    return CachingTerms(
      isImplicit: try node?.member("implicit")?.bool() ?? false,
      isExplicit: try node?.member("explicit")?.bool() ?? false,
      implicitMinimum: try counts(node?.member("implicitMinimum"), by: \.rawValue),
      explicitMinimum: try counts(node?.member("explicitMinimum"), by: \.rawValue)
    )
  }

  private func priceSheet(_ node: DataNode) throws(ModelDataFault) -> PriceSheet {
    try node.allowOnly([
      "platform", "from", "through", "introductory", "cacheStoragePerHour", "rows",
    ])
    let from = try node.member("from")?.day()
    let through = try node.member("through")?.day()
    if let from, let through, through < from {
      throw node.fault("\"through\" (\(through)) is before \"from\" (\(from))")
    }
    return PriceSheet(
      platform: try node.required("platform").choice(ModelPlatform.self),
      from: from,
      through: through,
      isIntroductory: try node.member("introductory")?.bool() ?? false,
      cacheStoragePerHour: try node.member("cacheStoragePerHour")?.amount(),
      rows: try node.list("rows") { (row) throws(ModelDataFault) in try priceRow(row) }
    )
  }

  private func priceRow(_ node: DataNode) throws(ModelDataFault) -> PriceSheet.Row {
    try node.allowOnly([
      "tier", "above", "input", "inputAudio", "output", "outputImage", "cached", "cachedAudio",
      "source",
    ])
    return PriceSheet.Row(
      tier: try node.required("tier").choice(ServiceTier.self),
      above: try node.member("above")?.count() ?? 0,
      input: try node.required("input").amount(),
      inputAudio: try node.member("inputAudio")?.amount(),
      output: try node.required("output").amount(),
      outputImage: try node.member("outputImage")?.amount(),
      cached: try node.member("cached")?.amount(),
      cachedAudio: try node.member("cachedAudio")?.amount(),
      sources: try strings(node, "source")
    )
  }
}
