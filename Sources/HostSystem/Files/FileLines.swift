/// The lines of a file, read piece by piece; empty ones are passed over.
package enum FileLines {
  /// The most bytes of a line; what is longer is handed out as `nil`.
  package static let longestLine = 64 << 20

  /// Hands the lines to a closure in order.
  package static func forEach(
    in path: String,
    _ body: (_ line: [UInt8]?) throws -> Void
  ) throws {
    var splitter = LineSplitter()
    try OpenFile(path).forEachPiece { try splitter.feed($0, body) }
    try splitter.finish(body)
  }
}

/// Cuts bytes into lines, wherever the pieces begin and end.
package struct LineSplitter {
  private let longest: Int
  private var line: [UInt8] = []
  private var isTooLong = false

  /// At the beginning of a line.
  ///
  /// - Parameter longest: The most bytes of a line.
  package init(longest: Int = FileLines.longestLine) { self.longest = longest }

  /// Takes the next bytes, and hands out the lines that are whole; `nil` for one that is too long.
  package mutating func feed(
    _ piece: ArraySlice<UInt8>,
    _ body: ([UInt8]?) throws -> Void
  ) rethrows {
    var rest = piece
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      take(rest[..<end])
      try finish(body)
      rest = rest[(end + 1)...]
    }
    take(rest)
  }

  /// Hands out what stands after the last line break.
  package mutating func finish(_ body: ([UInt8]?) throws -> Void) rethrows {
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    if isTooLong { try body(nil) } else if !line.isEmpty { try body(line) }
    line = []
    isTooLong = false
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>) {
    guard !isTooLong, line.count + bytes.count <= longest else {
      isTooLong = true
      line = []
      return
    }
    line += bytes
  }
}
