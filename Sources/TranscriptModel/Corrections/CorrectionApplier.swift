/// Applies corrections one by one to a growing result.
struct CorrectionApplier {
  /// How far from its time a row is looked for by its text, in milliseconds.
  private static let textReach = 10_000

  private let machine: Transcript
  private var transcript: Transcript
  private let positions: [Int: Int]
  /// Where rows start, in order of time.
  private let starts: [(time: Int, position: Int)]
  private var textPositions: Set<Int> = []
  private var checkedPositions: Set<Int> = []
  private var timedPositions: Set<Int> = []
  /// When the words of a row are spoken, by position.
  private var wordTimes: [Int: [WordTime]] = [:]
  /// What is not to go out, with the numbers of rows here.
  private(set) var restrictions: [Correction.Restriction] = []
  private var moves: [CorrectedTranscript.Move] = []
  /// Where each text stands now; made when a row is first looked for by its text alone.
  private var positionsByText: [String: [Int]]?

  init(_ transcript: Transcript) {
    machine = transcript
    self.transcript = transcript
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
      }
      return nil
    } catch {
      throw CorrectionProblem(index: index, id: correction.id, error.code, error.message)
    }
  }

  /// The positions of the machine's rows that are wanted.
  func positions(where isWanted: (TranscriptSegment) -> Bool) -> [Int] {
    machine.segments.indices.filter { isWanted(machine.segments[$0]) }
  }

  /// A row as it is now.
  func segment(at position: Int) -> TranscriptSegment { transcript.segments[position] }

  /// When the machine lets a row begin.
  func machineStart(row: Int) -> Timecode? { positions[row].flatMap { machine.segments[$0].start } }

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
    let stated = positions[place.row]
    if let stated, fits(transcript.segments[stated]),
      place.start == nil || machine.segments[stated].start == place.start
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
      if fits(segments[position]) { nearest = candidate }
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
    let fitting = likely.filter { transcript.segments[$0].text.isSame(as: text) }
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
      guard let position = positions[row] else {
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
      let row = machine.segments[position]
      found.append(.init(row: row.row, start: row.start))
    }
    return .rows(found)
  }

  private mutating func setTimes(_ rows: [Correction.RowTime]) throws(Refusal) {
    var places: [Int] = []
    for row in rows {
      guard let position = positions[row.row] else {
        throw Refusal(.rowMissing, "There is no row \(row.row + 1).")
      }
      guard machine.segments[position].start == row.before else {
        throw Refusal(.beforeDiffers, "Row \(row.row + 1) does not begin where it did.")
      }
      places.append(position)
    }
    for (position, row) in zip(places, rows) {
      transcript.segments[position].start = row.start
      transcript.segments[position].end = row.end
      transcript.segments[position].endIsEstimate = row.confidence == 0
      timedPositions.insert(position)
      wordTimes[position] = row.words.map { $0.moved(by: row.start.milliseconds) }
    }
  }

  /// Everything so far, with what the machine had said.
  var corrected: CorrectedTranscript {
    var result = CorrectedTranscript(transcript: transcript)
    result.moves = moves
    result.restrictions = restrictions
    for position in timedPositions {
      result.retimed[machine.segments[position].row] = machine.segments[position]
    }
    for (position, times) in wordTimes {
      let segment = transcript.segments[position]
      let words = segment.text.split(whereSeparator: \.isWhitespace)
      if !times.isEmpty, times.count == words.count { result.wordTimes[segment.row] = times }
    }
    for (position, original) in machine.segments.enumerated() {
      let isChecked = checkedPositions.contains(position)
      let isChanged =
        original.voice != transcript.segments[position].voice
        || textPositions.contains(position)
          && !original.text.isSame(as: transcript.segments[position].text)
      guard isChecked || isChanged else { continue }
      result.rows[original.row] = .init(machine: isChanged ? original : nil, isChecked: isChecked)
    }
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
