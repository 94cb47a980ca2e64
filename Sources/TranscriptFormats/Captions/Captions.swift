internal import TranscriptModel
internal import UnicodeText

/// The captions of a transcript: who shows what, from when to when, on which lines.
///
/// # The rules, the same in every format and in the report's script
///
/// **Rows.** Those with a start and something to see give captions, in the order of their starts.
///
/// **Text.** The row's as one line (``LineText``). Where speakers are wanted, a row whose voice is not
/// that of the row before begins with its label; it has room in every format, whether shown or not, so
/// that all have the same captions, and takes no time of its own.
///
/// **Translations.** Where they are asked for, each caption of a row has its share of the row's below its own
/// lines (``SecondText``), and takes no time for it.
///
/// **Lines.** ``CaptionAtoms`` says what stays together, ``CaptionLayout`` where captions and lines end,
/// ``CaptionScript`` how broad a line is when nobody says so. Two rows of two voices that begin together
/// and have a line each stand as one caption, with a dash before each.
///
/// **Times.** ``CaptionSchedule``.
struct Captions {
  /// No time is later: 100,000 hours, so that no arithmetic can overflow.
  static let latest = 360_000_000_000

  /// What one row shows of a caption.
  struct Part {
    /// The position of its row.
    let position: Int
    /// Where its lines are in ``Captions/text``, line feeds between them.
    let start: Int
    var end: Int
    /// Where its label is in them, with what stands behind it; empty where there is none.
    let labelStart: Int
    let labelEnd: Int
    /// Whether its row is written from right to left.
    let isRightToLeft: Bool
  }

  struct Cue {
    var start: Int
    var end: Int
    let part: Part
    /// Where in ``Captions/lower`` is what a second row shows below.
    var lower: Int?
    /// The characters to be read.
    let readCount: Int
    /// What its script is measured by.
    let script: CaptionScript
    /// Its broadest line in cells.
    let width: Int
    /// When its words are spoken, and how long nobody speaks behind them; `nil` where nobody knows.
    var spoken: (time: WordTime, pause: Int)?
    /// Where in ``Captions/marks`` its words are.
    var marks = 0..<0
  }

  /// Where a word begins.
  struct Mark {
    /// Where in ``Captions/text``.
    let place: Int
    /// When, in milliseconds.
    let time: Int
  }

  private(set) var cues: [Cue] = []
  /// The second rows of captions that show two.
  private(set) var lower: [Part] = []
  private(set) var text: [UInt8] = []
  /// Where words begin, but the first of each caption; only when that is asked for.
  private(set) var marks: [Mark] = []

  /// The captions of a transcript.
  init(_ transcript: ExportedTranscript, _ options: FormatOptions) {
    let segments = transcript.segments
    cues.reserveCapacity(segments.count * 2)
    text.reserveCapacity(transcript.estimatedBytes(around: 24))
    var maker = CaptionRows(transcript, options)
    var schedule = CaptionSchedule(film: transcript.filmLength, options)
    let order = Self.order(segments)
    var index = 0
    while index < order.count {
      let start = segments[order[index]].start?.milliseconds ?? 0
      schedule.begin(start, firstCue: cues.count)
      repeat {
        let position = order[index]
        index += 1
        let row = maker.row(position)
        schedule.add(segments[position], row, readCount: maker.content.readCount)
        if index < order.count, segments[order[index]].start?.milliseconds == start,
          let pair = maker.pair(row, with: order[index])
        {
          schedule.add(segments[order[index]], pair.row, readCount: pair.readCount)
          add(pair)
          index += 1
        } else {
          let below = maker.translation(of: row)
          add(row, maker.content, maker.lines, maker.spoken, below, options)
        }
      } while index < order.count && segments[order[index]].start?.milliseconds == start
      let next = index < order.count ? segments[order[index]].start?.milliseconds : nil
      schedule.end(next: next, &cues)
    }
    schedule.settle(&cues)
  }

