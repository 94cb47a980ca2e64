import Foundation
import TestSupport
import Testing

/// What talks to the system stands once, in `HostSystem`.
@Suite struct FloorTests {
  /// Who else may use the C library, and what for.
  private static let allowed = [
    "AudioTiming/Sound/Mathematics.swift": "mathematics",
    "CommandLineInterface/Running/": "signals, and the standard streams",
    "CommandLineInterface/Terminal/TerminalProfile.swift": "the terminal's width",
    "CurlHTTP/TransferLoop.swift": "the thread of libcurl's loop",
    "GeminiAPI/Client/ServerSentEventDecoder.swift": "searching bytes",
    "GeminiAPI/Client/SplitCharacters.swift": "searching bytes",
    "LoopbackHTTP/": "sockets",
    "OrderedJSON/JSONNumber.swift": "mathematics",
    "RunStore/Searching/Search.swift": "mathematics",
    "TabscribeBenchmarks/": "measuring",
    "TabularExtraction/Decoding/Input.swift": "searching bytes",
    "WebAddresses/CurlAddress.swift": "the encoding that libcurl reads names in",
  ]

  nonisolated(unsafe) private static let systemCall =
    #/import (?:Glibc|Musl|Darwin)|\b(?:FileManager|FileHandle|ProcessInfo)\b|\bProcess\(\)/#

  @Test("only the floor imports the C library, or asks Foundation for files and processes")
  func nothingElseTalksToTheSystem() throws {
    var unused = Set(Self.allowed.keys)
    for (path, text) in try Self.sources() where !path.hasPrefix("HostSystem/") {
      if let place = Self.allowed.keys.first(where: path.hasPrefix) {
        if text.contains(#/import (Glibc|Musl|Darwin)/#) { unused.remove(place) }
        continue
      }
      for match in text.matches(of: Self.systemCall) {
        Issue.record("\(path): “\(match.output)” is what HostSystem is for")
      }
    }
    #expect(unused.isEmpty, "nothing there uses the C library any more")
  }

  /// HTMLReports writes styles, whose variables look the same; the rest is the command line.
  @Test("libraries speak of settings, not of options of the command line")
  func librariesKnowNoOptions() throws {
    let others = [
      // Another program's options.
      "AudioTiming/Aligning/RowSpeaker.swift", "CommandLineInterface/", "GeminiEmulation/",
      "HTMLReports/", "PromptLinting/",
      "TabscribeBenchmarks/", "TabscribeCommands/",
    ]
    for (path, text) in try Self.sources() where !others.contains(where: path.hasPrefix) {
      for line in text.split(separator: "\n") where !line.contains("///") {
        #expect(!line.contains(#/"[^"]*--[a-z]/#), "\(path): \(line)")
      }
    }
  }

  @Test("what PlainText does is done nowhere else")
  func plainTextStandsOnce() throws {
    let allowed = [
      "OrderedJSON/", "PlainText/", "CommandLineInterface/Terminal/SafeText+Terminal.swift",
      "PromptTemplates/Rendering/JavaScriptText.swift", "RequestPlanning/Models/CalendarDay.swift",
      "TranscriptScoring/Texts/English/",
    ]
    for (path, text) in try Self.sources() where !allowed.contains(where: path.hasPrefix) {
      for match in text.matches(of: Self.handmadeText) {
        Issue.record("\(path): “\(match.output)” is what PlainText is for")
      }
    }
  }

  /// Padding, plurals, the numbers of FNV-1a, the digits of Base64, dates by Foundation.
  nonisolated(unsafe) private static let handmadeText =
    #/repeating: "0", count|== 1 \? "" : "s"|CBF2_9CE4|"ABCDEFGHIJ|formatted\(\.iso8601\)/#

  /// The sources by their paths below `Sources`.
  private static func sources() throws -> [(path: String, text: String)] {
    let folder = SharedFixtures.projectRoot.appending(path: "Sources").path
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return try names.filter { $0.hasSuffix(".swift") }.map {
      ($0, try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8))
    }
  }
}
