internal import Locking

/// Makes identifiers: different for each call, the same for each run with a seed.
final class IDSource: Sendable {
  private let seed: UInt64
  private let count = Lock(0)

  init(seed: UInt64) { self.seed = seed }

  /// Lower-case letters and digits.
  func next(_ kind: String, length: Int = 12) -> String {
    let number = count.withLock { count in
      count += 1
      return count
    }
    var random = SplitMix(seed: seed, "\(kind) \(number)")
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    let bytes = (0..<length).map { _ in alphabet[Int.random(in: 0..<36, using: &random)] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