  /// The positions of the rows that give captions, by their starts.
  private static func order(_ segments: [TranscriptSegment]) -> [Int] {
    var order: [Int] = []
    order.reserveCapacity(segments.count)
    var (last, isSorted) = (Int.min, true)
    for (position, segment) in segments.enumerated() {
      guard let start = segment.start?.milliseconds, start < latest, LineText.isSeen(segment.text)
      else { continue }
      if start < last { isSorted = false }
      last = start
      order.append(position)
    }
    if isSorted { return order }
    let starts = segments.map { $0.start?.milliseconds ?? 0 }
    return order.sorted { (starts[$0], $0) < (starts[$1], $1) }
  }

  /// Adds the captions of a row; their starts are the characters read before them, for now.
  private mutating func add(
    _ row: CaptionRows.Row,
    _ content: borrowing CaptionAtoms,
    _ lines: [CaptionLayout.Line],
    _ spoken: [SpokenAtom]?,
    _ below: [String],
    _ options: FormatOptions
  ) {
    var translations = below.makeIterator()
    let labels = content.labelCount
    content.line.withUnsafeBufferPointer { line in
      content.atoms.withUnsafeBufferPointer { atoms in
        var index = 0
        while index < lines.count {
          let (start, first, firstMark) = (text.count, lines[index].first, marks.count)
          var (width, end, labelEnd) = (0, first, start)
          repeat {
            let next = index + 1 < lines.count ? lines[index + 1].first : atoms.count
            let (begin, last) = (atoms[lines[index].first], atoms[next - 1])
            if text.count > start { text.append(0x0A) }
            if content.hidesLabel, begin.start <= content.labelEnd, content.labelEnd < last.end {
              labelEnd = text.count + content.labelEnd - begin.start
            }
            if let spoken, options.showsWordTimes {
              for atom in lines[index].first..<next
              where spoken[atom].beginsWord && atom > max(first, labels) {
                let place = text.count + atoms[atom].start - begin.start
                marks.append(Mark(place: place, time: spoken[atom].time.startMS))
              }
            }
            text.append(contentsOf: UnsafeBufferPointer(rebasing: line[begin.start..<last.end]))
            width = max(width, last.x + last.width - begin.x)
            end = next
            index += 1
          } while index < lines.count && !lines[index].beginsCue
          let last = atoms[end - 1]
          if let translation = translations.next(), !translation.isEmpty {
            text.append(0x0A)
            text.append(contentsOf: translation.utf8)
          }
          cues.append(
            Cue(
              start: atoms[first].read,
              end: 0,
              part: Part(
                position: row.position,
                start: start,
                end: text.count,
                labelStart: start,
                labelEnd: labelEnd,
                isRightToLeft: row.isRightToLeft
              ),
              lower: nil,
              readCount: last.read + last.readCount - atoms[first].read,
              script: row.script,
              width: width,
              spoken: spoken.map { spoken in
                let time = WordTime(
                  startMS: spoken[max(first, min(labels, end - 1))].time.startMS,
                  endMS: spoken[end - 1].time.endMS
                )
                return (time, end < atoms.count ? spoken[end].time.startMS - time.endMS : 0)
              },
              marks: firstMark..<marks.count
            )
          )
        }
      }
    }
  }

  /// Adds the caption of two rows.
  private mutating func add(_ pair: CaptionRows.Pair) {
    func part(_ row: CaptionRows.Row, _ line: [UInt8], _ label: Int) -> Part {
      let start = text.count
      text.append("- ")
      text.append(contentsOf: line)
      return Part(
        position: row.position,
        start: start,
        end: text.count,
        labelStart: start + 2,
        labelEnd: start + 2 + label,
        isRightToLeft: row.isRightToLeft
      )
    }
    let upper = part(pair.upper, pair.upperLine, pair.upperLabel)
    text.append(0x0A)
    lower.append(part(pair.row, pair.line, pair.label))
    cues.append(
      Cue(
        start: 0,
        end: 0,
        part: upper,
        lower: lower.count - 1,
        readCount: pair.upperRead + pair.readCount,
        script: pair.upper.script,
        width: pair.width
      )
    )
  }
}
