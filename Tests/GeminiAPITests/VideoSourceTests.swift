import Foundation
import OrderedJSON
import TestSupport
import Testing

@testable import GeminiAPI

@Suite struct VideoSourceTests {
  @Test(arguments: [
    ("https://www.youtube.com/watch?v=0pJn3g8dfwk", VideoSource.youTube("0pJn3g8dfwk")),
    ("youtu.be/0pJn3g8dfwk?t=30", .youTube("0pJn3g8dfwk")),
    ("https://www.youtube.com/shorts/0pJn3g8dfwk", .youTube("0pJn3g8dfwk")),
    ("https://www.youtube.com/live/0pJn3g8dfwk?feature=share", .youTube("0pJn3g8dfwk")),
    ("https://music.youtube.com/watch?v=0pJn3g8dfwk&list=x", .youTube("0pJn3g8dfwk")),
    ("https://www.youtube-nocookie.com/embed/0pJn3g8dfwk", .youTube("0pJn3g8dfwk")),
    (" https://example.org/a/talk.mp4 ", .webURL("https://example.org/a/talk.mp4")),
    ("gs://bucket/talks/one.webm", .cloudStorage("gs://bucket/talks/one.webm")),
    ("files/abc-123", .uploadedFile("files/abc-123")),
    (
      "https://generativelanguage.googleapis.com/v1beta/files/abc-123",
      .uploadedFile("files/abc-123")
    ),
    ("files/talk.mp4", .localFile("files/talk.mp4")),
    ("talks/one.mp4", .localFile("talks/one.mp4")),
    ("file:///home/me/my%20talk.mp4", .localFile("/home/me/my talk.mp4")),
    (
      "https://drive.google.com/file/d/1AbC_d-9/view?usp=sharing",
      .webURL("https://drive.usercontent.google.com/download?id=1AbC_d-9&export=download&confirm=t")
    ),
    (
      "https://drive.google.com/open?id=1AbC_d-9",
      .webURL("https://drive.usercontent.google.com/download?id=1AbC_d-9&export=download&confirm=t")
    ),
    (
      "https://github.com/owner/talks/blob/main/video/one.mp4",
      .webURL("https://raw.githubusercontent.com/owner/talks/main/video/one.mp4")
    ),
  ])
  func reads(_ text: String, _ expected: VideoSource) throws {
    #expect(try VideoSource(parsing: text) == expected)
  }

  @Test(arguments: [
    "", "https://www.youtube.com/playlist?list=PLYmfaMInSrAUgLlddz7gV8ISxdfC4Gefu",
    "https://www.youtube.com/@channel", "https://youtu.be/short", "gs://bucket", "gs:///object",
    "http://example.org/talk.mp4", "ftp://example.org/talk.mp4", "https://user@evil.example/a.mp4",
  ])
  func refusesWithARemedy(_ text: String) {
    let error = #expect(throws: GeminiError.self) { try VideoSource(parsing: text) }
    #expect(error?.code == .unsupportedSource)
    #expect(error?.remedy?.isEmpty == false)
  }

  @Test(arguments: [
    "https://youtube.com.evil.example/watch?v=0pJn3g8dfwk",
    "https://youtube.evil.example/watch?v=0pJn3g8dfwk",
    "https://youtu.be.evil.example/0pJn3g8dfwk", "https://notyoutube.com/watch?v=0pJn3g8dfwk",
  ])
  func aForeignHostThatLooksLikeYouTubeIsNotYouTube(_ text: String) throws {
    #expect(try VideoSource(parsing: text) == .webURL(text))
  }

