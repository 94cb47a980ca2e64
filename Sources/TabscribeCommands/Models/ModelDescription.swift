internal import CommandLineInterface
internal import GeminiAPI
internal import OrderedJSON
internal import PlainText
internal import RequestPlanning

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Everything known about a model on a platform and day.
struct ModelDescription {
  let card: ModelCard
  let catalog: ModelCatalog
  let platform: ModelPlatform
  let day: CalendarDay

  /// For people: facts, then prices.
  var lines: [String] {
    var facts = TextTable([.words(""), .words("")])
    for (name, value) in self.facts { facts.add([name, value]) }
    return ["\(card.id) on \(platform.title)", ""] + facts.lines(width: nil) + [""]
      + prices.lines(width: nil)
  }

  private var facts: [(String, String)] {
    var facts = [("state", state)]
    if let limits = card.limits {
      let output = NumberText.grouped(limits.outputTokens(on: platform))
      let long = limits.longOutputTokens.map {
        "; \(NumberText.grouped($0)) over several decodes, in and out together"
      }
      let batched = limits.unstreamedOutputTokens.map {
        "; \(NumberText.grouped($0)) by batch, which is not streamed"
      }
      facts.append(
        (
          "limits",
          "\(NumberText.grouped(limits.inputTokens)) tokens in, \(output) out\(long ?? "")"
            + (batched ?? "")
        )
      )
    }
    if platform == .agentPlatform, !card.locations.isEmpty {
      let dearer = card.regionalPriceFactor.map { ", \($0) times the price outside global" } ?? ""
      facts.append(("served in", card.locations.joined(separator: ", ") + dearer))
    }
    let setting = card.thinking.defaultSetting.map { ", default \($0)" } ?? ""
    facts.append(("thinking", card.thinking.words + setting))
    facts += media
    facts.append(("caching", caching))
    facts.append(("temperature", card.sampling.rawValue))
    if card.offersAgenticVideo { facts.append(("frames", "fixed rate, or of its own choice")) }
    facts += card.notes.map { ("note", $0) }
    if !card.unverified.isEmpty {
      facts.append(("unverified", card.unverified.joined(separator: ", ")))
    }
    if let asOf = card.asOf { facts.append(("checked", asOf.description)) }
    return facts
  }

  private var state: String {
    let status = card.status
    var text = status.state.words
    if let released = status.released { text += ", since \(released)" }
    if let end = status.shutdown(on: platform) { text += ", until \(end)" }
    if let note = status.note { text += "; \(note)" }
    return text
  }

  private var media: [(String, String)] {
    guard let media = card.media else { return [("media", "?")] }
    func rates(_ rates: [MediaResolution: Int]) -> String {
      MediaResolution.allCases.compactMap { level in
        rates[level].map { "\(level.name) \($0)" }
      }.joined(separator: ", ")
    }
    var facts: [(String, String)] = []
    if !media.tokensPerFrame.isEmpty {
      let basis = card.mediaIsAssumed ? " (assumed)" : " (published)"
      facts.append(("tokens a frame", rates(media.tokensPerFrame) + basis))
    }
    if !card.measuredTokensPerFrame.isEmpty {
      facts.append(("", rates(card.measuredTokensPerFrame) + " (measured)"))
    }
    if let audio = media.audioTokensPerSecond[platform] {
      facts.append(("sound", "\(audio) tokens a second"))
    }
    return facts
  }

  private var caching: String {
    func least(_ minimum: Int?) -> String {
      minimum.map { "from \(NumberText.grouped($0)) tokens" } ?? "from an unpublished size"
    }
    let terms = card.caching
    let parts = [
      terms.isImplicit ? "by itself \(least(terms.implicitMinimum[platform]))" : nil,
      terms.isExplicit ? "on request \(least(terms.explicitMinimum[platform]))" : nil,
    ].compactMap(\.self)
    return parts.isEmpty ? "none" : parts.joined(separator: ", ")
  }

  private var prices: TextTable {
    var table = TextTable([
      .words("USD per million"), .numbers("prompts above"), .numbers("input"), .numbers("audio"),
      .numbers("output"), .numbers("cached"), .numbers("storage/h"), .words("holds"),
    ])
    for sheet in sheets {
      for row in sheet.rows {
        table.add([
          row.tier.rawValue, row.above == 0 ? "" : NumberText.grouped(row.above), "\(row.input)",
          "\(row.inputAudio ?? row.input)", "\(row.output)", row.cached.map { "\($0)" } ?? "?",
          sheet.cacheStoragePerHour.map { "\($0)" } ?? "?", sheet.period,
        ])
      }
    }
    return table
  }

