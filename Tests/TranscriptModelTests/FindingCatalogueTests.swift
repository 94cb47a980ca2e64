import Foundation
import Testing
import TranscriptModel

@Suite struct FindingCatalogueTests {
  static let codes = FindingKind.catalogue.map(\.code.rawValue)

  @Test("a code stands in the catalogue once, and says what it means and what to do")
  func isWhole() {
    #expect(Set(Self.codes).count == Self.codes.count)
    for kind in FindingKind.catalogue {
      #expect(kind.code.rawValue.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
      #expect(!kind.sentence.hasSuffix(".") && kind.sentence.first?.isLowercase == false)
      #expect(kind.remedy.hasSuffix("."))
    }
  }

  /// Codes are made by literals only, in `Finding(…)`, `Self = "…"` and the decoder's oddities.
  @Test("every code that the sources use stands in the catalogue")
  func knowsEveryCode() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    )
    var found: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard text.contains("Finding") || file.lastPathComponent == "Oddity.swift" else { continue }
      for pattern in [
        /\bFinding\(\s*"([a-z0-9-]+)"/, /public static let \w+: Self = "([a-z0-9-]+)"/,
        /\bfinding\(\s*"([a-z0-9-]+)"/, /Finding\.Code(?:\(rawValue: | = )"([a-z0-9-]+)"/,
      ] {
        found.formUnion(text.matches(of: pattern).map { String($0.output.1) })
      }
    }
    #expect(found.count > 30)
    #expect(
      found.subtracting(Self.codes).isEmpty,
      "without a row: \(found.subtracting(Self.codes))"
    )
  }

  @Test("a finding has the severity of its row unless its place says otherwise")
  func takesSeverity() {
    #expect(Finding(.headerMissing, "x").severity == .warning)
    #expect(Finding(.missingTable, "x").severity == .error)
    #expect(Finding("cache-miss-unexpected", "x").severity == .warning)
    #expect(Finding("of-another-version", "x").severity == .warning)
    #expect(Finding(.missingTable, .note, "x").severity == .note)
  }
}
