internal import GeminiAPI

/// Something to know about a model before it is used.
public struct ModelNotice: Hashable, Sendable {
  /// What it is about.
  public enum Kind: String, Hashable, Sendable {
    /// The model may change or go at short notice.
    case preview
    /// Its end is announced.
    case deprecated
    /// It answers no more.
    case shutDown
    /// It answers for some users only, or is known by name only.
    case limited
    /// Its price changes soon.
    case priceChange
    /// The name stands for a model that may change.
    case alias
    /// A figure of the card is assumed or not settled.
    case unverified
  }

  /// What it is about.
  public let kind: Kind
  /// One sentence for a person.
  public let message: String
}

extension ModelCatalog.Resolution {
  /// What to know before the model is used on a platform and day, gravest first.
  public func notices(on platform: ModelPlatform, day: CalendarDay) -> [ModelNotice] {
    let alias =
      isAlias
      ? [
        ModelNotice(
          kind: .alias,
          message:
            "\(requested) stood for \(card.id) on \(card.asOf?.description ?? "an unknown day"); "
            + "it may stand for another model now."
        )
      ] : []
    return card.statusNotices(on: platform, day: day) + alias
      + card.priceNotices(on: platform, day: day) + card.dataNotices
  }
}

extension ModelCard {
  /// A price change is announced so many days ahead.
  private static let noticeDays = 60

  fileprivate func statusNotices(on platform: ModelPlatform, day: CalendarDay) -> [ModelNotice] {
    let advice = status.successor.map { " Use \($0), which answers in its place." } ?? ""
    if let end = status.shutdown(on: platform) {
      let place = "\(end) (\(platform.title)).\(advice)"
      if end < day || status.state == .shutDown {
        return [.init(kind: .shutDown, message: "\(id) was shut down on \(place)")]
      }
      return [.init(kind: .deprecated, message: "\(id) is shut down on \(place)")]
    }
    let tail = status.note.map { ": \($0)." } ?? "."
    switch status.state {
    case .preview:
      return [.init(kind: .preview, message: "\(id) is a preview and may change or go\(tail)")]
    case .deprecated:
      return [.init(kind: .deprecated, message: "\(id) is deprecated\(tail)")]
    case .shutDown:
      return [.init(kind: .shutDown, message: "\(id) was shut down\(tail)")]
    case .limitedRelease, .unknown:
      return [.init(kind: .limited, message: "\(id) may not answer you\(tail)")]
    case .available where status.note != nil:
      return [.init(kind: .limited, message: "\(id) may not answer you\(tail)")]
    case .stable, .available: return []
    }
  }

  fileprivate func priceNotices(on platform: ModelPlatform, day: CalendarDay) -> [ModelNotice] {
    guard let current = prices(on: platform, day: day), let end = current.through,
      let next = nextPrices(on: platform, after: day),
      end.daysSince1970 - day.daysSince1970 <= Self.noticeDays,
      let now = current.row(.standard, promptTokens: 0),
      let then = next.row(.standard, promptTokens: 0)
    else { return [] }
    let change =
      "\(now.input) in and \(now.output) out until \(end), then \(then.input) and \(then.output)"
    return [
      .init(
        kind: .priceChange,
        message: "The price of \(id) changes: \(change) US dollars per million tokens."
      )
    ]
  }

  fileprivate var dataNotices: [ModelNotice] {
    guard mediaIsAssumed else { return [] }
    return [
      .init(
        kind: .unverified,
        message: "No media rates are published for \(id); those of the generation before are used."
      )
    ]
  }
}
