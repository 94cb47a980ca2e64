internal import CommandLineInterface
internal import PlainText
internal import RequestPlanning
internal import TranscriptModel

/// How far a run is: what has been heard of each clip, and what it came to so far.
struct RunProgress {
  /// A clip, as far as it is known how it goes.
  struct Clip {
    /// What is asked about; `nil` when the end of the source is not known.
    var range: TimeRange?
    var rows = 0
    /// The time of the last row that has arrived.
    var reached: Timecode?
    /// What is being done.
    var stage = ""
    /// Whether nothing more is to come.
    var hasEnded = false
    /// When it was begun, when its first row came and when it ended, since the run began.
    fileprivate(set) var began: Duration?
    fileprivate(set) var answered: Duration?
    fileprivate(set) var ended: Duration?
    /// How much was heard when the first rows came, in milliseconds.
    fileprivate(set) var heardAtFirst = 0

    /// How much of it was heard, in milliseconds.
    var heard: Int {
      guard let range else { return 0 }
      if hasEnded { return range.milliseconds }
      guard let reached else { return 0 }
      return min(max(0, reached.milliseconds - range.start.milliseconds), range.milliseconds)
    }
  }

  /// The first moments tell little: uploads, and answers that have not begun.
  private static let (firstSeconds, firstShare) = (3.0, 0.02)

  /// Columns of a name within the line of progress, whose figures matter more.
  private static let nameWidth = 28

  /// What a line of progress calls the sources.
  let names: [String]
  /// The requests that are planned.
  let requests: Int
  /// The money that is expected, in US dollars; `nil` when it is not known.
  let expectedDollars: String?
  /// Requests at a time.
  let jobs: Int
  /// The clips of each source.
  var clips: [[Clip]]
  /// Sources that have ended.
  var ended = 0
  /// Requests that were answered.
  var answered = 0
  /// The money spent, in US dollars; empty while nothing was.
  var dollars = ""
  /// Attempts after the first.
  var retries = 0

  /// Notes that a clip is being worked on.
  mutating func begin(_ job: Int, _ clip: Int, at time: Duration) {
    clips[job][clip].began = clips[job][clip].began ?? time
  }

  /// Notes how far the answer about a clip has come.
  mutating func receive(
    _ rows: Int,
    upTo reached: Timecode?,
    of job: Int,
    _ clip: Int,
    at time: Duration
  ) {
    begin(job, clip, at: time)
    clips[job][clip].rows = rows
    clips[job][clip].reached = reached ?? clips[job][clip].reached
    guard clips[job][clip].answered == nil else { return }
    clips[job][clip].answered = time
    clips[job][clip].heardAtFirst = clips[job][clip].heard
  }

  /// Notes that nothing more comes of a source.
  mutating func end(_ job: Int, at time: Duration) {
    ended += 1
    for clip in clips[job].indices {
      clips[job][clip].hasEnded = true
      clips[job][clip].ended = time
    }
  }

  /// How much is done, from 0 to 1, by the length of what is heard; clips of unknown length count as
  /// the others do on average.
  var share: Double {
    let all = clips.joined()
    let known = all.compactMap(\.range?.milliseconds)
    let length = max(1, known.isEmpty ? 1 : known.reduce(0, +) / known.count)
    let total = all.reduce(0) { $0 + ($1.range?.milliseconds ?? length) }
    let heard = all.reduce(0) {
      $0 + ($1.range == nil ? ($1.hasEnded ? length : 0) : $1.heard)
    }
    return Double(heard) / Double(max(1, total))
  }

