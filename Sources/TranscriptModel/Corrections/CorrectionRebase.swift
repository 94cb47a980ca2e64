public import OrderedJSON

extension TranscriptDocument {
  /// Carries the corrections of another transcript of the same recording over to this one, behind those
  /// it has; none is lost: each has the member `carried`, which says how it fared (``CarriedCorrection``).
  ///
  /// Rows are found by time and words, voices by their names and by when they speak. A text is
  /// corrected where the words that were replaced stand between the same words. Those that were carried
  /// from there before are passed over.
  ///
  /// - Returns: The corrections as they stand in this document now, in order.
  public mutating func carry(correctionsOf other: TranscriptDocument) -> [JSONValue] {
    let known = Set(
      corrections.compactMap { json in
        CarriedCorrection(json)?.from == other.run.id ? json["id"]?.string : nil
      }
    )
    var rebase = CorrectionRebase(from: other, to: self)
    let carried = other.corrections.enumerated()
      .filter { !known.contains($0.element["id"]?.string ?? "") }
      .map { rebase.carry($0.element, index: $0.offset) }
    return append(carried)
  }

  /// Adds corrections that may not apply, with ids that are free.
  private mutating func append(_ new: [JSONValue]) -> [JSONValue] {
    var taken = Set(corrections.compactMap { $0["id"]?.string })
    let renamed = new.map { json -> JSONValue in
      guard let id = json["id"]?.string, !taken.insert(id).inserted, var object = json.object else {
        return json
      }
      var number = taken.count
      while !taken.insert("c\(number)").inserted { number += 1 }
      object["id"] = .string("c\(number)")
      return .object(object)
    }
    corrections += renamed
    return renamed
  }
}

/// Finds the places of corrections in another transcript of the same recording, one after the other.
struct CorrectionRebase {
  private let run: String
  private var old: CorrectionApplier
  private var new: CorrectionApplier
  private var counterparts: RowCounterparts
  private var voices: [Int: Int]
  /// Where rows of the old transcript went that were found once.
  private var places: [Int: Int] = [:]

  init(from other: TranscriptDocument, to document: TranscriptDocument) {
    run = other.run.id
    old = CorrectionApplier(other.transcript, title: other.source.title)
    new = CorrectionApplier(document.transcript, title: document.source.title)
    for (index, json) in document.corrections.enumerated() {
      guard let correction = try? Correction(json: json, index: index),
        (try? CarriedCorrection.isApplied(json, correction, index: index)) == true
      else { continue }
      _ = try? new.apply(correction, index: index)
    }
    counterparts = RowCounterparts(document.transcript.segments)
    voices = Self.voices(other.transcript, document.transcript, counterparts)
  }

  /// The voices of the new transcript by those of the old: of one name, else speaking at the same times.
  private static func voices(
    _ old: Transcript,
    _ new: Transcript,
    _ counterparts: RowCounterparts
  ) -> [Int: Int] {
    var common: [[Int]: Int] = [:]
    for row in old.segments {
      guard let voice = row.voice, let position = counterparts.nearest(to: row),
        let other = new.segments[position].voice
      else { continue }
      common[[voice, other], default: 0] += 1
    }
    var voices: [Int: Int] = [:]
    var taken: Set<Int> = []
    for speaker in old.speakers {
      let same = new.speakers.filter { $0.name != nil && $0.name == speaker.name }
      if same.count == 1, taken.insert(same[0].voice).inserted {
        voices[speaker.voice] = same[0].voice
      }
    }
    for (pair, _) in common.sorted(by: { ($1.value, $0.key[0]) < ($0.value, $1.key[0]) })
    where voices[pair[0]] == nil && taken.insert(pair[1]).inserted {
      voices[pair[0]] = pair[1]
    }
    return voices
  }

