internal import HostSystem

/// Answers that are wrong in a known way, for requests whose prompt has certain words: for trying out
/// what tells good prompts from bad ones.
///
/// They begin as every answer does and are marked: the id of the response begins with `scripted-`.
package struct ScriptedReply: Hashable, Sendable {
  /// Words of the prompts that are answered so.
  package var words: String
  /// The name that is not known; nobody else forgets it.
  package var forgets: String?
  /// How many seconds the times run ahead for each minute of the source.
  package var drift = 0.0
  /// The share of words that are not heard, `0...1`; others each time the same is asked.
  package var mishears = 0.0
  /// The share of the rows that a prompt gives which are called by numbers that none has, `0...1`.
  package var invents = 0.0
  /// The share of the rows that a prompt gives which are passed over, `0...1`; others each time.
  package var omits = 0.0

  /// Answers that are right.
  package init(words: String) { self.words = words }

  /// The script as it is answered.
  ///
  /// - Parameter seed: What the words that are not heard depend on.
  func applied(to script: Script, seed: UInt64, _ key: String) -> Script {
    var script = script
    for index in script.speakers.indices where script.speakers[index].name == forgets {
      script.speakers[index].name = "?"
    }
    for index in script.segments.indices {
      let segment = script.segments[index]
      script.segments[index].startMS = drifted(segment.startMS)
      script.segments[index].endMS = drifted(segment.endMS)
      // Each row's words depend on the row: clips that overlap agree as far as they are asked alike.
      var random = SplitMix(seed: seed, "\(key) \(segment.startMS)")
      let words = segment.text.split(separator: " ")
      let heard = words.filter { _ in Double.random(in: 0..<1, using: &random) >= mishears }
      if let number = segment.number, Double.random(in: 0..<1, using: &random) < invents {
        script.segments[index].number = number + 1_000_000
      }
      script.segments[index].text = (heard.isEmpty ? words[...] : heard[...]).joined(separator: " ")
    }
    if omits > 0 {
      var random = SplitMix(seed: seed, "\(key) omits")
      script.segments.removeAll { _ in Double.random(in: 0..<1, using: &random) < omits }
    }
    return script
  }

  private func drifted(_ milliseconds: Int) -> Int {
    milliseconds + Int((Double(milliseconds) / 60 * drift).rounded())
  }
}

/// How often the same was asked, so that answers to it may differ.
final class AskedCount: Sendable {
  private let counts = Lock<[String: Int]>([:])

  /// Counts one more and gives the number, `1...`.
  func next(_ key: String) -> Int {
    counts.withLock { counts in
      counts[key, default: 0] += 1
      return counts[key, default: 0]
    }
  }
}
