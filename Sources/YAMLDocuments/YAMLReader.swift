internal import CYAML
internal import OrderedJSON

/// Reads one YAML document through libyaml into a tree with places.
///
/// Scalars are typed by the core schema of YAML 1.2. Keys must differ, nesting and size are bounded,
/// and an alias counts as much as the tree it repeats.
package final class YAMLReader {
  /// The deepest nesting of a document.
  package static let maximumDepth = 64
  /// The most values of a document, those repeated by aliases included.
  package static let maximumCount = 20_000

  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var anchors: [String: YAMLNode] = [:]
  private var count = 0
  private var depth = 0

  /// The tree of a document; `nil` for an empty one.
  package static func document(_ bytes: some Collection<UInt8>) throws(YAMLError) -> YAMLNode? {
    try YAMLReader(bytes).document()
  }

  private init(_ bytes: some Collection<UInt8>) {
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.initialize(from: bytes)
    precondition(yaml_parser_initialize(parser) == 1, "libyaml is out of memory")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  private func document() throws(YAMLError) -> YAMLNode? {
    _ = try next()
    guard case .documentStart = try next().kind else { return nil }
    let root = try node(try next())
    _ = try next()
    let end = try next()
    guard case .streamEnd = end.kind else {
      throw YAMLError(problem: "a second document begins", mark: end.mark)
    }
    return root
  }

  private func node(_ event: YAMLEvent) throws(YAMLError) -> YAMLNode {
    if case .alias(let name) = event.kind { return try repeated(name, at: event.mark) }
    try spend(1, at: event.mark)
    let content = try content(event)
    let node = YAMLNode(content: content, mark: event.mark)
    if let anchor = event.anchor { anchors[anchor] = node }
    return node
  }

  private func content(_ event: YAMLEvent) throws(YAMLError) -> YAMLNode.Content {
    switch event.kind {
    case .scalar(let scalar):
      guard let value = scalar.value else {
        throw YAMLError(problem: "unknown tag \(scalar.tag ?? "")", mark: event.mark)
      }
      return .scalar(value)
    case .sequenceStart:
      return .sequence(try nested(at: event.mark) { () throws(YAMLError) in try sequence() })
    case .mappingStart:
      return .mapping(try nested(at: event.mark) { () throws(YAMLError) in try mapping() })
    default: throw YAMLError(problem: "a value is due", mark: event.mark)
    }
  }

  private func nested<Items>(
    at mark: YAMLMark,
    _ read: () throws(YAMLError) -> Items
  ) throws(YAMLError)
    -> Items
  {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.maximumDepth else {
      throw YAMLError(problem: "nested deeper than \(Self.maximumDepth) levels", mark: mark)
    }
    return try read()
  }

  private func sequence() throws(YAMLError) -> [YAMLNode] {
    var nodes: [YAMLNode] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind { return nodes }
      nodes.append(try node(event))
    }
  }

  private func mapping() throws(YAMLError) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var keys: Set<String> = []
    while true {
      let event = try next()
      if case .mappingEnd = event.kind { return entries }
      guard case .scalar(let scalar) = event.kind else {
        throw YAMLError(problem: "a key must be a plain word or a string", mark: event.mark)
      }
      guard keys.insert(scalar.text).inserted else {
        throw YAMLError(problem: "the key \(scalar.text) stands twice", mark: event.mark)
      }
      let value = try node(try next())
      entries.append(.init(key: scalar.text, mark: event.mark, value: value))
    }
  }

  private func repeated(_ name: String, at mark: YAMLMark) throws(YAMLError) -> YAMLNode {
    guard let node = anchors[name] else {
      throw YAMLError(problem: "unknown alias *\(name)", mark: mark)
    }
    try spend(node.count, at: mark)
    return node
  }

  private func spend(_ values: Int, at mark: YAMLMark) throws(YAMLError) {
    count += values
    guard count <= Self.maximumCount else {
      throw YAMLError(problem: "more than \(Self.maximumCount) values", mark: mark)
    }
  }

  private func next() throws(YAMLError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(event)
  }

  private func fault() -> YAMLError {
    let problem = parser.pointee.problem.map { String(cString: $0) } ?? "broken YAML"
    let mark = parser.pointee.problem_mark
    let place =
      parser.pointee.error == YAML_READER_ERROR
      ? YAMLMark(line: 0, column: 0) : YAMLMark(line: Int(mark.line), column: Int(mark.column))
    return YAMLError(problem: problem, mark: place)
  }
}
