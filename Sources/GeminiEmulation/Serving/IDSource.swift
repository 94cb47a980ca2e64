internal import HostSystem

/// Makes identifiers: different for each call, the same for each run with a seed.
final class IDSource: Sendable {
  private let seed: UInt64
  private let count = Lock(0)

  init(seed: UInt64) { self.seed = seed }

  /// A positive number.
  func number(_ kind: String) -> Int {
    let count = next()
    var random = SplitMix(seed: seed, "\(kind) \(count)")
    return Int.random(in: 1_000_000_000..<9_000_000_000, using: &random)
  }

  private func next() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }

  /// Lower-case letters and digits.
  func next(_ kind: String, length: Int = 12) -> String {
    let number = next()
    var random = SplitMix(seed: seed, "\(kind) \(number)")
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<36, using: &random)] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
