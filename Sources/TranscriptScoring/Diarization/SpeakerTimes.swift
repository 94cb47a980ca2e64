/// Who speaks when, in reference and hypothesis, cut at every place where somebody begins or ends.
struct SpeakerTimes {
  /// A stretch in which nobody begins or ends.
  struct Piece {
    let length: Double
    /// How many turns of each speaker of the reference run.
    var reference: [Int: Int]
    /// How many turns of each speaker of the hypothesis run.
    var hypothesis: [Int: Int]
  }

  /// The speakers of the reference, in order of their labels.
  private(set) var referenceSpeakers: [String] = []
  private(set) var hypothesisSpeakers: [String] = []
  private(set) var pieces: [Piece] = []

  /// Shorter stretches count as empty, as in pyannote.core.
  private static let precision = 1e-6

  private enum Side {
    case reference(Int)
    case hypothesis(Int)
    case scored
    case collar
  }

  /// - Parameters:
  ///   - scored: The stretches that are looked at; all, from the first turn to the last, when `nil`.
  ///   - collar: Seconds around each boundary of the reference that are not, half before, half after.
  ///   - skipsOverlap: Whether stretches with several turns of the reference are not.
  init(
    _ reference: [Turn],
    _ hypothesis: [Turn],
    scored: [ClosedRange<Double>]?,
    collar: Double,
    skipsOverlap: Bool
  ) {
    let reference = reference.filter { $0.end - $0.start > Self.precision }
    let hypothesis = hypothesis.filter { $0.end - $0.start > Self.precision }
    var events: [(time: Double, side: Side, change: Int)] = []
    func add(_ side: Side, _ start: Double, _ end: Double) {
      events.append((start, side, 1))
      events.append((end, side, -1))
    }
    let all = reference + hypothesis
    let first = all.map(\.start).min() ?? 0
    let extent = first...max(first, all.map(\.end).max() ?? 0)
    for range in scored ?? [extent] { add(.scored, range.lowerBound, range.upperBound) }
    for turn in reference where collar > 0 {
      add(.collar, turn.start - collar / 2, turn.start + collar / 2)
      add(.collar, turn.end - collar / 2, turn.end + collar / 2)
    }
    referenceSpeakers = Set(reference.map(\.speaker)).sorted()
    hypothesisSpeakers = Set(hypothesis.map(\.speaker)).sorted()
    let places = Self.places(referenceSpeakers)
    for turn in reference { add(.reference(places[turn.speaker] ?? 0), turn.start, turn.end) }
    let otherPlaces = Self.places(hypothesisSpeakers)
    for turn in hypothesis {
      add(.hypothesis(otherPlaces[turn.speaker] ?? 0), turn.start, turn.end)
    }
    events.sort { $0.time < $1.time }
    sweep(events, skipsOverlap)
  }

  private static func places(_ speakers: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: zip(speakers, speakers.indices))
  }

  private mutating func sweep(
    _ events: [(time: Double, side: Side, change: Int)],
    _ skipsOverlap: Bool
  ) {
    var running = Piece(length: 0, reference: [:], hypothesis: [:])
    var (scored, collars, last) = (0, 0, events.first?.time ?? 0)
    for event in events {
      let isOverlap = skipsOverlap && running.reference.values.reduce(0, +) > 1
      if event.time > last, scored > 0, collars == 0, !isOverlap {
        pieces.append(
          Piece(
            length: event.time - last,
            reference: running.reference,
            hypothesis: running.hypothesis
          )
        )
      }
      last = event.time
      switch event.side {
      case .scored: scored += event.change
      case .collar: collars += event.change
      case .reference(let speaker): Self.change(&running.reference, speaker, event.change)
      case .hypothesis(let speaker): Self.change(&running.hypothesis, speaker, event.change)
      }
    }
  }

  private static func change(_ turns: inout [Int: Int], _ speaker: Int, _ change: Int) {
    let count = (turns[speaker] ?? 0) + change
    turns[speaker] = count == 0 ? nil : count
  }

  /// The time that each pair of speakers has in common; overlapping turns of one speaker count each.
  var shared: [[Double]] {
    var shared = [[Double]](
      repeating: .init(repeating: 0, count: hypothesisSpeakers.count),
      count: referenceSpeakers.count
    )
    for piece in pieces {
      for (speaker, turns) in piece.reference {
        for (other, otherTurns) in piece.hypothesis {
          shared[speaker][other] += piece.length * Double(turns * otherTurns)
        }
      }
    }
    return shared
  }
}
