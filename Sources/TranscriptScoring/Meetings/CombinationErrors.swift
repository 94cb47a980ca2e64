internal import UnicodeText

/// Word errors with each utterance of the reference given to the hypothesis's speaker that suits best
/// (ORC-WER, Sklyar 2022): what was heard wrongly, whoever it was put down to.
public struct CombinationErrors: Hashable, Sendable {
  /// The errors.
  public let counts: ErrorCounts
  /// The speaker of the hypothesis that each utterance of the reference, in the order of time, is
  /// given to.
  public let assignment: [String]

  /// The most cells that are kept: 512 MiB.
  private static let limit = 1 << 27

  /// Finds the least errors over all ways to give utterances to speakers.
  ///
  /// - Throws: `ScoringError` where that takes too much memory: it grows with the product of the
  ///   lengths of all speakers' words, times the number of utterances.
  public init(_ reference: [Utterance], _ hypothesis: [Utterance]) throws(ScoringError) {
    var table = SymbolTable<ExactText>()
    let reference = reference.inTime
    let spoken = reference.map { utterance in
      table.numbers(of: utterance.text.betweenBlanks().map(ExactText.init))
    }
    let streams = hypothesis.inTime.bySpeaker.map { SpeakerWords($0, &table) }
    let filled = spoken.indices.filter { !spoken[$0].isEmpty }
    let chosen = try Self.chosen(filled.map { spoken[$0] }, streams.map(\.words))
    var given = [[Int32]](repeating: [], count: max(1, streams.count))
    for (index, stream) in zip(filled, chosen) { given[stream] += spoken[index] }
    counts = given.enumerated().reduce(ErrorCounts()) { sum, entry in
      let other = streams.isEmpty ? [] : streams[entry.offset].words
      return sum
        + ErrorCounts(
          EditAlignment.steps(
            entry.element[...],
            other[...],
            symbolCount: table.count,
            preference: .latestPair
          )
        )
    }
    let names = streams.map(\.speaker)
    var assignment = [String](repeating: names.min() ?? "", count: reference.count)
    for (index, stream) in zip(filled, chosen) where !names.isEmpty {
      assignment[index] = names[stream]
    }
    self.assignment = assignment
  }

  /// The stream of each utterance.
  private static func chosen(
    _ utterances: [[Int32]],
    _ streams: [[Int32]]
  )
    throws(ScoringError) -> [Int]
  {
    guard streams.count > 1 else { return utterances.map { _ in 0 } }
    var strides: [Int] = []
    var size = 1
    for stream in streams {
      strides.append(size)
      let (product, overflow) = size.multipliedReportingOverflow(by: stream.count + 1)
      guard !overflow, product <= limit / max(1, utterances.count) else {
        throw ScoringError(
          description:
            "ORC-WER of \(streams.count) speakers and \(utterances.count) utterances takes "
            + "more memory than is allowed; score shorter clips, or take cpWER"
        )
      }
      size = product
    }
    // Before any utterance every word of the hypothesis so far is an insertion.
    var costs = (0..<size).map { cell in
      zip(streams, strides).reduce(Int32(0)) { $0 + Int32(cell / $1.1 % ($1.0.count + 1)) }
    }
    var choices: [[Int32]] = []
    for utterance in utterances {
      var best = [Int32](repeating: .max, count: size)
      var choice = [Int32](repeating: 0, count: size)
      for (index, stream) in streams.enumerated() {
        let line = Line(stream: stream, stride: strides[index], number: Int32(index))
        line.take(utterance, costs, &best, &choice, streamCount: Int32(streams.count))
      }
      choices.append(choice)
      costs = best
    }
    var cell = size - 1
    var result = [Int](repeating: 0, count: utterances.count)
    for index in utterances.indices.reversed() {
      let choice = Int(choices[index][cell])
      result[index] = choice % streams.count
      cell -= choice / streams.count * strides[result[index]]
    }
    return result
  }

  /// One utterance laid along the words of one stream, whatever was taken of the others.
  private struct Line {
    let stream: [Int32]
    let stride: Int
    let number: Int32

    /// Keeps in `best` the least cost of every cell, and in `choice` how many words back the
    /// utterance began, times the number of streams, plus the stream.
    func take(
      _ utterance: [Int32],
      _ costs: [Int32],
      _ best: inout [Int32],
      _ choice: inout [Int32],
      streamCount: Int32
    ) {
      let length = stream.count + 1
      var values = [Int32](repeating: 0, count: length)
      var origins = [Int32](repeating: 0, count: length)
      for base in 0..<costs.count where base / stride % length == 0 {
        for place in 0..<length {
          values[place] = costs[base + place * stride]
          origins[place] = Int32(place)
        }
        for word in utterance { step(word, &values, &origins) }
        for place in 0..<length {
          let cell = base + place * stride
          guard values[place] < best[cell] else { continue }
          best[cell] = values[place]
          choice[cell] = (Int32(place) - origins[place]) * streamCount + number
        }
      }
    }

    private func step(_ word: Int32, _ values: inout [Int32], _ origins: inout [Int32]) {
      var diagonal = (value: values[0], origin: origins[0])
      values[0] += 1
      for place in 1..<values.count {
        let above = (value: values[place], origin: origins[place])
        var value = diagonal.value + (stream[place - 1] == word ? 0 : 1)
        var origin = diagonal.origin
        if above.value + 1 < value { (value, origin) = (above.value + 1, above.origin) }
        if values[place - 1] + 1 < value {
          (value, origin) = (values[place - 1] + 1, origins[place - 1])
        }
        (values[place], origins[place]) = (value, origin)
        diagonal = above
      }
    }
  }
}
