internal import GeminiAPI
internal import HostSystem

/// A file in memory that has the length of an object, and its contents where containers say what is in
/// them: at both ends, and at the place that MP4 keeps its index at.
///
/// FFmpeg tells from it what it tells from the object, and the object's bytes touch no disk.
struct ObjectOutline {
  /// Where most containers say how long they are: WebM, WAV and MP3 at the start, transport streams at both
  /// ends.
  private static let endLength = 1 << 20
  /// Objects up to this size are read whole.
  private static let wholeSize = 4 << 20
  /// The index of a day of video has fewer bytes.
  private static let longestIndex = 64 << 20
  /// MP4 has some five boxes outside the index; fragmented ones have thousands, and begin with it.
  private static let mostBoxes = 16

  private let file: MemoryFile

  /// The path by which another process of the user can read it.
  var path: String { file.path }

  /// - Throws: `GeminiError`; `SystemFailure` where there are no files in memory.
  init(of object: StoredObject, by reader: any ObjectReading) async throws {
    file = try MemoryFile(size: object.size)
    guard object.size > Self.wholeSize else {
      try file.write(await reader.bytes(of: object, 0..<object.size), at: 0)
      return
    }
    let head = try await reader.bytes(of: object, 0..<Self.endLength)
    try file.write(head, at: 0)
    let tail = (object.size - Self.endLength)..<object.size
    try file.write(await reader.bytes(of: object, tail), at: tail.lowerBound)
    guard let index = try await Self.index(of: object, head, reader) else { return }
    try file.write(await reader.bytes(of: object, index), at: index.lowerBound)
  }

  /// Where the index of an MP4 is; `nil` where it is at the start, and for other containers.
  ///
  /// - Source: ISO/IEC 14496-12, 4.2: four bytes of length, four of type, eight of length where that is 1.
  private static func index(
    of object: StoredObject,
    _ head: [UInt8],
    _ reader: any ObjectReading
  ) async throws -> Range<Int>? {
    guard head.dropFirst(4).starts(with: "ftyp".utf8) else { return nil }
    var place = 0
    for _ in 0..<mostBoxes where place + 16 <= object.size {
      let start =
        place + 16 <= head.count
        ? Array(head[place..<place + 16]) : try await reader.bytes(of: object, place..<place + 16)
      let short = number(start[0..<4])
      let length = short == 1 ? number(start[8..<16]) : short == 0 ? object.size - place : short
      guard length >= 8, length <= object.size - place else { return nil }
      if start[4..<8].elementsEqual("moov".utf8) {
        let isRead = place + length <= head.count
        return isRead || length > longestIndex ? nil : place..<(place + length)
      }
      place += length
    }
    return nil
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 >= 1 << 54 ? $0 : $0 << 8 | Int($1) }
  }
}
