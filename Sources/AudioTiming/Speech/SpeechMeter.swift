/// Measures, frame by frame, how far sound stands out from what is always there.
///
/// Half of the measure is the excess of the whole level over its noise floor, half the mean excess of the
/// bands over theirs. Compared on recorded phrases, with babble and tones 5, 15 and 30 dB below them, the two
/// together told speech from pauses better than either, than the median of the bands, than a trimmed mean, and than the
/// low bands alone (area under the curve at 15 dB: 0.970; 0.962 and 0.968 alone). Debian has no library
/// for it but WebRTC's audio processing, whose detector is made for live calls and reports a bare yes or no.
struct SpeechMeter {
  /// Frames in the tenth of a second that noise floors count in.
  private static let block = 10
  /// How many such blocks on either side the noise floor is made of.
  private static let reach = 100
  /// How many frames on either side the power of a band is averaged over.
  private static let smoothing = 5
  /// What is never heard as speech: noise below this level.
  private static let inaudible: Float = -65
  private static let channels = MelBands.count + 1

  private var bands = MelBands()
  private let lowest: [Float]
  private var floors = [NoiseFloor](repeating: NoiseFloor(), count: channels)
  /// The powers of frames that are still needed, the bands of one after those of another.
  private var powers: [Float] = []
  private var firstFrame = 0
  private var frames = 0
  /// The mean levels of blocks that are in the window, or will be.
  private var blocks: [[Float]] = []
  private var firstBlock = 0
  private var sums = [Float](repeating: 0, count: channels)
  private var inserted = 0
  private var measured = 0
  private let keepsProfile: Bool
  private var quarter = [Float](repeating: 0, count: MelBands.count)

  /// The measure of each frame, in quarters of a decibel above -4 dB.
  private(set) var scores: [UInt8] = []
  /// The levels of the bands each 40 ms, in halves of a decibel above -90 dB.
  private(set) var profile: [UInt8] = []

  init(keepsProfile: Bool) {
    self.keepsProfile = keepsProfile
    let noise = bands.noise(decibels: Self.inaudible)
    lowest = (noise + [noise.reduce(0, +)]).map(Mathematics.decibels)
  }

  /// Takes samples in.
  mutating func add(_ samples: [Float]) {
    var bands = bands
    bands.add(samples) { add(frame: $0) }
    self.bands = bands
  }

  /// Measures what is left.
  mutating func finish() {
    while measured < blocks.count + firstBlock { measureBlock() }
    let rest = frames - measured * Self.block
    if rest > 0 { measure(measured * Self.block..<frames) }
  }

  private mutating func add(frame: [Float]) {
    var total: Float = 0
    for (band, power) in frame.enumerated() {
      let level = Mathematics.decibels(power + 1e-9)
      sums[band] += level
      if keepsProfile { quarter[band] += level }
      total += power
    }
    sums[MelBands.count] += Mathematics.decibels(total + 1e-9)
    powers += frame
    frames += 1
    if keepsProfile, frames.isMultiple(of: SoundProfile.frames) { addProfile() }
    if frames.isMultiple(of: Self.block) { addBlock() }
  }

  private mutating func addProfile() {
    for band in quarter.indices {
      let level = quarter[band] / Float(SoundProfile.frames)
      profile.append(SoundProfile.byte(level))
      quarter[band] = 0
    }
  }

  private mutating func addBlock() {
    let levels = zip(sums, lowest).map { max($0 / Float(Self.block), $1) }
    sums = .init(repeating: 0, count: Self.channels)
    blocks.append(levels)
    for channel in floors.indices { floors[channel].insert(levels[channel]) }
    inserted += 1
    if inserted > measured + Self.reach { measureBlock() }
  }

  private mutating func measureBlock() {
    let start = measured * Self.block
    // The frame after the last is there, as blocks to come are; at the end, what there is must do.
    measure(start..<start + Self.block)
    measured += 1
    if measured > firstBlock + Self.reach {
      for channel in floors.indices { floors[channel].remove(blocks[0][channel]) }
      blocks.removeFirst()
      firstBlock += 1
    }
    let needless = (measured * Self.block - Self.smoothing - firstFrame)
    if needless > 1000 {
      powers.removeFirst(needless * MelBands.count)
      firstFrame += needless
    }
  }

  private mutating func measure(_ range: Range<Int>) {
    let floor = floors.map(\.level)
    for frame in range {
      let low = max(firstFrame, frame - Self.smoothing) - firstFrame
      let high = min(frames - 1, frame + Self.smoothing) - firstFrame
      let scale = 1 / Float(high - low + 1)
      var (excess, total): (Float, Float) = (0, 0)
      for band in 0..<MelBands.count {
        var sum: Float = 0
        for index in low...high { sum += powers[index * MelBands.count + band] }
        excess += min(30, max(-3, Mathematics.decibels(sum * scale + 1e-9) - floor[band]))
        total += powers[(frame - firstFrame) * MelBands.count + band]
      }
      let level = Mathematics.decibels(total + 1e-9) - floor[MelBands.count]
      let score = (excess / Float(MelBands.count) + level) / 2
      scores.append(UInt8(max(0, min(255, (score + 4) * 4))))
    }
  }
}
