import Foundation
import GeminiAPI
import TestSupport
import Testing

@testable import ObjectStorage

@Suite struct S3SettingsTests {
  private static let keys = [
    "AWS_ACCESS_KEY_ID": "AKIDENV", "AWS_SECRET_ACCESS_KEY": "env", "HOME": "/nowhere",
  ]

  @Test func theEnvironmentGoesFirst() throws {
    let settings = try S3Settings(environment: Self.keys)
    #expect(settings.accessKey.reveal() == "AKIDENV")
    #expect(settings.sessionToken == nil)
    #expect(settings.region == "us-east-1")
    #expect(settings.endpoint == nil)
    #expect(settings.origin == "the environment")
  }

  @Test func profilesAreReadAsAWSWritesThem() throws {
    let home = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: home) }
    let folder = home.appending(path: ".aws")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(
      """
      # keys
      [default]
      aws_access_key_id = AKIDDEFAULT
      aws_secret_access_key=a=b/c
      [ archive ]
      AWS_ACCESS_KEY_ID=AKIDARCHIVE
      aws_secret_access_key = x
      aws_session_token = t
      """.utf8
    ).write(to: folder.appending(path: "credentials"))
    try Data(
      "[profile archive]\nregion = eu-west-3\nendpoint_url = https://minio.example/\n".utf8
    ).write(to: folder.appending(path: "config"))
    let usual = try S3Settings(environment: ["HOME": home.path])
    #expect(usual.accessKey.reveal() == "AKIDDEFAULT")
    #expect(usual.secretKey.reveal() == "a=b/c")
    let named = try S3Settings(environment: ["HOME": home.path, "AWS_PROFILE": "archive"])
    #expect(named.accessKey.reveal() == "AKIDARCHIVE")
    #expect(named.sessionToken?.reveal() == "t")
    #expect(named.region == "eu-west-3")
    #expect(named.endpoint == "https://minio.example")
    #expect(named.secrets.count == 3)
    let error = #expect(throws: GeminiError.self) {
      try S3Settings(environment: ["HOME": home.path, "AWS_PROFILE": "other"])
    }
    #expect(error?.message.contains("\"other\"") == true)
  }

  @Test(arguments: [
    ("AWS_ENDPOINT_URL_S3", "http://minio.example"), ("AWS_ENDPOINT_URL", "minio.example"),
    ("AWS_REGION", "eu west"), ("AWS_REGION", "eu:s3"),
  ])
  func whatCannotBeIsRefused(_ name: String, _ value: String) {
    #expect(throws: GeminiError.self) {
      try S3Settings(environment: Self.keys.merging([name: value]) { $1 })
    }
  }

  @Test(arguments: [
    ("archive", [:], "https://archive.s3.eu-west-3.amazonaws.com/a/b%20c.mp4"),
    ("my.archive", [:], "https://s3.eu-west-3.amazonaws.com/my.archive/a/b%20c.mp4"),
    (
      "archive", ["AWS_REGION": "cn-north-1"],
      "https://archive.s3.cn-north-1.amazonaws.com.cn/a/b%20c.mp4"
    ),
    (
      "archive", ["AWS_ENDPOINT_URL": "https://minio.example:9000/"],
      "https://minio.example:9000/archive/a/b%20c.mp4"
    ),
  ])
  func bucketsAreInTheHostOrInThePath(
    _ bucket: String,
    _ more: [String: String],
    _ url: String
  ) throws {
    let variables = Self.keys.merging(["AWS_REGION": "eu-west-3"]) { $1 }.merging(more) { $1 }
    let service = S3Service(settings: try S3Settings(environment: variables))
    let place = try StorageAddress(parsing: "s3://\(bucket)/a/b c.mp4", of: [.s3])
    #expect(service.read(place, 0..<1, version: nil).url == url)
  }

  @Test(
    "what S3 says is turned into what to do",
    arguments: [
      (
        301, "PermanentRedirect", GeminiError.Code.invalidConfiguration,
        "set AWS_REGION to eu-west-1"
      ),
      (
        400, "AuthorizationHeaderMalformed", .invalidConfiguration, "set AWS_REGION to eu-west-1"
      ),
      (403, "RequestTimeTooSkewed", .invalidCredentials, "set the clock"),
      (403, "ExpiredToken", .invalidCredentials, "aws sso login"),
      (403, "AccessDenied", .permissionDenied, "s3:GetObject"),
      (503, "SlowDown", .unavailable, "try again later"),
      (412, "PreconditionFailed", .invalidRequest, "run the command again"),
    ]
  )
  func remedies(_ status: Int, _ name: String, _ code: GeminiError.Code, _ remedy: String) throws {
    let service = S3Service(settings: try S3Settings(environment: Self.keys))
    let region = status < 403 ? "<Region>eu-west-1</Region>" : ""
    let body = "<Error><Code>\(name)</Code><Message>Words.</Message>\(region)</Error>"
    let place = try StorageAddress(parsing: "s3://b/k", of: [.s3])
    let error = service.failure(
      FailedAnswer(status: status, headers: [:], body: Array(body.utf8), request: "GET"),
      asked: "reading s3://b/k",
      at: place
    )
    #expect(error.code == code)
    #expect(error.message.hasPrefix("reading s3://b/k: "))
    #expect(error.remedy?.contains(remedy) == true, "\(error.remedy ?? "")")
  }

  @Test(
    "hostile XML is no answer",
    arguments: [
      "", "<Error", "<!DOCTYPE x [<!ENTITY a \"b\">]><Error><Code>&a;</Code></Error>",
    ]
  )
  func hostileXML(_ text: String) { #expect(XMLElement(Array(text.utf8)) == nil) }
}
