/// Applies corrections one by one to a growing result.
struct CorrectionApplier {
  /// How far from its time a row is looked for by its text, in milliseconds.
  private static let textReach = 10_000

  private let machine: Transcript
  /// What the recording is called now.
  private(set) var title: String?
  private var transcript: Transcript
  /// Every row as the machine had it, or as a person added it; behind those of the machine.
  private var made: [TranscriptSegment]
  /// Where rows are by their number; those that are gone, too.
  private var positions: [Int: Int]
  /// The order of rows, once it is another than that of positions.
  private var chain: RowChain?
  private var gone: Set<Int> = []
  /// Where rows start, in order of time.
  private let starts: [(time: Int, position: Int)]
  private var textPositions: Set<Int> = []
  private var checkedPositions: Set<Int> = []
  private var isTimedBySound = false
  /// Rows of which a person has said when they are spoken.
  private var retimedPositions: Set<Int> = []
  /// When the words of a row are spoken, by position.
  private var wordTimes: [Int: [WordTime]] = [:]
  /// What is not to go out, with the numbers of rows here.
  private(set) var restrictions: [Correction.Restriction] = []
  private var moves: [CorrectedTranscript.Move] = []
  /// Where each text stands now; made when a row is first looked for by its text alone.
  private var positionsByText: [String: [Int]]?