  /// The sheets of the platform, else those of AI Studio.
  private var sheets: [PriceSheet] {
    let own = card.prices.filter { $0.platform == platform }
    return own.isEmpty ? card.prices.filter { $0.platform == .aiStudio } : own
  }

  /// For machines; what is not known is null.
  var json: JSONValue {
    let status = card.status
    return [
      "id": .string(card.id),
      "generation": .string(card.generation),
      "aliases": .array(catalog.aliases.filter { $0.model == card.id }.map { .string($0.id) }),
      "state": .string(status.state.rawValue),
      "released": .day(status.released),
      "shutdown": .day(status.shutdown(on: platform)),
      "limits": [
        "inputTokens": .count(card.limits?.inputTokens),
        "outputTokens": .count(card.limits?.outputTokens(on: platform)),
        "longOutputTokens": .count(card.limits?.longOutputTokens),
        "unstreamedOutputTokens": .count(card.limits?.unstreamedOutputTokens),
      ],
      "thinking": [
        "control": .string(card.thinking.kind.rawValue),
        "levels": .array(card.thinking.levels.map { .string($0) }),
        "default": card.thinking.defaultSetting.map { .string($0) } ?? nil,
      ],
      "tokensPerFrame": [
        "published": .rates(card.media?.tokensPerFrame ?? [:]),
        "measured": .rates(card.measuredTokensPerFrame),
        "assumed": JSONValue(card.mediaIsAssumed),
      ],
      "audioTokensPerSecond": .count(card.media?.audioTokensPerSecond[platform]),
      "caching": [
        "implicit": JSONValue(card.caching.isImplicit),
        "explicit": JSONValue(card.caching.isExplicit),
        "implicitMinimumTokens": .count(card.caching.implicitMinimum[platform]),
        "explicitMinimumTokens": .count(card.caching.explicitMinimum[platform]),
      ],
      "sampling": .string(card.sampling.rawValue),
      "agenticVideo": .bool(card.offersAgenticVideo),
      "locations": .array(card.locations.map { .string($0) }),
      "regionalPriceFactor": .money(card.regionalPriceFactor),
      "prices": .array(sheets.map(\.json)),
      "notices": .array(notices.map { .string($0) }),
      "notes": .array(card.notes.map { .string($0) }),
      "unverified": .array(card.unverified.map { .string($0) }),
      "asOf": .day(card.asOf),
    ]
  }

  private var notices: [String] {
    catalog.resolve(card.id)?.notices(on: platform, day: day).map(\.message) ?? []
  }
}

extension PriceSheet {
  /// The days on which the sheet holds, in words.
  fileprivate var period: String {
    switch (from, through) {
    case (nil, nil): ""
    case (let from?, nil): "from \(from)"
    case (nil, let through?): "until \(through)"
    case (let from?, let through?): "\(from) to \(through)"
    }
  }

  fileprivate var json: JSONValue {
    [
      "from": .day(from),
      "through": .day(through),
      "cacheStoragePerHour": .money(cacheStoragePerHour),
      "rows": .array(
        rows.map { row in
          [
            "tier": .string(row.tier.rawValue),
            "promptTokensAbove": JSONValue(row.above),
            "input": .money(row.input),
            "inputAudio": .money(row.inputAudio ?? row.input),
            "output": .money(row.output),
            "cached": .money(row.cached),
            "cachedAudio": .money(row.cachedAudio ?? row.cached),
            "source": .array(row.sources.map { .string($0) }),
          ]
        }
      ),
    ]
  }
}

extension JSONValue {
  fileprivate static func day(_ day: CalendarDay?) -> JSONValue {
    day.map { .string($0.description) } ?? nil
  }

  fileprivate static func count(_ count: Int?) -> JSONValue { count.map { JSONValue($0) } ?? nil }

  fileprivate static func money(_ amount: Decimal?) -> JSONValue {
    amount.map { .number(JSONNumber(validated: "\($0)")) } ?? nil
  }

  fileprivate static func rates(_ rates: [MediaResolution: Int]) -> JSONValue {
    .object(
      JSONObject(
        MediaResolution.allCases.compactMap { level in
          rates[level].map { (level.name, JSONValue($0)) }
        }
      )
    )
  }
}
