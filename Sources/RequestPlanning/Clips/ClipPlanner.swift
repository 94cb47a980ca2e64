public import TranscriptModel

/// Cuts a stretch of media into clips that overlap, so that each can be asked about by itself.
///
///     let planner = ClipPlanner(sharding: .every(milliseconds: 480_000))
///     try planner.clips(of: hundredMinutes) { _ in nil }
///     // 0:00 to 8:00, 7:30 to 16:00, 15:30 to 24:00, …
///
/// Clips end at round times, and each begins one overlap before the end of the one before it.
public struct ClipPlanner: Hashable, Sendable {
  /// The overlap unless something else is said, in milliseconds: a few rows of usual speech, so
  /// that rows and voices of neighbours can be matched.
  public static let usualOverlap = 30_000
  /// The shortest clip worth asking about, in milliseconds.
  public static let shortestClip = 5000
  /// The most clips of a stretch: 5 minutes each of the 80 hours nobody has in one file.
  public static let mostClips = 1000

  /// Whether and how to cut.
  public var sharding: Sharding
  /// How much of a clip the next one repeats, in milliseconds.
  public var overlap: Int

  /// A planner.
  public init(sharding: Sharding = .automatic, overlap: Int = Self.usualOverlap) {
    self.sharding = sharding
    self.overlap = overlap
  }

  /// The clips of a stretch, in order; together they cover it exactly.
  ///
  /// - Parameters:
  ///   - stretch: What is to be covered, in source time.
  ///   - share: How much of the model's limits a clip would use; `nil` when that is not known, and
  ///     then nothing is cut automatically.
  /// - Throws: ``ClipError``.
  public func clips(
    of stretch: TimeRange,
    share: (TimeRange) -> LimitShare?
  ) throws(ClipError) -> [TimeRange] {
    switch sharding {
    case .off: return [stretch]
    case .every(let length):
      try check(length)
      return try clips(of: stretch, every: length)
    case .automatic:
      try checkOverlap()
      return try clips(of: stretch, fitting: { Self.fits(share($0)) })
    }
  }

  /// The clips of a request's media, by what the request is expected to take.
  ///
  /// - Parameters:
  ///   - shape: The request about the whole stretch; one without media is not cut.
  ///   - estimator: Estimates requests about parts of it; `nil` when the model is not known.
  /// - Throws: ``ClipError``.
  public func clips(
    of shape: RequestShape,
    estimator: TokenEstimator?
  ) throws(ClipError) -> [TimeRange] {
    guard let media = shape.media else { return [] }
    return try clips(of: media.range) { range in
      guard let estimator else { return nil }
      var part = shape
      part.media?.range = range
      return estimator.card.share(of: estimator.estimate(part), on: estimator.platform)
    }
  }

  /// Whether a clip stays below the shares from which it is better cut.
  private static func fits(_ share: LimitShare?) -> Bool {
    guard let share else { return true }
    return share.input <= LimitShare.inputWarning && share.output <= LimitShare.outputWarning
  }
}

// MARK: Clips of a given length

extension ClipPlanner {
  /// Clips that end at multiples of a length, the last one at the end of the stretch.
  private func clips(of stretch: TimeRange, every length: Int) throws(ClipError) -> [TimeRange] {
    // A rest of less than a quarter of a clip, or than an overlap, goes to the clip before.
    let rest = max(length / 4, overlap)
    let count = max(1, (stretch.milliseconds - rest + length - 1) / length)
    try check(count: count, of: stretch)
    let ends = (1..<max(count, 1)).map { stretch.start.milliseconds + $0 * length }
    return clips(of: stretch, endingAt: ends)
  }

  private func clips(of stretch: TimeRange, endingAt ends: [Int]) -> [TimeRange] {
    var clips: [TimeRange] = []
    var start = stretch.start
    for end in ends {
      clips.append(TimeRange(start: start, end: Timecode(milliseconds: end)))
      start = Timecode(milliseconds: max(stretch.start.milliseconds, end - overlap))
    }
    return clips + [TimeRange(start: start, end: stretch.end)]
  }
}

