import Testing

@testable import GeminiAPI

@Suite struct MediaTypeTests {
  private static func packets(_ length: Int, syncAt: Int, count: Int = 8) -> [UInt8] {
    (0..<length * count).map { $0 % length == syncAt ? 0x47 : UInt8($0 % 7) }
  }

  @Test(arguments: [188, 192], [0, 4, 100]) func transportStreamsAreKnownByTheirPackets(
    _ length: Int,
    _ start: Int
  ) {
    // Cut within a packet, or with a time stamp before each, the first sync byte is not the first.
    let head = Array(Self.packets(length, syncAt: start).prefix(MediaType.headLength))
    #expect(MediaType.sniffed(head, path: "a.MTS") == "video/mpeg")
  }

  @Test func aFewSyncBytesAreNoTransportStream() {
    #expect(MediaType.sniffed(Array("GGGG plain text about GGs".utf8), path: "a.ts") == nil)
    #expect(MediaType.sniffed(Self.packets(190, syncAt: 0), path: "a.ts") == nil)
  }

  @Test(arguments: [
    ("RF64\u{7F}\u{7F}\u{7F}\u{7F}WAVEds64", "long.wav", "audio/wav"),
    ("OggS", "film.ogv", "video/ogg"), ("OggS", "talk.ogg", "audio/ogg"),
    ("\u{6}\u{E}+4", "tape.mxf", "application/mxf"),
  ])
  func containersAreKnownByTheirFirstBytes(_ head: String, _ path: String, _ type: String) {
    #expect(MediaType.sniffed(Array(head.utf8), path: path) == type)
  }

  @Test(arguments: [
    ([0x00, 0x00, 0x01, 0xBA], "video/mpeg"), ([0x00, 0x00, 0x01, 0xB3], "video/mpeg"),
    ([0xFF, 0xFD, 0x84, 0x04], "audio/mp3"),
    (Array("OggS".utf8) + [0, 2, 0x80] + Array("theora".utf8), "video/ogg"),
    (Array("BW64    WAVE".utf8), "audio/wav"),
  ])
  func contentsAreKnownWithoutAName(_ head: [UInt8], _ type: String) {
    #expect(MediaType.sniffed(head, path: "a.bin") == type)
  }

  @Test(arguments: [
    "a.MTS", "a.m2ts", "a.ts", "a.vob", "a.ogv", "a.mxf", "a.m2v", "a.mp2", "a.rf64",
  ])
  func recordersFilesAreFoundInFolders(_ name: String) {
    #expect(MediaType.named(name) != nil)
  }
}
