internal import LoopbackHTTP
internal import OrderedJSON
internal import PlainText

/// One page of a list.
struct Page {
  let range: Range<Int>
  /// What asks for the next page; `nil` on the last.
  let nextToken: String?

  /// The page that a request asks for.
  init(_ head: RequestHead, count: Int, standard: Int, maximum: Int) throws(ServiceError) {
    let size = head.parameter("pageSize").map { Int($0) } ?? standard
    guard let size, size >= 0 else { throw .invalid("Invalid value at 'page_size' (TYPE_INT32)") }
    guard size <= maximum || maximum == 0 else {
      throw .invalid("* List.page_size: page_size must be at most \(maximum).\n")
    }
    let token = head.parameter("pageToken").flatMap { $0.isEmpty ? nil : $0 }
    let start = token.map { Int(String(decoding: Base64.decoded($0) ?? [], as: UTF8.self)) } ?? 0
    guard let start, (0...count).contains(start) else {
      throw .invalid("The page token is invalid.")
    }
    let end = start + min(count - start, size == 0 ? standard : size)
    range = start..<end
    nextToken = end < count ? Base64.encoded(Array(String(end).utf8)) : nil
  }

  /// The list under its name; empty lists and tokens are left out.
  func json(_ name: String, _ elements: [JSONValue]) -> JSONValue {
    var object = JSONObject()
    if !elements.isEmpty { object[name] = .array(elements) }
    object["nextPageToken"] = nextToken.map { JSONValue($0) }
    return .object(object)
  }
}
