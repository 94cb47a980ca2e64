import OrderedJSON
import TestSupport
import Testing

@testable import TranscriptModel

@Suite("documents read from their bytes") struct DocumentParsingTests {
  private static let bytes = TranscriptDocumentJSONTests.document.jsonBytes()

  /// A document as the bytes have it, or what is said of them.
  private static func outcome(_ read: () throws -> TranscriptDocument) -> Result<[UInt8], Failure> {
    do { return .success(try read().jsonBytes()) } catch {
      return .failure(Failure(text: "\(error)"))
    }
  }

  private struct Failure: Error, Equatable { let text: String }

  /// Checks that bytes and tree are read to the same, or refused in the same words.
  private static func expectOneReading(_ bytes: [UInt8]) {
    let ofBytes = outcome { try TranscriptDocument(parsing: bytes) }
    let ofTree = outcome { try TranscriptDocument(json: JSONValue(parsing: bytes)) }
    let isOne = ofBytes == ofTree
    #expect(isOne, "\(String(decoding: bytes, as: UTF8.self))")
  }

  @Test("what is written is read without a tree, in any layout")
  func readsWhatIsWritten() throws {
    let tree = TranscriptDocumentJSONTests.document.json
    for bytes in [Self.bytes, tree.renderedBytes(.pretty), tree.renderedBytes()] {
      let document = try #require(DocumentPieces.document(bytes))
      #expect(document.jsonBytes() == Self.bytes)
      #expect(document.tables == TranscriptDocumentJSONTests.document.tables)
      #expect(document.transcript == TranscriptDocumentJSONTests.document.transcript)
    }
  }

  static let members: [(member: String, json: String)] = [
    (
      "tables",
      #"{"t":{"rows":[["1:05","1:05.000","01:05","x"]],"columns":["a","b","c","d"],"roles":["start","end","start"]}}"#
    ),
    (
      "tables",
      #"{"t":{"columns":["a","b"],"types":["number","integer"],"rows":[["7",7],[1e3,2.0],[-0,-5],[null,"?"]]}}"#
    ),
    (
      "tables",
      #"{"t":{"columns":["a"],"rows":[["\u00e9"],[{"b":[1]}],[true],[12345678901234567890]],"invalid":[[0,0],[1,0]]}}"#
    ),
    ("tables", #"{"t":{"columns":["a"],"rows":[["1:05"]],"roles":["end"],"invalid":[[0,0]]}}"#),
    ("tables", #"{"t":{"columns":["a"],"rows":[]},"t":{"columns":["b"],"rows":[["x"]]}}"#),
    ("tables", #"{"t":{"columns":["a"],"rows":[["x","y"]]}}"#),
    ("tables", #"{"t":{"columns":["a"]}}"#),
    ("tables", #"{"t":{"columns":[],"rows":[[],[]]}}"#),
    ("segments", #"[{"text":"a","row":1,"row":2,"voice":-3,"extras":{"mood":"?","sure":1}}]"#),
    ("segments", #"[{"row":0,"text":"a","startMS":5,"startMS":null,"more":[{}]}]"#),
    ("segments", #"[{"row":0,"text":"a","startMS":-1}]"#),
    ("segments", #"[{"row":9007199254740993,"text":"a"}]"#),
    ("segments", #"[{"row":1e3,"text":"a","endMS":99999999999999}]"#),
    ("segments", #"[{"row":0.5,"text":"a"}]"#),
    ("segments", #"[{"\u0072ow":0,"text":"a"}]"#),
    ("segments", "{}"), ("segments", "null"), ("findings", "null"), ("tables", "[]"),
    ("findings", #"[{"code":"a","severity":"note","message":"m","rows":null}]"#),
    ("findings", #"[{"code":"a","severity":"note","message":"m","rows":[{"table":"t","row":0}]}]"#),
    ("findings", #"[{"code":"a","severity":"loud","message":"m"}]"#),
    ("schemaVersion", "2"), ("schemaVersion", "null"), ("complete", "1"), ("later", #"{"a":1}"#),
  ]

  @Test("bytes and tree are one reading of every member", arguments: members)
  func readsMembers(member: String, json: String) throws {
    let object = try #require(TranscriptDocumentJSONTests.document.json.object)
    let place = JSONValue("\u{1}put here")
    var changed = object
    changed[member] = place
    let text = JSONValue.object(changed).rendered().replacing(place.rendered(), with: json)
    Self.expectOneReading(Array(text.utf8))
    // Members in the other order: segments before the tables that name their columns.
    let reversed = JSONValue.object(JSONObject(uniqueMembers: changed.members.reversed()))
    Self.expectOneReading(Array(reversed.rendered().replacing(place.rendered(), with: json).utf8))
  }

  @Test("bytes and tree are one reading of damaged documents")
  func readsDamage() {
    var random = SeededGenerator(seed: 21)
    let marks = Array("{}[]\",:\\0-.eunt? \u{1}\u{e9}".utf8)
    for _ in 0..<600 {
      var bytes = Self.bytes
      for _ in 0..<Int.random(in: 1...2, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.remove(at: place)
        case 1: bytes[place] = marks.randomElement(using: &random) ?? 0
        case 2: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
        default:
          let end = min(bytes.count, place + Int.random(in: 1...60, using: &random))
          bytes.insert(contentsOf: bytes[place..<end], at: place)
        }
      }
      Self.expectOneReading(bytes)
    }
  }

  @Test(
    "the very spelling of a moment is told from others",
    arguments: [
      ("00:00", 0), ("01:05", 65_000), ("59:59.999", 3_599_999), ("1:00:00", 3_600_000),
      ("100:00:00.001", 360_000_001), ("1:05", nil), ("0:01:05", nil), ("60:00", nil),
      ("01:05.5", nil),
      ("01:05.000", nil), ("01:05,500", nil), ("01:02:03", nil), ("65", nil), ("", nil),
    ]
  )
  func tellsSpellings(text: String, milliseconds: Int?) {
    var text = text
    #expect(text.withUTF8(Timecode.init(rendered:))?.milliseconds == milliseconds)
  }
}
