internal import PlainText
internal import TranscriptModel

/// Writes into memory that was asked for in one piece.
struct CaptionOutput {
  private var next: UnsafeMutablePointer<UInt8>
  private let end: UnsafeMutablePointer<UInt8>

  /// The bytes that a function writes, at most `capacity`.
  static func bytes(capacity: Int, _ write: (inout CaptionOutput) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      guard let start = buffer.baseAddress else { return }
      var output = CaptionOutput(next: start, end: start + buffer.count)
      write(&output)
      count = output.next - start
    }
  }

  @inline(__always) mutating func put(_ byte: UInt8) {
    precondition(next < end, "the output is longer than was reckoned")
    next.pointee = byte
    next += 1
  }

  mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let source = bytes.baseAddress else { return }
    precondition(bytes.count <= end - next, "the output is longer than was reckoned")
    next.update(from: source, count: bytes.count)
    next += bytes.count
  }

  mutating func put(_ text: StaticString) {
    put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func put(_ text: String) {
    var text = text
    text.withUTF8 { put($0) }
  }

  mutating func put(number: Int) {
    if number >= 10 { put(number: number / 10) }
    put(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }

  /// The line of times, with a sign before the milliseconds.
  mutating func put(times cue: Captions.Cue, _ sign: UInt8) {
    put(clock: cue.start, sign)
    put(" --> ")
    put(clock: cue.end, sign)
    put(0x0A)
  }

  /// The bytes that the time of a word takes at most.
  static let wordTimeSize = 24

  /// The time of a word within a caption of WebVTT.
  mutating func put(wordTime milliseconds: Int) {
    put(UInt8(ascii: "<"))
    put(clock: milliseconds, UInt8(ascii: "."))
    put(UInt8(ascii: ">"))
  }

  private mutating func put(clock milliseconds: Int, _ sign: UInt8) {
    let seconds = milliseconds / 1000
    let fraction = milliseconds % 1000
    let hours = seconds / 3600
    if hours > 99 { put(number: hours / 100) }
    let colons: UInt64 = 0x00_00_3A_00_00_3A_00_00
    put(
      little: Self.digits(hours % 100) | Self.digits(seconds / 60 % 60) << 24
        | Self.digits(seconds % 60) << 48 | colons
    )
    let hundreds = UInt32(truncatingIfNeeded: fraction / 100 + 0x30) << 8
    let tens = UInt32(truncatingIfNeeded: Self.digits(fraction % 100)) << 16
    put(little: UInt32(sign) | hundreds | tens)
  }

  /// Two digits as ASCII, the first in the lowest byte.
  private static func digits(_ number: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: number / 10 | (number % 10) << 8 | 0x3030)
  }

  @inline(__always) private mutating func put<Value: FixedWidthInteger>(little value: Value) {
    let size = MemoryLayout<Value>.size
    precondition(size <= end - next, "the output is longer than was reckoned")
    UnsafeMutableRawPointer(next).storeBytes(of: value.littleEndian, as: Value.self)
    next += size
  }
}

extension Captions {
  /// The line feeds within captions.
  var lineFeedCount: Int {
    text.withUnsafeBufferPointer { ByteScan.count(in: $0) { EightBytes.equal($0, 0x0A) } }
  }

  /// Where the text of a caption ends.
  func end(of cue: Cue) -> Int { cue.lower.map { lower[$0].end } ?? cue.part.end }

  /// The most bytes that a caption takes beside its text and label.
  static let frameSize = 96
}
