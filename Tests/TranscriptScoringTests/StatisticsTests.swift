import Testing

@testable import TranscriptScoring

@Suite struct StatisticsTests {
  private func sample(_ values: [[Double]]) -> ClusteredSample {
    ClusteredSample(
      Dictionary(
        uniqueKeysWithValues: values.enumerated().map { index, repeats in
          ("\(index)", repeats.map { Measurement($0) })
        }
      )
    )
  }

  @Test func aClipThatWasAskedMoreOftenCountsNoMore() {
    #expect(sample([[1, 1, 1, 1], [3]]).value == 2)
    let words = ClusteredSample([
      "long": [Measurement(10, weight: 100)], "short": [Measurement(5, weight: 10)],
    ])
    #expect(words.value == 15.0 / 110)
    #expect(ClusteredSample([:]).value == nil)
  }

  @Test func anIntervalHoldsItsValueAndNeverChanges() throws {
    let sample = sample([[0.1, 0.2], [0.15], [0.4, 0.3], [0.2]])
    let interval = try #require(Bootstrap().interval(of: sample))
    let value = try #require(sample.value)
    #expect(interval.low < value && value < interval.high)
    #expect(Bootstrap().interval(of: sample) == interval)
    let narrower = try #require(Bootstrap(confidence: 0.5).interval(of: sample))
    #expect(narrower.low > interval.low && narrower.high < interval.high)
  }

  @Test func oneMeasurementHasNoInterval() {
    #expect(Bootstrap().interval(of: sample([[0.1]])) == nil)
    #expect(Bootstrap().upperBound(from: sample([[0.1]]), to: sample([[0.2]])) == nil)
  }

  /// Of 100 samples of 20 draws, about 95 intervals hold the mean; the bootstrap of so few is known
  /// to be a little narrow.
  @Test func intervalsHoldTheTruthAboutAsOftenAsTheySay() {
    var generator = SplitMixGenerator(seed: 7)
    var held = 0
    for _ in 0..<100 {
      let draws = (0..<20).map { _ in [Double.random(in: 0..<1, using: &generator)] }
      if let interval = Bootstrap().interval(of: sample(draws)), interval.low <= 0.5,
        interval.high >= 0.5
      {
        held += 1
      }
    }
    #expect((87...99).contains(held), "\(held)")
  }

  @Test func signsAreFlippedExactlyForFewClips() {
    #expect(PairedDifference.signFlip([1, 1, 1, 1, 1, 1]) == 2.0 / 64)
    #expect(PairedDifference.signFlip([1, -1]) == 1)
    #expect(PairedDifference.signFlip([0, 0, 0]) == 1)
    let many = PairedDifference.signFlip(Array(repeating: 1, count: 20))
    #expect(many < 0.001 && many > 0)
  }

  @Test func nothingIsAWinnerInsideTheNoise() {
    let base = sample([[0.1], [0.2], [0.3], [0.2], [0.1], [0.2]])
    let better = sample([[0.05], [0.1], [0.2], [0.1], [0.05], [0.1]])
    #expect(PairedDifference(from: base, to: better).isBeyondNoise)
    #expect(!PairedDifference(from: base, to: base).isBeyondNoise)
    // However often few clips are asked.
    let few = sample([[0.1, 0.1, 0.1, 0.1], [0.2, 0.2, 0.2, 0.2]])
    let lower = sample([[0, 0, 0, 0], [0.1, 0.1, 0.1, 0.1]])
    #expect(!PairedDifference(from: few, to: lower).isBeyondNoise)
  }

  @Test func onlyClipsOfBothAreCompared() {
    let one = ClusteredSample(["a": [Measurement(1)], "b": [Measurement(9)]])
    let other = ClusteredSample(["a": [Measurement(2)], "c": [Measurement(0)]])
    let paired = PairedDifference(from: one, to: other)
    #expect(paired.clipCount == 1)
    #expect(paired.difference == 1)
    #expect(PairedDifference(from: one, to: ClusteredSample([:])).difference == nil)
  }

  @Test func chancesAreCorrectedForTheirNumber() {
    #expect(MultipleTests.holm([0.01, 0.04, 0.03]) == [0.03, 0.06, 0.06])
    #expect(MultipleTests.holm([nil, 0.6, 0.7]) == [nil, 1, 1])
  }
}