  /// The correction for the new transcript, with how it fared.
  mutating func carry(_ json: JSONValue, index: Int) -> JSONValue {
    // What had no place before has none now either, and what was not needed is not.
    if let earlier = CarriedCorrection(json), [.conflict, .obsolete].contains(earlier.outcome) {
      return marked(json, earlier.outcome, row: earlier.row)
    }
    let correction: Correction
    let position: Int?
    do throws(CorrectionProblem) {
      correction = try Correction(json: json, index: index)
      position = try old.apply(correction, index: index)
    } catch {
      return marked(json, .conflict, row: json["row"]?.int)
    }
    let row = position.map { old.madeSegment(at: $0).row }
    switch placed(correction, position) {
    case .obsolete: return marked(json, .obsolete, row: row)
    case .conflict: return marked(json, .conflict, row: row)
    case .change(let change):
      var other = correction
      other.change = change
      do throws(CorrectionProblem) {
        try new.apply(other, index: index)
      } catch {
        return marked(json, .conflict, row: row)
      }
      if let added = correction.change.newRow, let free = change.newRow,
        let from = old.position(row: added)
      {
        places[from] = new.position(row: free)
      }
      let isKept = change == correction.change
      return marked(other.json, isKept ? .kept : .moved, row: row)
    }
  }

  private func marked(
    _ json: JSONValue,
    _ outcome: CarriedCorrection.Outcome,
    row: Int?
  ) -> JSONValue {
    guard var object = json.object else { return json }
    object["carried"] = CarriedCorrection(from: run, outcome: outcome, row: row).json
    return .object(object)
  }

  private enum Placed {
    case change(Correction.Change)
    case obsolete
    case conflict
  }

  private mutating func placed(_ correction: Correction, _ position: Int?) -> Placed {
    switch correction.change {
    case .text(let place, let before, let after):
      position.map { text($0, place, before, after) } ?? .conflict
    case .voice(let place, let before, let after):
      position.map { voice($0, place, before, after) } ?? .conflict
    case .checked(let place, let isChecked):
      position.map { checked($0, place, isChecked) } ?? .conflict
    case .speaker(let voice, let field, let before, let after): speaker(voice, field, before, after)
    case .merge(let voice, let into): merge(voice, into)
    case .split(let voice, let rows, let newVoice): split(voice, rows, newVoice)
    // They are those of the old rows; the sound can be asked again.
    case .times: .obsolete
    case .withhold(let restriction): withheld(restriction)
    case .title(let before, let after): title(before, after)
    case .divide(let place, let before, let division):
      position.map { divide($0, place, before, division) } ?? .conflict
    case .join(let place, let before, _, let nextBefore, let after):
      position.map { join($0, place, before, nextBefore, after) } ?? .conflict
    case .delete(let place, let before): position.map { delete($0, place, before) } ?? .conflict
    case .insert(let place, let row): insert(position, place, row)
    case .retime(let place, _, let after): position.map { retime($0, place, after) } ?? .conflict
    }
  }

  // MARK: Rows

  private mutating func text(
    _ position: Int,
    _ place: Correction.Place,
    _ before: String,
    _ after: String
  ) -> Placed {
    var isThere = false
    for candidate in candidates(position) {
      let row = new.segment(at: candidate)
      switch TextWords.merge(before: before, after: after, into: row.text) {
      case .there: isThere = true
      case .changed(let text):
        places[position] = candidate
        return .change(.text(moved(place, row), before: row.text, after: text))
      case .none: break
      }
    }
    return isThere ? .obsolete : .conflict
  }

  private mutating func voice(
    _ position: Int,
    _ place: Correction.Place,
    _ before: Int?,
    _ after: Int?
  ) -> Placed {
    guard let candidate = candidates(position).first else { return .conflict }
    let row = new.segment(at: candidate)
    let (old, wanted) = (before.flatMap { voices[$0] }, after.flatMap { voices[$0] })
    guard (after == nil) == (wanted == nil) else { return .conflict }
    if row.voice == wanted { return .obsolete }
    guard row.voice == old else { return .conflict }
    return .change(.voice(moved(place, row), before: row.voice, after: wanted))
  }

