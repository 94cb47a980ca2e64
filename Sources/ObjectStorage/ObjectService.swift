internal import GeminiAPI

/// How one service speaks of objects: what is asked, and what its answers mean.
protocol ObjectService: Sendable {
  /// Asks for a part of an object.
  ///
  /// - Parameter version: What it has to be; `nil` takes whatever is there.
  func read(_ place: StorageAddress, _ range: Range<Int>, version: String?) -> HTTPRequest

  /// Asks for a page of the objects whose names begin alike.
  func list(below place: StorageAddress, after mark: String?) -> HTTPRequest

  /// Puts an object into its place, whole or not at all.
  ///
  /// - Parameter isReplacing: Whether one that is there is replaced.
  func put(
    _ bytes: [UInt8],
    at place: StorageAddress,
    type: String,
    isReplacing: Bool
  ) -> HTTPRequest

  /// The request with the proof of who asks.
  func proven(_ request: HTTPRequest) async throws -> HTTPRequest

  /// What an answer says of the version of the object that it is about; empty where it says nothing.
  func version(in headers: HTTPHeaders) -> String

  /// Reads a page of a list.
  func page(_ body: [UInt8], below place: StorageAddress) throws -> ObjectPage

  /// What an answer means that is no success.
  ///
  /// - Parameter asked: What was asked, as in "reading s3://bucket/key".
  func failure(_ answer: FailedAnswer, asked: String, at place: StorageAddress) -> GeminiError
}

/// A page of a list of objects.
struct ObjectPage {
  var objects: [StoredObject]
  /// What the next page is asked for with; `nil` at the end.
  var mark: String?
}

/// An answer that is no success.
struct FailedAnswer {
  let status: Int
  let headers: HTTPHeaders
  let body: [UInt8]
  let request: String
}