  /// How long the rest takes when it goes on as it went; `nil` while that cannot be told.
  ///
  /// Clips wait for their first row as long as others did, are heard as fast as others were, and are taken
  /// up in order as places become free.
  ///
  /// - Parameter elapsed: The time since the run began.
  func timeLeft(after elapsed: Duration) -> Duration? {
    let share = share
    guard elapsed / .seconds(1) >= Self.firstSeconds, share >= Self.firstShare, share < 1,
      let pace = Pace(Array(clips.joined()), after: elapsed)
    else { return nil }
    var (begun, waiting): ([Double], [Double]) = ([], [])
    for clip in clips.joined() where !clip.hasEnded {
      let left = pace.secondsLeft(of: clip, after: elapsed)
      if clip.began == nil { waiting.append(left) } else { begun.append(left) }
    }
    return .seconds(Makespan.seconds(of: waiting, after: begun, at: jobs))
  }

  /// The line of progress: by the time code of the video for one source, by sources for several.
  func line(after elapsed: Duration) -> String {
    let count = names.count
    guard count == 1 else {
      let bar = ProgressBar.rendered(share, width: 24)
      return
        ([
          "\(bar) \(ended) of \(count) sources", "\(answered) of \(requests) requests",
        ] + facts(after: elapsed)).joined(separator: " · ")
    }
    let text = facts(after: elapsed).joined(separator: " · ")
    let lengths = clips[0].compactMap(\.range?.milliseconds)
    let total = lengths.reduce(0, +)
    let name = DisplayWidth.shortened(names[0], to: Self.nameWidth)
    guard total > 0, lengths.count == clips[0].count else { return "\(name)  \(text)" }
    let heard = Timecode(milliseconds: clips[0].reduce(0) { $0 + $1.heard }).rendered
    return "\(name)  \(ProgressBar.rendered(share, width: 24)) \(Int(share * 100))%  "
      + "\(heard) of \(Timecode(milliseconds: total).rendered) · \(text)"
  }

  private func facts(after elapsed: Duration) -> [String] {
    let rows = clips.joined().reduce(0) { $0 + $1.rows }
    var facts = [NumberText.counted(rows, "row")]
    if !dollars.isEmpty, dollars != "0" {
      let expected = expectedDollars.map { " of about \(MoneyText.rendered($0))" } ?? ""
      facts.append("\(MoneyText.rendered(dollars))\(expected) USD")
    }
    if let left = timeLeft(after: elapsed) { facts.append("\(NumberText.roughly(left)) left") }
    if retries > 0 { facts.append(NumberText.counted(retries, "retry", "retries")) }
    return facts
  }
}

/// How fast clips went so far.
private struct Pace {
  /// The seconds until a clip's first row.
  private let wait: Double
  /// The milliseconds of media that are heard in a second once rows come.
  private let heardPerSecond: Double
  /// The milliseconds of a clip of unknown length: as long as the others.
  private let usualLength: Int

  init?(_ clips: [RunProgress.Clip], after elapsed: Duration) {
    let known = clips.compactMap(\.range?.milliseconds)
    usualLength = known.isEmpty ? 1 : known.reduce(0, +) / known.count
    var (waits, heard, seconds, hasEnd): ([Double], Double, Double, Bool) = ([], 0, 0, false)
    for clip in clips {
      guard let began = clip.began, let answered = clip.answered else { continue }
      waits.append((answered - began) / .seconds(1))
      let all = clip.range == nil && clip.hasEnded ? usualLength : clip.heard
      heard += Double(all - clip.heardAtFirst)
      seconds += ((clip.ended ?? elapsed) - answered) / .seconds(1)
      hasEnd = hasEnd || clip.hasEnded
    }
    guard !waits.isEmpty, hasEnd || heard > 0 else { return nil }
    wait = waits.reduce(0, +) / Double(waits.count)
    // Answers that come all at once take no time but the waiting.
    heardPerSecond = heard > 0 && seconds > 0 ? heard / seconds : .infinity
  }

  func secondsLeft(of clip: RunProgress.Clip, after elapsed: Duration) -> Double {
    let length = clip.range?.milliseconds ?? usualLength
    let hearing = Double(max(0, length - clip.heard)) / heardPerSecond
    guard clip.answered == nil else { return hearing }
    let waited = clip.began.map { (elapsed - $0) / .seconds(1) } ?? 0
    return max(0, wait - waited) + hearing
  }
}