  init(_ transcript: Transcript, title: String?) {
    machine = transcript
    self.title = title
    self.transcript = transcript
    made = transcript.segments
    positions = Dictionary(
      transcript.segments.enumerated().map { ($1.row, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    starts = transcript.segments.enumerated()
      .compactMap { position, segment in segment.start.map { ($0.milliseconds, position) } }
      .sorted { $0 < $1 }
  }

  /// Applies one correction, or changes nothing.
  ///
  /// - Returns: The position of the row that it is about; `nil` for one about a speaker.
  @discardableResult
  mutating func apply(
    _ correction: Correction,
    index: Int
  ) throws(CorrectionProblem) -> Int? {
    do throws(Refusal) {
      switch correction.change {
      case .text(let place, let before, let after):
        let position = try find(place, of: correction, text: before) {
          $0.text.isSame(as: before)
        }
        setText(after, at: position)
        textPositions.insert(position)
        return position
      case .voice(let place, let before, let after):
        if let after { _ = try speaker(after) }
        let position = try find(place, of: correction) { $0.voice == before }
        transcript.segments[position].voice = after
        return position
      case .speaker(let voice, let field, let before, let after):
        try set(field, of: voice, before, after)
      case .merge(let voice, let into): try merge(voice, into)
      case .split(let voice, let rows, let newVoice): try split(voice, rows, newVoice)
      case .checked(let place, let isChecked):
        let position = try find(place, of: correction) { _ in true }
        if isChecked {
          checkedPositions.insert(position)
        } else {
          checkedPositions.remove(position)
        }
        return position
      case .times(let rows): try setTimes(rows)
      case .withhold(let restriction):
        restrictions.append(try placed(restriction, of: correction))
      case .title(let before, let after):
        guard title.isSame(as: before) else {
          throw Refusal(.beforeDiffers, "The title is not what it was when it was corrected.")
        }
        title = after
      case .divide, .join, .delete, .insert, .retime: return try applyToRows(correction)
      }
      return nil
    } catch {
      throw CorrectionProblem(index: index, id: correction.id, error.code, error.message)
    }
  }

  /// The positions of the rows that are wanted, as they were made.
  func positions(where isWanted: (TranscriptSegment) -> Bool) -> [Int] {
    made.indices.filter { !gone.contains($0) && isWanted(made[$0]) }
  }

  /// A row as it is now.
  func segment(at position: Int) -> TranscriptSegment { transcript.segments[position] }

  /// When the machine lets a row begin, or whoever added it.
  func madeStart(row: Int) -> Timecode? { positions[row].flatMap { made[$0].start } }

  /// A row as the machine had it, or as a person added it.
  func madeSegment(at position: Int) -> TranscriptSegment { made[position] }

  /// Whether a person added the row at a position.
  func isAdded(_ position: Int) -> Bool { position >= machine.segments.count }

  /// Where the row of a number is; `nil` where there is none, or none any more.
  func position(row: Int) -> Int? { positions[row].flatMap { gone.contains($0) ? nil : $0 } }

  /// Where the row of a number is or was.
  func everPosition(row: Int) -> Int? { positions[row] }

  /// The row behind one.
  func following(_ position: Int) -> Int? {
    guard let chain else { return position + 1 < made.count ? position + 1 : nil }
    return chain.following(position)
  }

  /// A number that no row has or had: the one wanted, if it is free.
  func freeRow(_ wanted: Int) -> Int {
    positions[wanted] == nil ? wanted : (positions.keys.max() ?? 0) + 1
  }

  /// A speaker as it is now.
  func speaker(voice: Int) -> Speaker? { transcript.speaker(voice: voice) }

  /// The position of the row that a correction was made on.
  ///
  /// It is the row of that number, when it fits and begins at the time given, if one is given.
  /// Otherwise the row has moved: it is the fitting one that begins nearest to that time, the first
  /// of several. Texts tell rows apart, so it may be some seconds off, and without a time it is the
  /// only row of that text; what fits by less must begin at the very time.
  private mutating func find(
    _ place: Correction.Place,
    of correction: Correction,
    text: String? = nil,
    fits: (TranscriptSegment) -> Bool
  ) throws(Refusal) -> Int {
    let stated = position(row: place.row)
    if let stated, fits(transcript.segments[stated]),
      place.start == nil || made[stated].start == place.start
    {
      return stated
    }
    guard let position = moved(place, text, fits) else {
      guard let stated else {
        throw Refusal(.rowMissing, "There is no row \(place.row + 1), and none like it nearby.")
      }
      let number = transcript.segments[stated].row + 1
      throw Refusal(.beforeDiffers, "Row \(number) is not what it was when it was corrected.")
    }
    let newRow = transcript.segments[position].row
    if newRow != place.row {
      moves.append(.init(id: correction.id, row: place.row, newRow: newRow))
    }
    return position
  }

  private mutating func moved(
    _ place: Correction.Place,
    _ text: String?,
    _ fits: (TranscriptSegment) -> Bool
  ) -> Int? {
    guard let start = place.start?.milliseconds else { return text.flatMap { onlyRow(saying: $0) } }
    let segments = transcript.segments
    let reach = text == nil ? 0 : Self.textReach
    var nearest: (distance: Int, position: Int)?
    for (other, position) in starts[firstStart(from: start - reach)...] {
      guard other - start <= reach else { break }
      let candidate = (distance: abs(other - start), position: position)
      if let nearest, nearest < candidate { continue }
      if !gone.contains(position), fits(segments[position]) { nearest = candidate }
    }
    return nearest?.position
  }

  private mutating func onlyRow(saying text: String) -> Int? {
    if positionsByText == nil {
      let segments = transcript.segments
      positionsByText = Dictionary(grouping: segments.indices) { segments[$0].text }
    }
    // Texts that differ in the spelling of an accent share a key.
    let likely = positionsByText?[text] ?? []
    let fitting = likely.filter {
      !gone.contains($0) && transcript.segments[$0].text.isSame(as: text)
    }
    return fitting.count == 1 ? fitting.first : nil
  }

  private mutating func setText(_ text: String, at position: Int) {
    positionsByText?[transcript.segments[position].text]?.removeAll { $0 == position }
    positionsByText?[text, default: []].append(position)
    transcript.segments[position].text = text
  }

  /// The index of the first start that is not before a time.
  private func firstStart(from time: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle].time < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func speaker(_ voice: Int) throws(Refusal) -> Int {
    guard let index = transcript.speakers.firstIndex(where: { $0.voice == voice }) else {
      throw Refusal(.unknownVoice, "There is no voice \(voice).")
    }
    return index
  }

  private mutating func set(
    _ field: Correction.Field,
    of voice: Int,
    _ before: String?,
    _ after: String?
  ) throws(Refusal) {
    let index = try speaker(voice)
    let value = transcript.speakers[index][field]
    guard value.isSame(as: before) else {
      throw Refusal(
        .beforeDiffers,
        "The \(field.rawValue) of voice \(voice) is not what it was when it was corrected."
      )
    }
    transcript.speakers[index][field] = after
  }

  /// The voice that stays keeps what is known of it, and takes what it lacks from the other.
  private mutating func merge(_ voice: Int, _ into: Int) throws(Refusal) {
    guard voice != into else { throw Refusal(.voiceTaken, "Voice \(voice) is voice \(into).") }
    let other = transcript.speakers[try speaker(voice)]
    let index = try speaker(into)
    if transcript.speakers[index].name == nil {
      transcript.speakers[index].name = other.name
      transcript.speakers[index].nameStatus = other.nameStatus
    }
    for field in Correction.Field.allCases where transcript.speakers[index][field] == nil {
      if let value = other[field] { transcript.speakers[index][field] = value }
    }
    transcript.speakers.removeAll { $0.voice == voice }
    for position in transcript.segments.indices
    where transcript.segments[position].voice == voice {
      transcript.segments[position].voice = into
    }
  }

  private mutating func split(_ voice: Int, _ rows: [Int], _ newVoice: Int) throws(Refusal) {
    _ = try speaker(voice)
    guard !transcript.speakers.contains(where: { $0.voice == newVoice }) else {
      throw Refusal(.voiceTaken, "There is a voice \(newVoice) already.")
    }
    var places: [Int] = []
    for row in rows {
      guard let position = position(row: row) else {
        throw Refusal(.rowMissing, "There is no row \(row + 1).")
      }
      guard transcript.segments[position].voice == voice else {
        throw Refusal(.beforeDiffers, "Row \(row + 1) does not have voice \(voice).")
      }
      places.append(position)
    }
    for position in places { transcript.segments[position].voice = newVoice }
    // A person vouches for it, so it does not count as one that the reply forgot to describe.
    transcript.speakers.append(Speaker(voice: newVoice))
  }

  /// A restriction with the numbers of rows here.
  private mutating func placed(
    _ restriction: Correction.Restriction,
    of correction: Correction
  ) throws(Refusal) -> Correction.Restriction {
    guard case .rows(let places) = restriction else { return restriction }
    var found: [Correction.Place] = []
    for place in places {
      let position = try find(place, of: correction) { _ in true }
      let row = made[position]
      found.append(.init(row: row.row, start: row.start))
    }
    return .rows(found)
  }

  private mutating func setTimes(_ rows: [Correction.RowTime]) throws(Refusal) {
    var places: [Int] = []
    for row in rows {
      guard let position = position(row: row.row) else {
        throw Refusal(.rowMissing, "There is no row \(row.row + 1).")
      }
      guard made[position].start == row.before else {
        throw Refusal(.beforeDiffers, "Row \(row.row + 1) does not begin where it did.")
      }
      places.append(position)
    }
    for (position, row) in zip(places, rows) where !retimedPositions.contains(position) {
      transcript.segments[position].start = row.start
      transcript.segments[position].end = row.end
      transcript.segments[position].endIsEstimate = row.confidence == 0
      wordTimes[position] = row.words.map { $0.moved(by: row.start.milliseconds) }
    }
    isTimedBySound = true
  }

  // MARK: Rows that come, go and move

  private mutating func applyToRows(_ correction: Correction) throws(Refusal) -> Int? {
    switch correction.change {
    case .divide(let place, let before, let division):
      let position = try find(place, of: correction, text: before) { $0.text.isSame(as: before) }
      try divide(position, division)
      return position
    case .join(let place, let before, let next, let nextBefore, let after):
      let position = try find(place, of: correction, text: before) { $0.text.isSame(as: before) }
      try join(position, next, nextBefore, after)
      return position
    case .delete(let place, let before):
      let position = try find(place, of: correction, text: before) { $0.text.isSame(as: before) }
      remove(position)
      return position
    case .insert(let place, let row):
      if let voice = row.voice { _ = try speaker(voice) }
      let position = try place.map { place throws(Refusal) in
        try find(place, of: correction) { _ in true }
      }
      try insert(row, behind: position)
      return position
    case .retime(let place, _, let after):
      let position = try find(place, of: correction) { _ in true }
      retime(position, after)
      return position
    default: return nil
    }
  }

  private mutating func divide(_ position: Int, _ division: Correction.Division) throws(Refusal) {
    let whole = transcript.segments[position]
    var second = TranscriptSegment(
      row: division.newRow,
      start: division.at,
      end: division.at == nil ? nil : whole.end,
      endIsEstimate: whole.endIsEstimate,
      voice: whole.voice,
      text: division.second,
      extras: whole.extras
    )
    if let at = division.at {
      second.start = max(whole.start ?? at, min(whole.end ?? at, at))
    }
    try add(second, behind: position)
    withhold(division.newRow, with: whole.row)
    if division.at != nil { transcript.segments[position].end = second.start }
    setText(division.first, at: position)
    textPositions.insert(position)
    if checkedPositions.contains(position) { checkedPositions.insert(made.count - 1) }
    guard let words = times(of: whole, at: position) else { return }
    let count = Self.words(of: division.first)
    wordTimes[position] = Array(words.prefix(count))
    wordTimes[made.count - 1] = Array(words.dropFirst(count))
  }

  private mutating func join(
    _ position: Int,
    _ next: Int,
    _ nextBefore: String,
    _ after: String
  ) throws(Refusal) {
    guard let other = self.position(row: next) else {
      throw Refusal(.rowMissing, "There is no row \(next + 1).")
    }
    let (one, two) = (transcript.segments[position], transcript.segments[other])
    guard following(position) == other, two.text.isSame(as: nextBefore) else {
      throw Refusal(.beforeDiffers, "Row \(next + 1) is not what stood behind row \(one.row + 1).")
    }
    let words = times(of: one, at: position) ?? []
    wordTimes[position] = times(of: two, at: other).map { words + $0 } ?? []
    setText(after, at: position)
    textPositions.insert(position)
    if let end = two.end {
      transcript.segments[position].end = max(end, one.start ?? end)
      transcript.segments[position].endIsEstimate = two.endIsEstimate
    }
    if !checkedPositions.contains(other) { checkedPositions.remove(position) }
    if retimedPositions.contains(other) { retimedPositions.insert(position) }
    withhold(one.row, with: two.row)
    remove(other)
  }

  /// Withholds a row that has words of one that is withheld.
  private mutating func withhold(_ row: Int, with other: Int) {
    let place = Correction.Place(row: row, start: madeStart(row: row))
    restrictions = restrictions.map { restriction in
      guard case .rows(let places) = restriction, places.contains(where: { $0.row == other }),
        !places.contains(where: { $0.row == row })
      else { return restriction }
      return .rows(places + [place])
    }
  }

  private mutating func insert(
    _ row: Correction.NewRow,
    behind position: Int?
  ) throws(Refusal) {
    let segment = TranscriptSegment(
      row: row.row,
      start: row.span.start,
      end: row.span.end,
      endIsEstimate: row.span.endIsEstimate,
      voice: row.voice,
      text: row.text
    )
    try add(segment, behind: position)
    retimedPositions.insert(made.count - 1)
    giveWay(to: made.count - 1, from: nil)
  }

  private mutating func retime(_ position: Int, _ span: Correction.Span) {
    let before = transcript.segments[position].start
    transcript.segments[position].start = span.start
    transcript.segments[position].end = span.end
    transcript.segments[position].endIsEstimate = span.endIsEstimate
    retimedPositions.insert(position)
    if let words = wordTimes[position], let first = words.first, let last = words.last,
      let start = span.start, let end = span.end,
      first.startMS < start.milliseconds || last.endMS > end.milliseconds
    {
      wordTimes[position] = []
    }
    giveWay(to: position, from: before)
  }

  /// Lets the row before one end where that begins, if its end is a guess that says otherwise.
  private mutating func giveWay(to position: Int, from before: Timecode?) {
    makeChain()
    guard let start = transcript.segments[position].start,
      let other = chain?.preceding(position), transcript.segments[other].endIsEstimate,
      let own = transcript.segments[other].start, own <= start,
      let end = transcript.segments[other].end, end > start || end == before
    else { return }
    transcript.segments[other].end = start
  }

  private mutating func add(
    _ segment: TranscriptSegment,
    behind position: Int?
  ) throws(Refusal) {
    guard positions[segment.row] == nil else {
      throw Refusal(.rowTaken, "There is or was a row \(segment.row + 1) already.")
    }
    makeChain()
    chain?.append(behind: position)
    positions[segment.row] = made.count
    positionsByText?[segment.text, default: []].append(made.count)
    made.append(segment)
    transcript.segments.append(segment)
  }

  private mutating func remove(_ position: Int) {
    makeChain()
    chain?.remove(position)
    gone.insert(position)
    checkedPositions.remove(position)
  }

  private mutating func makeChain() {
    if chain == nil { chain = RowChain(count: made.count) }
  }

  /// When the words of a row are spoken, if that is known of all it has.
  private func times(of segment: TranscriptSegment, at position: Int) -> [WordTime]? {
    guard let times = wordTimes[position], !times.isEmpty,
      times.count == Self.words(of: segment.text)
    else { return nil }
    return times
  }

  private static func words(of text: String) -> Int {
    text.split(whereSeparator: \.isWhitespace).count
  }

  /// Everything so far, with what the machine had said.
  var corrected: CorrectedTranscript {
    var result = CorrectedTranscript(transcript: transcript, title: title)
    result.moves = moves
    result.restrictions = restrictions
    result.isTimedBySound = isTimedBySound
    for position in wordTimes.keys where !gone.contains(position) {
      let segment = transcript.segments[position]
      if let times = times(of: segment, at: position) { result.wordTimes[segment.row] = times }
    }
    for (position, original) in made.enumerated() {
      let segment = transcript.segments[position]
      guard !gone.contains(position) else {
        if !isAdded(position) {
          result.removed.append(.init(position: position, segment: original))
        }
        continue
      }
      if isAdded(position) { result.added.insert(segment.row) }
      if original.start != segment.start || original.end != segment.end
        || original.endIsEstimate != segment.endIsEstimate
      {
        result.retimed[original.row] = original
      }
      let isChecked = checkedPositions.contains(position)
      let isChanged =
        original.voice != segment.voice
        || textPositions.contains(position) && !original.text.isSame(as: segment.text)
      guard isChecked || isChanged else { continue }
      result.rows[original.row] = .init(machine: isChanged ? original : nil, isChecked: isChecked)
    }
    if let chain { result.transcript.segments = chain.order.map { transcript.segments[$0] } }
    return result
  }
}

/// Why one correction is not applied.
private struct Refusal: Error {
  let code: CorrectionProblem.Code
  let message: String

  init(_ code: CorrectionProblem.Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

// Texts are the same when their scalars are: `==` would not notice another spelling of an accent.

extension String {
  fileprivate func isSame(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}

extension String? {
  fileprivate func isSame(as other: String?) -> Bool {
    switch (self, other) {
    case (nil, nil): true
    case (let text?, let other?): text.isSame(as: other)
    default: false
    }
  }
}
