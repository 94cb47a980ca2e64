internal import GeminiAPI
internal import RequestPlanning
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

extension Quote {
  /// Whether the model may look where it wants, unless it is told otherwise.
  var offersAgenticVideo: Bool { resolution?.card.offersAgenticVideo ?? false }

  /// What a reply cost; `nil` when nothing was counted, or prices or counts cannot be known.
  ///
  /// Each request that it took is billed by itself, since prices may depend on the length of its
  /// prompt, and by the tier that served it.
  func bill(of reply: ReceivedReply) -> Decimal? {
    guard !reply.usages.isEmpty else { return nil }
    var sum = Decimal(0)
    for usage in reply.usages.values {
      guard usage.impossible.isEmpty,
        let cost = cost(
          of: Usage(usage),
          by: reply.modelVersion,
          at: reply.isBatched ? .batch : usage.servedTier
        )
      else { return nil }
      sum += cost.total
    }
    return sum
  }

  /// What was served otherwise than it was asked for, each said once.
  func servedFindings(_ replies: [ReceivedReply]) -> [Finding] {
    var findings: [Finding] = []
    for reply in replies {
      for finding in [otherModel(reply), otherTier(reply), impossible(reply), lost(reply)] {
        guard let finding, !findings.contains(finding) else { continue }
        findings.append(finding)
      }
    }
    return findings
  }

  private func otherModel(_ reply: ReceivedReply) -> Finding? {
    let status = reply.modelStatus.map(Self.words) ?? ""
    switch answering(reply.modelVersion) {
    case .asked:
      guard let stage = reply.modelStatus?.modelStage, Self.endings.contains(stage) else {
        return nil
      }
      return Finding(.otherModel, .note, "The service says of the model that answered: \(status).")
    case .other(let version, _):
      return Finding(
        .otherModel,
        "Another model answered than was asked, \(version); the cost is at its prices."
          + (status.isEmpty ? "" : " The service says of it: \(status).")
      )
    case .unknown(let version):
      return Finding(
        .otherModel,
        "The answer names a model of which nothing is known, \(version); the cost is at the prices "
          + "of the one that was asked." + (status.isEmpty ? "" : " The service says: \(status).")
      )
    }
  }

  /// Stages that a user has to know of.
  private static let endings: Set = ["LEGACY", "DEPRECATED", "RETIRED"]

  private static func words(_ status: GenerateContentResponse.ModelStatus) -> String {
    [
      status.modelStage, status.message.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 },
      status.retirementTime.map { "it ends on \($0.prefix(10))" },
    ].compactMap(\.self).joined(separator: ", ")
  }

  private func otherTier(_ reply: ReceivedReply) -> Finding? {
    // Whatever serves a batch, it is billed as one.
    guard !reply.isBatched,
      let served = reply.usages.values.compactMap(\.servedTier).first(where: { $0 != tier })
    else { return nil }
    return Finding(
      .otherTier,
      "The service served at the tier \(served.rawValue) where \(tier.rawValue) was asked for; the "
        + "cost is at the prices of the tier that served."
    )
  }

  private func impossible(_ reply: ReceivedReply) -> Finding? {
    let counts = reply.usages.sorted { $0.key < $1.key }.flatMap(\.value.impossible)
    guard !counts.isEmpty else { return nil }
    let named = counts.prefix(3).map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return Finding(
      .badUsage,
      "The service's token counts cannot be right (\(named)): they count as none, and what the "
        + "request cost is not known."
    )
  }

  private func lost(_ reply: ReceivedReply) -> Finding? {
    guard reply.lostCharacters > 0 else { return nil }
    let count = reply.lostCharacters == 1 ? "A character" : "\(reply.lostCharacters) characters"
    return Finding(
      .lostCharacter,
      "\(count) of the reply arrived broken; a \u{FFFD} stands in the place."
    )
  }
}

extension UsageMetadata {
  /// The tier that served; `nil` when the service did not say.
  var servedTier: ServiceTier? {
    if let tier = serviceTier?.rawValue.lowercased() {
      return ServiceTier(rawValue: tier.replacing("service_tier_", with: ""))
    }
    switch trafficType {
    case "ON_DEMAND": return .standard
    case "ON_DEMAND_FLEX": return .flex
    case "ON_DEMAND_PRIORITY": return .priority
    default: return nil
    }
  }
}