  @Test(arguments: [
    "http://m.youtube.com/?app=m&x=1#/watch?v=aB-_3g8dfwK&t=9", "www.youtu.be/aB-_3g8dfwK?si=x",
    "https://www.youtube.de/watch?v=aB-_3g8dfwK", "https://youtube.co.jp/watch?v=aB-_3g8dfwK",
    "https://www.youtube.com.br/watch?v=aB-_3g8dfwK",
    "https://youtube.googleapis.com/v/aB-_3g8dfwK",
    "https://studio.youtube.com/video/aB-_3g8dfwK/analytics",
    "HTTPS://WWW.YOUTUBE.COM/watch?v=aB-_3g8dfwK",
    "https://consent.youtube.com/m?continue=https%3A%2F%2Fm.youtube.com%2Fwatch%3Fv%3DaB-_3g8dfwK&gl=DE",
    "https://www.youtube.com/user/someone#p/u/1/aB-_3g8dfwK",
  ])
  func idsKeepTheirLettersInEverySpelling(_ text: String) throws {
    #expect(try VideoSource(parsing: text) == .youTube("aB-_3g8dfwK"))
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func readsTheSpellingsOfTheField() throws {
    for line in try SharedFixtures.text("fixtures/field/youtube.jsonl").split(separator: "\n") {
      let example = try JSONValue(parsing: String(line))
      let text = try #require(example["url"]?.string)
      let source = try? VideoSource(parsing: text)
      #expect(source == example["id"]?.string.map(VideoSource.youTube), "\(text)")
    }
  }

  @Test(arguments: [
    ("https://youtu.be/0pJn3g8dfwk?t=90", 90), ("https://youtu.be/0pJn3g8dfwk?t=1h2m3s", 3723),
    ("https://www.youtube.com/embed/0pJn3g8dfwk?start=75", 75),
    ("https://www.youtube.com/watch?v=0pJn3g8dfwk#t=2m", 120),
    ("https://youtu.be/0pJn3g8dfwk", nil), ("https://youtu.be/0pJn3g8dfwk?t=soon", nil),
    ("https://youtu.be/0pJn3g8dfwk?t=0", nil), ("https://example.org/a.mp4?t=90", nil),
    ("https://youtu.be/0pJn3g8dfwk?t=99999999999999999999", nil),
  ])
  func knowsWhereAPlayerWouldBegin(_ text: String, _ second: Int?) {
    #expect(VideoSource.startAsked(in: text) == second)
  }

  @Test(arguments: [
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K%2F2&X-Amz-Date=20261127T100000Z"
      + "&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=ab&X-Amz-Security-Token=t",
    "X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=c&X-Goog-Date=20261127T100000Z"
      + "&X-Goog-Expires=3600&X-Goog-SignedHeaders=host&X-Goog-Signature=ab",
    "AWSAccessKeyId=K&Expires=1795777200&Signature=ab",
    "GoogleAccessId=g&Expires=1795777200&Signature=ab",
    "sv=2025-05-05&st=2026-11-27T10:00:00Z&se=2026-11-27T11:00:00Z&sr=b&sp=r&sig=ab",
  ])
  func anAddressSignedAnewIsTheSame(_ signature: String) throws {
    let plain = "https://media.example.org/v.mp4?version=3"
    let signed = "https://media.example.org/v.mp4?version=3&\(signature)"
    #expect(try VideoSource(parsing: signed).identity == plain)
    let expiry = try #require(SignedAddress(signed)?.expiry)
    #expect(expiry == Date(timeIntervalSince1970: 1_795_777_200))
  }

  @Test(arguments: [
    "https://example.org/v.mp4?se=1&sp=2", "https://example.org/v.mp4?expires=never",
    "https://example.org/v.mp4", "https://example.org/v.mp4?x-amz-date=1",
  ])
  func whatSignsNothingStays(_ text: String) throws {
    #expect(SignedAddress(text) == nil)
    #expect(try VideoSource(parsing: text).identity == text)
  }

  @Test(arguments: [
    ("https://example.org/talks/Keynote%20one.mp4?X-Goog-Signature=abc", "Keynote one"),
    ("https://youtu.be/0pJn3g8dfwk", "youtube-0pJn3g8dfwk"), ("gs://b/x/talk.tar.mp4", "talk.tar"),
    ("/a/Q&A (final).mp4", "Q&A (final)"), ("/a/.hidden", ".hidden"),
    ("files/abc-123", "abc-123"), ("https://example.org/", ""),
  ])
  func namesOutputFiles(_ text: String, _ stem: String) throws {
    #expect(try VideoSource(parsing: text).stem == stem)
  }

  @Test(arguments: [
    "https://storage.googleapis.com/b/v.mp4?X-Goog-Credential=SECRET&X-Goog-Signature=SECRET&a=1",
    "https://b.s3.amazonaws.com/v.mp4?X-Amz-Security-Token=SECRET&X-Amz-Signature=SECRET",
    "https://b.s3.amazonaws.com/v.mp4?AWSAccessKeyId=SECRET&Signature=SECRET&Expires=1",
    "https://acct.blob.core.windows.net/c/v.mp4?sv=1&sig=SECRET",
  ])
  func neverShowsASignature(_ text: String) throws {
    let source = try VideoSource(parsing: text)
    #expect(source.address == text)
    #expect(!"\(source)".contains("SECRET"))
    #expect("\(source)".contains("/v.mp4?"))
  }

  @Test(.enabled(if: SharedFixtures.isPresent)) func findsTheVideoInEveryRecordedAddress() throws {
    let cases = try JSONValue(
      parsing: try SharedFixtures.text("fixtures/reference/youtube-urls/cases.json")
    )
    let list = try #require(cases["parse"]?.array)
    #expect(list.count == 48)
    for example in list {
      let text = try #require(example["url"]?.string)
      let id = try #require(example["videoId"]?.string)
      if id.count == 11 {
        #expect(try VideoSource(parsing: text) == .youTube(id), "\(text)")
      } else {
        // No video, or an id of a length that YouTube does not give.
        let source = try? VideoSource(parsing: text)
        if case .youTube = source { Issue.record("\(text) became \(id)") }
      }
    }
  }
}
