internal import TranscriptModel

/// When captions come and go.
///
/// **Rows that begin together** share the time until the next later start in their order, by their
/// characters; so do the captions of one row, unless it is known when their words are spoken: then they begin with
/// them, and one before a ``CaptionTime/longPause`` ends ``CaptionTime/hold`` behind its last.
///
/// **Ends.** A stated end holds. One that is guessed is where the rows have been read, half a second and
/// their characters at the script's speed, a second at least and ``CaptionTime/longest`` for each
/// caption at most, and not beyond the row's estimated end. No end is beyond the next later start or
/// the film's end.
///
/// **Shortest.** A caption that would last less than ``CaptionTime/shortest`` runs on into the time
/// behind it; where the next one stands there, that comes later, by ``CaptionTime/latestDelay`` at
/// most. What is delayed into free time keeps the time it takes to be read.
///
/// **Between.** Captions follow each other in order and never overlap. ``CaptionTime/gap`` is between
/// two, less where a caption would become too short (an eleventh of its slot).
struct CaptionSchedule {
  /// When everything is over.
  private let film: Int
  private let options: FormatOptions

  /// The rows that begin together.
  private var start = 0
  private var firstCue = 0
  private var readCount = 0
  private var readingTime = 0
  private var stated = 0
  private var estimated = 0
  private var isGuessed = false
  private var rowCount = 0
  /// The last start that was given.
  private var latest = -1
  /// For each caption, when it would begin if no other were in the way.
  private var planned: [Int] = []
  /// How long each caption would rather be there.
  private var wishes: [Int] = []

  init(film: Int?, _ options: FormatOptions) {
    self.film = min(film ?? Captions.latest, Captions.latest)
    self.options = options
  }

  /// Begins rows with a start.
  mutating func begin(_ start: Int, firstCue: Int) {
    self.start = start
    self.firstCue = firstCue
    (readCount, readingTime, stated, estimated, isGuessed) = (0, 0, 0, 0, false)
    rowCount = 0
  }

  /// Adds a row to those that begin together, before its captions are made.
  mutating func add(_ segment: TranscriptSegment, _ row: CaptionRows.Row, readCount count: Int) {
    readCount += count
    rowCount += 1
    readingTime += CaptionLayout.up(count * 1000, speed(row.script))
    let end = segment.end.map { min($0.milliseconds, Captions.latest) }
    let later = end.flatMap { $0 > start ? $0 : nil }
    if let later, !segment.endIsEstimate {
      stated = max(stated, later)
    } else {
      isGuessed = true
      estimated = max(estimated, later ?? 0)
    }
  }

  private func speed(_ script: CaptionScript) -> Int {
    options.readingSpeed ?? script.readingSpeed
  }

  /// Gives the captions of these rows their times, as long as no other caption is in the way.
  mutating func end(next: Int?, _ cues: inout [Captions.Cue]) {
    let count = cues.count - firstCue
    guard count > 0 else { return }
    let end = end(count, next)
    let span = end - start
    let least = min(CaptionTime.slot, span / count)
    var previous = start - max(least, 1)
    // The captions of each row count from their row's first character.
    var (read, position) = (0, cues[firstCue].part.position)
    var rowStart = 0
    for index in firstCue..<cues.count {
      if cues[index].part.position != position {
        (position, rowStart) = (cues[index].part.position, read)
      }
      read = rowStart + cues[index].start + cues[index].readCount
      let offset = rowStart + cues[index].start
      let spoken = rowCount == 1 && index > firstCue ? cues[index].spoken?.time.startMS : nil
      let wanted = spoken ?? start + span * offset / max(readCount, 1)
      let begin = min(max(wanted, previous + max(least, 1)), end - (cues.count - index) * least)
      previous = max(begin, latest + 1)
      latest = previous
      cues[index].start = previous
      if index > firstCue { cues[index - 1].end = self.end(of: cues[index - 1], before: previous) }
      planned.append(previous)
      wishes.append(wish(cues[index]))
    }
    cues[cues.count - 1].end = max(end, previous + 1)
  }

  /// Where a caption ends that another one of its rows follows.
  private func end(of cue: Captions.Cue, before next: Int) -> Int {
    guard rowCount == 1, let spoken = cue.spoken, spoken.pause >= CaptionTime.longPause else {
      return next
    }
    return max(cue.start + 1, min(next, spoken.time.endMS + CaptionTime.hold))
  }

  private func end(_ count: Int, _ next: Int?) -> Int {
    var end = stated
    if isGuessed {
      var guess = max(1000, 500 + readingTime)
      guess = start + min(guess, CaptionTime.longest * count)
      if estimated > start { guess = min(guess, estimated) }
      end = max(end, guess)
    }
    if let next { end = min(end, next) }
    return film > start ? min(end, film) : end
  }

  private func wish(_ cue: Captions.Cue) -> Int {
    guard isGuessed else { return CaptionTime.slot }
    let time = CaptionLayout.up(cue.readCount * 1000, speed(cue.script))
    return min(CaptionTime.longest, max(CaptionTime.slot, time))
  }

  // MARK: All captions

  /// Makes room for what is too short, keeps everything in the film, and leaves gaps.
  func settle(_ cues: inout [Captions.Cue]) {
    guard !cues.isEmpty else { return }
    delay(&cues)
    bringBack(&cues)
    for index in cues.indices where index + 1 < cues.count {
      let room = cues[index + 1].start - cues[index].start
      let gap = min(CaptionTime.gap, room / 11)
      cues[index].end = min(cues[index].end, cues[index + 1].start - gap)
    }
    guard options.timeOffset > 0 else { return }
    for index in cues.indices {
      cues[index].start += options.timeOffset
      cues[index].end += options.timeOffset
    }
  }

  private func delay(_ cues: inout [Captions.Cue]) {
    var previous = 0
    for index in cues.indices {
      let start = max(planned[index], previous)
      var end = cues[index].end
      if index + 1 < cues.count {
        let next = planned[index + 1]
        end = max(end, min(start + wishes[index], next))
        end = max(end, min(start + CaptionTime.slot, next + CaptionTime.latestDelay))
      } else {
        end = max(end, start + wishes[index])
      }
      if film > planned[index] { end = min(end, film) }
      cues[index].start = start
      cues[index].end = end
      previous = end
    }
  }

  /// Moves captions that the delays pushed up to the film's end, or beyond it, back into it.
  private func bringBack(_ cues: inout [Captions.Cue]) {
    var limit = film
    for index in cues.indices.reversed() where planned[index] < film {
      let end = min(cues[index].end, limit)
      let isShort = end - cues[index].start < CaptionTime.slot
      let start =
        isShort
        ? max(planned[index], min(cues[index].start, end - CaptionTime.slot)) : cues[index].start
      if end == cues[index].end, start == cues[index].start, end < limit { return }
      cues[index].end = end
      cues[index].start = start
      limit = start
    }
  }
}
