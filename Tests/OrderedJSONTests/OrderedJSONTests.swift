import OrderedJSON
import Testing

@Suite struct OrderedJSONTests {
  @Test func keepsTheOrderOfKeysAndTheTextOfNumbers() throws {
    let text = #"{"b":1.50,"a":[true,null,-2e3],"c":{"z":"","y":"é\n\"😀"}}"#
    #expect(try JSONValue(parsing: text).rendered() == text)
  }

  @Test func decodesEscapesAndSurrogatePairs() throws {
    #expect(try JSONValue(parsing: #""\u00e9\ud83d\ude00\/\ud800x""#) == "é😀/\u{FFFD}x")
  }

  @Test func laterOfEqualKeysStays() throws {
    #expect(try JSONValue(parsing: #"{"a":1,"b":2,"a":3}"#).rendered() == #"{"a":3,"b":2}"#)
  }

  @Test(arguments: [
    "", " ", "{", "[1,", "[1,]", #"{"a"}"#, #"{"a":}"#, "01", "1.", "-", "+1", "nul", "\"\u{1}\"",
    #""\x""#, #""\u12G4""#, "[] []", "{'a':1}", "1e", "\"abc",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
  }

  @Test func leavesOutAMemberAtItsDepthOnly() throws {
    let text = #"{"x":0,"a":[{"x":[1,{"y":"é\"}"}],"b":"0123456789é","x":"longer than eight"}]}"#
    let value = try JSONValue(parsing: Array(text.utf8), leavingOut: .init("x", depth: 3))
    #expect(value.rendered() == #"{"x":0,"a":[{"b":"0123456789é"}]}"#)
  }

  @Test(arguments: [
    #"{"x":[1,}"#, #"{"x":{"a"}}"#, #"{"x":"\q"}"#, #"{"x":"long enough to skip"#, #"{"x":tru}"#,
  ])
  func refusesWhatIsWrongInAMemberLeftOut(_ text: String) {
    #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: Array(text.utf8), leavingOut: .init("x", depth: 1))
    }
  }

  @Test(arguments: 0...18) func findsTheEndOfAStringWhereverItIs(_ count: Int) throws {
    let text = String(repeating: "a", count: count)
    for (tail, value) in [("", ""), (#"\n"#, "\n"), ("é", "é"), (#"é\""#, "é\"")] {
      #expect(try JSONValue(parsing: "[\"\(text)\(tail)\",1]") == [.string(text + value), 1])
    }
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "\"\(text)\u{1}aaaaaaaa\"") }
  }

  @Test func namesThePlaceOfAFault() throws {
    let fault = #expect(throws: JSONSyntaxError.self) {
      try JSONValue(parsing: "{\n  \"a\": tru\n}")
    }
    #expect(fault?.description == "line 2, column 8: unknown word")
  }

  @Test func refusesInvalidUTF8AndDeepNesting() {
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    let deep = String(repeating: "[", count: JSONValue.maximumDepth + 1)
    #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: deep) }
  }

  @Test func writesIndentedAndForScripts() {
    let value: JSONValue = ["a": [1, "</script>"], "b": [], "c": [:]]
    #expect(
      value.rendered(.pretty)
        == """
        {
          "a": [
            1,
            "</script>"
          ],
          "b": [],
          "c": {}
        }
        """
    )
    #expect(
      value.rendered(.script) == #"{"a":[1,"\u003c/script>"],"b":[],"c":{}}"#
    )
  }
}
