internal import CommandLineInterface
internal import PlainText
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

    /// How much of it was heard, in milliseconds.
    fileprivate var heard: Int {
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

  /// Notes that nothing more comes of a source.
  mutating func end(_ job: Int) {
    ended += 1
    for clip in clips[job].indices { clips[job][clip].hasEnded = true }
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
  /// - Parameter elapsed: The time since the run began.
  func timeLeft(after elapsed: Duration) -> Duration? {
    let share = share
    guard elapsed / .seconds(1) >= Self.firstSeconds, share >= Self.firstShare, share < 1 else {
      return nil
    }
    return elapsed * ((1 - share) / share)
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
