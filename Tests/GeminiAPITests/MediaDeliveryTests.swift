import Foundation
import GeminiAPI
import Testing

@Suite struct MediaDeliveryTests {
  private static let agentPlatform = GeminiConfiguration.Backend.agentPlatform(
    project: "p",
    location: "global"
  )

  /// Runs a body with a file of the contents given.
  private func withFile<Result>(
    _ name: String,
    _ contents: [UInt8],
    _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(contents).write(to: file)
    return try body(file.path)
  }

  private static let mp4 = [0, 0, 0, 24] + Array("ftypmp42".utf8) + [UInt8](repeating: 0, count: 9)
  private static let webm = [0x1A, 0x45, 0xDF, 0xA3] + [UInt8](repeating: 1, count: 9)

  @Test(arguments: [
    ("a.mp4", mp4, "video/mp4"), ("a.mov", mp4, "video/mov"), ("a.m4a", mp4, "audio/m4a"),
    ("a.bin", mp4, "video/mp4"), ("a.webm", webm, "video/webm"), ("a.mkv", webm, "video/webm"),
    ("a.mp4", webm, "video/webm"), ("a.wav", Array("RIFF0000WAVEfmt ".utf8), "audio/wav"),
    ("a.avi", Array("RIFF0000AVI LIST".utf8), "video/avi"),
    ("a.flac", Array("fLaC".utf8), "audio/flac"),
    ("a.mp3", Array("ID3\u{4}".utf8), "audio/mp3"),
    ("a.mp3", [0xFF, 0xFB, 0x90, 0x64], "audio/mp3"),
    ("a.aac", [0xFF, 0xF1, 0x50, 0x80], "audio/aac"),
    ("a.ogg", Array("OggS\u{0}".utf8), "audio/ogg"),
  ])
  func tellsTheTypeFromTheBytes(_ name: String, _ bytes: [UInt8], _ type: String) throws {
    try withFile(name, bytes) { path in
      let delivery = try MediaDelivery(of: .localFile(path), backend: .aiStudio)
      #expect(delivery == .inline(try LocalFile(path: path), mimeType: type))
    }
  }

  @Test(arguments: [
    Array("Dear reader, this is a letter and no film at all.".utf8), [], Array("<html>".utf8),
    [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xFE, 0x41, 0x00],
  ])
  func refusesWhatIsNoMediaWhateverItsName(_ bytes: [UInt8]) throws {
    try withFile("film.mp4", bytes) { path in
      let error = #expect(throws: GeminiError.self) {
        try MediaDelivery(of: .localFile(path), backend: .aiStudio)
      }
      #expect(error?.code == .unsupportedSource)
      #expect(error?.message.contains("film.mp4") == true)
    }
  }

  @Test func refusesAMissingFileAndAFolder() {
    for path in ["/no/such/file.mp4", "/"] {
      let error = #expect(throws: GeminiError.self) {
        try MediaDelivery(of: .localFile(path), backend: .aiStudio)
      }
      #expect(error?.code == .unreadableFile)
    }
  }

  @Test func uploadsWhatIsTooLargeForARequest() throws {
    try withFile("talk.mp4", Self.mp4) { path in
      let delivery = try MediaDelivery(of: .localFile(path), backend: .aiStudio, inlineLimit: 10)
      let upload = FileUpload(
        path: path,
        size: Self.mp4.count,
        mimeType: "video/mp4",
        displayName: "talk.mp4"
      )
      #expect(delivery == .upload(upload))
      let error = #expect(throws: GeminiError.self) {
        try MediaDelivery(of: .localFile(path), backend: Self.agentPlatform, inlineLimit: 10)
      }
      #expect(error?.remedy?.contains("gs://") == true)
    }
  }

  @Test func namesWhatEachBackendTakes() throws {
    let object = VideoSource.cloudStorage("gs://b/v.webm")
    #expect(
      try MediaDelivery(of: object, backend: Self.agentPlatform)
        == .reference(FileData(fileUri: "gs://b/v.webm", mimeType: "video/webm"))
    )
    #expect(throws: GeminiError.self) { try MediaDelivery(of: object, backend: .aiStudio) }
    let kept = VideoSource.uploadedFile("files/a")
    #expect(try MediaDelivery(of: kept, backend: .aiStudio) == .uploaded(name: "files/a"))
    #expect(throws: GeminiError.self) { try MediaDelivery(of: kept, backend: Self.agentPlatform) }
  }
}
