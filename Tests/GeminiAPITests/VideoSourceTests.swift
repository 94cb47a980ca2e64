import GeminiAPI
import OrderedJSON
import TestSupport
import Testing

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

  @Test func aForeignHostThatLooksLikeYouTubeIsNotYouTube() throws {
    let text = "https://youtube.com.evil.example/watch?v=0pJn3g8dfwk"
    #expect(try VideoSource(parsing: text) == .webURL(text))
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
