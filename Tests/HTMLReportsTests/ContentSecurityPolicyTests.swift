import Digests
import Foundation
import ReportSamples
import Testing
import TranscriptModel

@testable import HTMLReports

@Suite struct ContentSecurityPolicyTests {
  /// The contents of all inline elements of a name, as they stand in the bytes of the page.
  private func contents(of name: String, in source: String) -> [String] {
    source.components(separatedBy: "<\(name)>").dropFirst().map {
      $0.components(separatedBy: "</\(name)>")[0]
    }
  }

  @Test(arguments: ["script", "style"]) func `the policy lists exactly the inline parts`(
    _ name: String
  ) {
    let page = Page(makeDocument())
    let digests = contents(of: name, in: page.source).map { content in
      let digest = SHA256()
      digest.update(content.utf8)
      return "'sha256-\(Data(digest.finalize()).base64EncodedString())'"
    }
    #expect(!digests.isEmpty)
    let directive = page.policy.components(separatedBy: "; ").first { $0.hasPrefix("\(name)-src") }
    #expect(directive == "\(name)-src " + digests.joined(separator: " "))
  }

  @Test func `everything else is forbidden`() {
    let page = Page(makeDocument())
    let directives = page.policy.components(separatedBy: "; ")
    #expect(directives.first == "default-src 'none'")
    for directive in [
      "connect-src 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'",
    ] {
      #expect(directives.contains(directive))
    }
    #expect(!page.policy.contains("unsafe"))
    #expect(page.elements("meta").first?["http-equiv"] == "Content-Security-Policy")
  }

  struct Player: Sendable, CustomTestStringConvertible {
    let kind: String
    let uri: String
    let mediaPath: String?
    let allowed: [String]
    var testDescription: String { "\(kind) \(uri)" }
  }

  @Test(arguments: [
    Player(
      kind: "file",
      uri: "talk.mp4",
      mediaPath: "talk.mp4",
      allowed: ["media-src 'self' file: blob:"]
    ),
    Player(
      kind: "https",
      uri: "https://example.org/talk.mp4",
      mediaPath: nil,
      allowed: ["media-src https: http: blob:"]
    ),
    Player(
      kind: "youtube",
      uri: "https://youtu.be/aaaaaaaaaaa",
      mediaPath: nil,
      allowed: ["frame-src https://www.youtube-nocookie.com"]
    ),
    // A file that the reader chooses is all that may play.
    Player(
      kind: "gs",
      uri: "gs://bucket/talk.mp4",
      mediaPath: nil,
      allowed: ["media-src blob:"]
    ),
    Player(
      kind: "https",
      uri: "javascript:alert(1)",
      mediaPath: nil,
      allowed: ["media-src blob:"]
    ),
  ])
  func `only what the player needs may load`(_ player: Player) {
    let document = makeDocument {
      $0.source.kind = player.kind
      $0.source.uri = player.uri
    }
    let page = Page(document, .init(mediaPath: player.mediaPath))
    let allowed = page.policy.components(separatedBy: "; ")
      .filter { $0.hasPrefix("media-src") || $0.hasPrefix("frame-src") }
    #expect(allowed == player.allowed)
  }

  @Test func `nothing in a page names another address to load`() {
    for (_, document) in SampleDocuments.shapes {
      let page = Page(document)
      let loading = page.elements.filter {
        $0["src"] != nil || $0["srcset"] != nil || $0.name == "link"
      }
      #expect(loading.isEmpty)
    }
  }

  @Test func `a remote file is not asked for before the reader plays it`() {
    let document = makeDocument {
      $0.source.kind = "https"
      $0.source.uri = "https://example.org/talk.mp4"
    }
    #expect(Page(document).elements("video").first?["preload"] == "none")
  }
}