// MARK: Clips that fit

extension ClipPlanner {
  private func clips(
    of stretch: TimeRange,
    fitting fits: (TimeRange) -> Bool
  ) throws(ClipError) -> [TimeRange] {
    guard !fits(stretch) else { return [stretch] }
    let longest = longestClip(of: stretch, fits)
    guard longest >= max(Self.shortestClip, overlap * 2) else { throw nothingFits }
    let room = longest - overlap
    var count = max(2, (stretch.milliseconds - overlap + room - 1) / room)
    // Round times make some clips a little longer; then there is one more of them.
    while true {
      try check(count: count, of: stretch)
      let clips = clips(of: stretch, endingAt: roundEnds(of: stretch, count: count))
      if clips.allSatisfy(fits) { return clips }
      count += 1
    }
  }

  /// The longest clip that fits wherever it lies, to the second; late frames cost a little more.
  private func longestClip(of stretch: TimeRange, _ fits: (TimeRange) -> Bool) -> Int {
    func fitsAtTheEnd(_ length: Int) -> Bool {
      let start = Timecode(milliseconds: stretch.end.milliseconds - length)
      return fits(TimeRange(start: start, end: stretch.end))
    }
    var (low, high) = (0, stretch.milliseconds / 1000)
    while high - low > 1 {
      let middle = (low + high) / 2
      if fitsAtTheEnd(middle * 1000) { low = middle } else { high = middle }
    }
    return low * 1000
  }

  /// The ends of all clips but the last, so that clips are about equally long.
  private func roundEnds(of stretch: TimeRange, count: Int) -> [Int] {
    let length = (stretch.milliseconds + (count - 1) * overlap) / count
    let step = length - overlap
    // A boundary is moved by a sixteenth of a clip at most.
    let unit = [60_000, 30_000, 10_000, 1000].first { $0 * 8 <= step } ?? 1
    return (0..<count - 1).map { index in
      let end = stretch.start.milliseconds + length + index * step
      return (end + unit / 2) / unit * unit
    }
  }
}

// MARK: Refusals

extension ClipPlanner {
  private func checkOverlap() throws(ClipError) {
    guard overlap < 0 else { return }
    throw ClipError(
      code: .overlapTooLong,
      message: "An overlap of \(seconds(overlap)) cannot be asked for.",
      remedy: "Give an overlap of 0 or more."
    )
  }

  private func check(_ length: Int) throws(ClipError) {
    try checkOverlap()
    guard length >= Self.shortestClip else {
      throw ClipError(
        code: .clipTooShort,
        message: "Clips of \(seconds(length)) are too short to be asked about.",
        remedy:
          "Ask for clips of at least \(seconds(Self.shortestClip)); 5 to 20 minutes are usual."
      )
    }
    guard overlap < length else {
      throw ClipError(
        code: .overlapTooLong,
        message: "The overlap of \(seconds(overlap)) is not shorter than the clips of "
          + "\(seconds(length)).",
        remedy: "Ask for longer clips or for a shorter overlap."
      )
    }
  }

  private func check(count: Int, of stretch: TimeRange) throws(ClipError) {
    guard count > Self.mostClips else { return }
    throw ClipError(
      code: .tooManyClips,
      message: "\(seconds(stretch.milliseconds)) would be cut into \(count) clips, more than the "
        + "\(Self.mostClips) allowed.",
      remedy: "Ask for longer clips."
    )
  }

  private var nothingFits: ClipError {
    ClipError(
      code: .nothingFits,
      message: "Even a clip that is hardly longer than the overlap of \(seconds(overlap)) is too "
        + "much for the model.",
      remedy: "Lower the frame rate, resolution or thinking level, shorten the prompt, or choose a "
        + "model with higher limits."
    )
  }

  private func seconds(_ milliseconds: Int) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}
