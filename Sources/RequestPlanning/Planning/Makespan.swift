/// How long work takes that is taken up in order, several pieces at a time.
package enum Makespan {
  /// The seconds until the last piece has ended.
  ///
  /// - Parameters:
  ///   - pieces: The seconds that each takes, in order.
  ///   - begun: The seconds that are left of pieces under way.
  ///   - count: Pieces at a time, at least 1; those under way count.
  package static func seconds(
    of pieces: [Double],
    after begun: [Double] = [],
    at count: Int
  ) -> Double {
    var ends = begun + Array(repeating: 0, count: max(0, count - begun.count))
    for piece in pieces {
      guard let first = ends.indices.min(by: { ends[$0] < ends[$1] }) else { break }
      ends[first] += piece
    }
    return ends.max() ?? 0
  }
}