  /// A person vouches for the words that were there, and for no others.
  private mutating func checked(
    _ position: Int,
    _ place: Correction.Place,
    _ isChecked: Bool
  ) -> Placed {
    let words = old.segment(at: position).text
    for candidate in candidates(position) {
      let row = new.segment(at: candidate)
      guard row.text.utf8.elementsEqual(words.utf8) else { continue }
      return .change(.checked(moved(place, row), isChecked))
    }
    return .conflict
  }

  /// The positions that a row may have, the likeliest first; none for one that was added there and not here.
  private mutating func candidates(_ position: Int) -> [Int] {
    if let place = places[position] { return [place] }
    return old.isAdded(position) ? [] : likely(position)
  }

  /// Where something like a row is said, the likeliest first.
  private mutating func likely(_ position: Int) -> [Int] {
    counterparts.candidates(for: old.madeSegment(at: position))
      .filter { new.position(row: new.madeSegment(at: $0).row) == $0 }
  }

  /// The place of a row; without a time when there was none.
  private func moved(_ place: Correction.Place, _ row: TranscriptSegment) -> Correction.Place {
    Correction.Place(row: row.row, start: place.start == nil ? nil : new.madeStart(row: row.row))
  }

  /// The first row that may be the one at a position and says the very words.
  private mutating func candidate(_ position: Int, saying text: String) -> Int? {
    candidates(position).first { new.segment(at: $0).text.utf8.elementsEqual(text.utf8) }
  }

  // MARK: Rows that come, go and move

  private mutating func divide(
    _ position: Int,
    _ place: Correction.Place,
    _ before: String,
    _ division: Correction.Division
  ) -> Placed {
    if let candidate = candidate(position, saying: before) {
      places[position] = candidate
      var division = division
      division.newRow = new.freeRow(division.newRow)
      return .change(.divide(moved(place, new.segment(at: candidate)), before: before, division))
    }
    guard let first = candidate(position, saying: division.first),
      let second = new.following(first),
      new.segment(at: second).text.utf8.elementsEqual(division.second.utf8)
    else { return .conflict }
    places[position] = first
    if let added = old.position(row: division.newRow) { places[added] = second }
    return .obsolete
  }

  private mutating func join(
    _ position: Int,
    _ place: Correction.Place,
    _ before: String,
    _ nextBefore: String,
    _ after: String
  ) -> Placed {
    if let candidate = candidate(position, saying: after) {
      places[position] = candidate
      return .obsolete
    }
    guard let candidate = candidate(position, saying: before),
      let next = new.following(candidate),
      new.segment(at: next).text.utf8.elementsEqual(nextBefore.utf8)
    else { return .conflict }
    places[position] = candidate
    return .change(
      .join(
        moved(place, new.segment(at: candidate)),
        before: before,
        next: new.segment(at: next).row,
        nextBefore: nextBefore,
        after: after
      )
    )
  }

  private mutating func delete(
    _ position: Int,
    _ place: Correction.Place,
    _ before: String
  ) -> Placed {
    if let candidate = candidate(position, saying: before) {
      return .change(.delete(moved(place, new.segment(at: candidate)), before: before))
    }
    // Where nothing like it is said, there is nothing to take away.
    return candidates(position).isEmpty && !old.isAdded(position) ? .obsolete : .conflict
  }

  private mutating func insert(
    _ position: Int?,
    _ place: Correction.Place?,
    _ row: Correction.NewRow
  ) -> Placed {
    guard let added = old.position(row: row.row) else { return .conflict }
    if let there = likely(added).first {
      places[added] = there
      return .obsolete
    }
    var row = row
    row.row = new.freeRow(row.row)
    if let voice = row.voice {
      guard let other = voices[voice] else { return .conflict }
      row.voice = other
    }
    guard let position, let place else { return .change(.insert(behind: nil, row)) }
    guard let candidate = candidates(position).first else { return .conflict }
    return .change(.insert(behind: moved(place, new.segment(at: candidate)), row))
  }

