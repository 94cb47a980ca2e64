internal import TranscriptModel

/// Finds more words than can be said in the time there is, and transcripts far too full or thin.
struct PaceCheck {
  /// Words a second that nobody says: the fastest speech on record is about 11, for seconds only;
  /// auctioneers reach 5, conversation 2 to 3.
  private static let wordsPerSecond = 7
  /// Fewer words than this can be anything, as times are rounded.
  private static let fewestWords = 10
  /// Words a minute over a whole transcript that no one keeps up: broadcasters and fast podcasts
  /// stay below 220.
  private static let highestDensity = 270
  /// Words a minute below which most of the stretch is silent, or missing.
  private static let lowestDensity = 10
  /// Shorter stretches say nothing about density.
  private static let shortestStretch = 300_000

  private let input: ValidationInput

  init(_ input: ValidationInput) { self.input = input }

  var findings: [Finding] { fastGroups + density }

  /// Rows that start together are one group: the time until the next later start is for all.
  private var fastGroups: [Finding] {
    var findings: [Finding] = []
    var first = 0
    while first < input.segments.count {
      let start = input.segments[first].start
      var next = first + 1
      while next < input.segments.count, start != nil, input.segments[next].start == start {
        next += 1
      }
      if let finding = finding(first..<next) { findings.append(finding) }
      first = next
    }
    return findings
  }

  private func finding(_ group: Range<Int>) -> Finding? {
    let words = group.reduce(0) { $0 + input.profiles[$1].words }
    guard words >= Self.fewestWords, let start = input.segments[group.lowerBound].start,
      let end = group.compactMap({ input.segments[$0].end }).max()
    else { return nil }
    let milliseconds = max(0, end.milliseconds - start.milliseconds)
    guard words * 1000 > Self.wordsPerSecond * (milliseconds + grace(start, end)) else {
      return nil
    }
    let subject = group.count > 1 ? "\(group.count) rows from" : "All of"
    let message =
      "\(subject) \(input.name(group.lowerBound)): \(words) words in "
      + "\(Self.seconds(milliseconds)) s cannot be said; a time or the text is wrong."
    return Finding(.impossiblePace, message, rows: input.rows(group))
  }

  /// What rounding may hide: a second between times of whole seconds.
  private func grace(_ start: Timecode, _ end: Timecode) -> Int {
    start.milliseconds % 1000 == 0 && end.milliseconds % 1000 == 0 ? 1000 : 300
  }

  private static func seconds(_ milliseconds: Int) -> String {
    let tenths = (milliseconds + 50) / 100
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  private var density: [Finding] {
    let words = input.profiles.reduce(0) { $0 + $1.words }
    guard let stretch = input.stretch, stretch.milliseconds >= Self.shortestStretch, words > 0
    else { return [] }
    let perMinute = words * 60000 / stretch.milliseconds
    let counted = "\(words) words in \(stretch.milliseconds / 60000) minutes"
    if perMinute > Self.highestDensity {
      let message = "\(counted) are more than people say; rows may be repeated or invented."
      return [Finding(.implausibleDensity, message)]
    }
    guard perMinute < Self.lowestDensity else { return [] }
    let message = "\(counted) are few; unless most of it is silent, speech is missing."
    return [Finding(.implausibleDensity, .note, message)]
  }
}
