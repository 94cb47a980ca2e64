import GeminiAPI
import Testing

@Suite struct ServerSentEventDecoderTests {
  private func outputs(_ pieces: [[UInt8]]) throws -> [ServerSentEventDecoder.Output] {
    var decoder = ServerSentEventDecoder()
    var outputs: [ServerSentEventDecoder.Output] = []
    for piece in pieces { outputs += try decoder.feed(piece) }
    return outputs + decoder.finish()
  }

  private static let streams: [(String, [ServerSentEventDecoder.Output])] = [
    ("data: a\n\ndata: b\n\n", [.data("a"), .data("b")]),
    ("data: a\r\n\r\ndata: b\r\n\r\n", [.data("a"), .data("b")]),
    ("data: a\r\rdata: b\r\r", [.data("a"), .data("b")]),
    ("data: {\ndata: }\n\n", [.data("{\n}")]),
    ("\u{FEFF}:hello\ndata:x\nretry: 5\n\n", [.data("x")]),
    ("event: step\nid: 7\ndata: y\n\n", [.event("y", name: "step", id: "7")]),
    ("data: last", [.data("last")]),
    ("\n\n\n", []),
    (
      "data: a\n\n{\n  \"error\": {\n    \"code\": 499\n  }\n}\n",
      [
        .data("a"), .stray(Array("{\n  \"error\": {\n    \"code\": 499\n  }\n}\n".utf8)),
      ]
    ),
    ("data: é😀\n\n", [.data("é😀")]),
  ]

  @Test(arguments: streams)
  func readsEventsHoweverTheyAreCut(
    _ text: String,
    _ expected: [ServerSentEventDecoder.Output]
  )
    throws
  {
    let bytes = Array(text.utf8)
    #expect(try outputs([bytes]) == expected)
    #expect(try outputs(bytes.map { [$0] }) == expected)
    for cut in bytes.indices {
      #expect(
        try outputs([Array(bytes[..<cut]), Array(bytes[cut...])]) == expected,
        "cut at \(cut)"
      )
    }
  }

  @Test func handsOutAnEventAsSoonAsItIsComplete() throws {
    var decoder = ServerSentEventDecoder()
    #expect(try decoder.feed(Array("data: a\n".utf8)) == [])
    #expect(try decoder.feed(Array("\nda".utf8)) == [.data("a")])
  }

  @Test func refusesAnEventWithoutEnd() throws {
    var decoder = ServerSentEventDecoder(limit: 100)
    _ = try decoder.feed([UInt8](repeating: 0x61, count: 90))
    let error = #expect(throws: GeminiError.self) {
      try decoder.feed([UInt8](repeating: 0x61, count: 90))
    }
    #expect(error?.code == .malformedResponse)
  }
}

extension ServerSentEventDecoder.Output {
  static func data(_ text: String) -> Self { event(text, name: nil, id: nil) }

  static func event(_ text: String, name: String?, id: String?) -> Self {
    .event(.init(name: name, id: id, data: Array(text.utf8)))
  }
}