  private mutating func retime(
    _ position: Int,
    _ place: Correction.Place,
    _ after: Correction.Span
  ) -> Placed {
    guard let candidate = candidate(position, saying: old.segment(at: position).text) else {
      return .conflict
    }
    let row = new.segment(at: candidate)
    if row.start == after.start, row.end == after.end { return .obsolete }
    let span = Correction.Span(start: row.start, end: row.end, endIsEstimate: row.endIsEstimate)
    return .change(.retime(moved(place, row), before: span, after: after))
  }

  /// What was withheld stays so: of rows, everything that is said now when they were.
  private mutating func withheld(_ restriction: Correction.Restriction) -> Placed {
    guard case .rows = restriction else {
      return new.restrictions.contains(restriction) ? .obsolete : .change(.withhold(restriction))
    }
    // As the applier found them.
    guard case .rows(let places)? = old.restrictions.last else { return .conflict }
    var found: Set<Int> = []
    for place in places {
      guard let position = old.everPosition(row: place.row) else { return .conflict }
      let there = Set(candidates(position).prefix(1)).union(spoken(during: position))
      guard !there.isEmpty else { return .conflict }
      found.formUnion(there)
    }
    return .change(
      .withhold(
        .rows(
          found.sorted().map { position in
            let row = new.segment(at: position)
            return Correction.Place(row: row.row, start: new.madeStart(row: row.row))
          }
        )
      )
    )
  }

  /// The positions of rows that are spoken while one of the old transcript is, which ends where the next
  /// begins unless it says so.
  private func spoken(during position: Int) -> [Int] {
    let row = old.madeSegment(at: position)
    guard let start = row.start else { return [] }
    let next = old.following(position).flatMap { old.madeSegment(at: $0).start }
    let end = row.end ?? next ?? start
    return new.positions { other in
      guard let begin = other.start else { return false }
      return begin == start || begin < end && (other.end ?? begin) > start
    }
  }

  private func title(_ before: String?, _ after: String?) -> Placed {
    if new.title == after { return .obsolete }
    guard new.title == before || new.title == nil else { return .conflict }
    return .change(.title(before: new.title, after: after))
  }

  // MARK: Speakers

  private func speaker(
    _ voice: Int,
    _ field: Correction.Field,
    _ before: String?,
    _ after: String?
  ) -> Placed {
    guard let other = voices[voice], let speaker = new.speaker(voice: other) else {
      return .conflict
    }
    if speaker[field] == after { return .obsolete }
    guard speaker[field] == before || speaker[field] == nil else { return .conflict }
    return .change(.speaker(voice: other, field, before: speaker[field], after: after))
  }

  private mutating func merge(_ voice: Int, _ into: Int) -> Placed {
    guard let target = voices[into] else { return .conflict }
    guard let other = voices[voice], new.speaker(voice: other) != nil else { return .obsolete }
    if other == target { return .obsolete }
    voices[voice] = target
    return .change(.merge(voice: other, into: target))
  }

  private mutating func split(_ voice: Int, _ rows: [Int], _ newVoice: Int) -> Placed {
    guard let other = voices[voice] else { return .conflict }
    var found: [TranscriptSegment] = []
    for row in rows {
      guard let position = old.position(row: row),
        let candidate = candidates(position).first
      else { return .conflict }
      found.append(new.segment(at: candidate))
    }
    let others = Set(found.map(\.voice))
    if others.count == 1, let own = others.first, let own, own != other {
      voices[newVoice] = own
      return .obsolete
    }
    guard others == [other] else { return .conflict }
    var free = newVoice
    while new.speaker(voice: free) != nil { free += 1 }
    voices[newVoice] = free
    return .change(.split(voice: other, rows: found.map(\.row), newVoice: free))
  }
}

extension Correction.Change {
  /// The number of the row that it adds.
  fileprivate var newRow: Int? {
    switch self {
    case .divide(_, _, let division): division.newRow
    case .insert(_, let row): row.row
    default: nil
    }
  }
}
