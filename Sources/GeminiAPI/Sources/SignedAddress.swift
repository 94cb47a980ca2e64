internal import WebAddresses

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// A web address that is signed for a time: of S3, Cloud Storage, CloudFront or Azure.
package struct SignedAddress {
  /// The address without what signs it.
  package let unsigned: String
  /// When it ends; `nil` when it does not say so.
  package let expiry: Date?

  /// - Source: AWS, Signature Version 4 (query string) and 2, CloudFront signed URLs; Google, V4 and
  ///   V2 signing; Azure, shared access signatures of 2025-05-05.
  private static let names: Set<String> = [
    "awsaccesskeyid", "googleaccessid", "signature", "expires", "policy", "key-pair-id",
    "hash-algorithm",
  ]
  private static let azureNames: Set<String> = [
    "sv", "ss", "srt", "sr", "st", "se", "sp", "spr", "sip", "sig", "si", "sdd", "ses", "skoid",
    "sktid", "skt", "ske", "sks", "skv", "saoid", "suoid", "scid", "rscc", "rscd", "rsce", "rscl",
    "rsct",
  ]

  /// A signed address; `nil` for one that is not.
  package init?(_ text: String) {
    guard let mark = text.firstIndex(of: "?") else { return nil }
    let end = text[mark...].firstIndex(of: "#") ?? text.endIndex
    let items = text[text.index(after: mark)..<end].split(separator: "&")
    var values: [String: String] = [:]
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[parts[0].lowercased()] = parts.count > 1 ? PercentEncoding.decoded(parts[1]) : ""
    }
    let isAzure = values["sig"] != nil && values["sv"] != nil
    let vendor = ["x-amz-signature", "x-goog-signature", "signature"].first { values[$0] != nil }
    guard isAzure || vendor != nil else { return nil }
    let kept = items.filter { item in
      let name = item.prefix { $0 != "=" }.lowercased()
      return !Self.names.contains(name) && !name.hasPrefix("x-amz-") && !name.hasPrefix("x-goog-")
        && !(isAzure && Self.azureNames.contains(name))
    }
    let query = kept.isEmpty ? "" : "?" + kept.joined(separator: "&")
    unsigned = text[..<mark] + query + text[end...]
    expiry = Self.expiry(values)
  }

  private static func expiry(_ values: [String: String]) -> Date? {
    for vendor in ["x-amz", "x-goog"] {
      guard let date = values[vendor + "-date"].flatMap(compactDate),
        let seconds = values[vendor + "-expires"].flatMap(Int.init), 0...604_800 ~= seconds
      else { continue }
      return date.addingTimeInterval(Double(seconds))
    }
    // Seconds since 1970, of which eleven digits reach into the year 5138.
    if let text = values["expires"], text.count <= 11, let seconds = Int(text) {
      return Date(timeIntervalSince1970: Double(seconds))
    }
    return values["se"].flatMap { try? Date($0, strategy: .iso8601) }
  }

  /// A date such as `20261127T201500Z`.
  private static func compactDate(_ text: String) -> Date? {
    guard let match = text.wholeMatch(of: /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/) else {
      return nil
    }
    let (_, year, month, day, hour, minute, second) = match.output
    return try? Date("\(year)-\(month)-\(day)T\(hour):\(minute):\(second)Z", strategy: .iso8601)
  }
}
