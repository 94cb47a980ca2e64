extension HTTPReply {
  /// A whole file, or the part of it that a `Range` header asks for.
  ///
  /// One range is understood (`bytes=0-99`, `bytes=100-`, `bytes=-50`); several are answered with
  /// the whole file, as RFC 9110 allows. A range beyond the end gives status 416.
  ///
  /// - Parameter size: The file's size in bytes.
  package static func file(
    path: String,
    size: Int,
    type: String,
    range header: String?
  )
    -> HTTPReply
  {
    var headers: HeaderFields = ["Content-Type": type, "Accept-Ranges": "bytes"]
    guard let header, let requested = ByteRange(parsing: header) else {
      return HTTPReply(
        status: 200,
        headers: headers,
        body: .file(path: path, offset: 0, length: size)
      )
    }
    guard let bytes = requested.resolved(size: size) else {
      headers["Content-Range"] = "bytes */\(size)"
      return HTTPReply(status: 416, headers: headers)
    }
    headers["Content-Range"] = "bytes \(bytes.lowerBound)-\(bytes.upperBound - 1)/\(size)"
    return HTTPReply(
      status: 206,
      headers: headers,
      body: .file(path: path, offset: bytes.lowerBound, length: bytes.count)
    )
  }
}

/// One range of a `Range` header.
enum ByteRange: Hashable {
  case from(Int, through: Int?)
  case last(Int)

  /// Reads a header with exactly one range; `nil` for anything else.
  init?(parsing header: String) {
    guard header.hasPrefix("bytes=") else { return nil }
    let bounds = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard bounds.count == 2 else { return nil }
    switch (Int(bounds[0]), Int(bounds[1])) {
    case (let first?, let last?) where first <= last: self = .from(first, through: last)
    case (let first?, nil) where bounds[1].isEmpty: self = .from(first, through: nil)
    case (nil, let count?) where bounds[0].isEmpty: self = .last(count)
    default: return nil
    }
  }

  /// The bytes meant, of a file of a size; `nil` when there are none.
  func resolved(size: Int) -> Range<Int>? {
    switch self {
    case .from(let first, through: let last):
      guard first < size else { return nil }
      return first..<min(size, last.map { $0 < Int.max ? $0 + 1 : $0 } ?? size)
    case .last(let count):
      guard count > 0, size > 0 else { return nil }
      return max(0, size - count)..<size
    }
  }
}
