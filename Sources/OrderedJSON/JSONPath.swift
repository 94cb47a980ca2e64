/// The way from the root of a JSON document to one of its values.
package struct JSONPath: Hashable, Sendable, CustomStringConvertible {
  /// One step.
  package enum Step: Hashable, Sendable {
    /// To the member of a key.
    case member(String)
    /// To an element of a list, from 0.
    case element(Int)
  }

  /// The steps, the first one from the root.
  package let steps: [Step]

  /// A way of some steps; the root without any.
  package init(_ steps: [Step] = []) { self.steps = steps }

  /// The way with a step more.
  package func appending(_ step: Step) -> JSONPath { JSONPath(steps + [step]) }

  /// The way as people write it, such as `models[0].prices[1].input`; empty for the root.
  package var description: String {
    steps.reduce(into: "") { text, step in
      switch step {
      case .member(let key): text += (text.isEmpty ? "" : ".") + key
      case .element(let index): text += "[\(index)]"
      }
    }
  }

  /// The line on which the value starts in a well-formed document, from 1.
  ///
  /// A step that is not there stops the walk: the line is that of the value reached so far.
  package func line(in document: [UInt8]) -> Int {
    var walk = JSONWalk(bytes: document)
    for step in steps {
      guard walk.descend(step) else { break }
    }
    walk.skipBlanks()
    return document[..<walk.position].count { $0 == 0x0A } + 1
  }
}

/// A cursor over a well-formed document that can step into a value or over it.
private struct JSONWalk {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func skipBlanks() {
    while let byte = current, [0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x3A].contains(byte) {
      position += 1
    }
  }

  /// Moves to a member's value or an element; stays where it was when there is none.
  mutating func descend(_ step: JSONPath.Step) -> Bool {
    let start = position
    skipBlanks()
    position += 1
    var index = 0
    while true {
      skipBlanks()
      guard let byte = current, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") else { break }
      switch step {
      case .element(let wanted):
        if index == wanted { return true }
      case .member(let wanted):
        if string() == wanted { return true }
      }
      skipValue()
      index += 1
    }
    position = start
    return false
  }

  /// The string at the cursor, which moves behind it; escapes stay as written.
  private mutating func string() -> String {
    position += 1
    let start = position
    while let byte = current, byte != UInt8(ascii: "\"") {
      position += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    let end = min(position, bytes.count)
    position = min(position + 1, bytes.count)
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  private mutating func skipValue() {
    skipBlanks()
    var depth = 0
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        _ = string()
        if depth == 0 { return }
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        if depth == 0 {
          position += 1
          return
        }
      case UInt8(ascii: ",") where depth == 0: return
      default: break
      }
      position += 1
    }
  }
}
