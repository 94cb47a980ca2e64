internal import PlainText
internal import TranscriptModel
internal import UnicodeText

/// A line of text as what may not be parted: words, or in scripts without blanks what stands between
/// two places where a line may end.
///
/// A word longer than a line is cut, rather behind a sign like `-` or `/`, never inside a character.
/// What may not begin a line stays with the word before it: a lone `? ! : ; » %` or dash; what may not
/// end one stays with the next: a lone `«` or the like.
///
/// One value serves many lines, so that its memory is asked for once.
struct CaptionAtoms {
  /// What stands together.
  ///
  /// Its numbers take four bytes each: there are many atoms, and a line has less than 2 GiB.
  struct Atom {
    private var bytes: (start: Int32, end: Int32) = (0, 0)
    private var cells: (x: Int32, width: Int32) = (0, 0)
    private var characters: (before: Int32, count: Int32) = (0, 0)

    @inline(__always) init(start: Int, end: Int, x: Int, width: Int, read: Int, readCount: Int) {
      bytes = (Int32(truncatingIfNeeded: start), Int32(truncatingIfNeeded: end))
      cells = (Int32(truncatingIfNeeded: x), Int32(truncatingIfNeeded: width))
      characters = (Int32(truncatingIfNeeded: read), Int32(truncatingIfNeeded: readCount))
    }

    /// Where its bytes begin in the line.
    var start: Int { Int(bytes.start) }
    /// Where its bytes end.
    var end: Int {
      get { Int(bytes.end) }
      set { bytes.end = Int32(truncatingIfNeeded: newValue) }
    }
    /// The cells before it, from the line's beginning.
    var x: Int { Int(cells.x) }
    /// Its own cells.
    var width: Int {
      get { Int(cells.width) }
      set { cells.width = Int32(truncatingIfNeeded: newValue) }
    }
    /// The characters to be read before it.
    var read: Int {
      get { Int(characters.before) }
      set { characters.before = Int32(truncatingIfNeeded: newValue) }
    }
    /// Its own characters; none in a label.
    var readCount: Int {
      get { Int(characters.count) }
      set { characters.count = Int32(truncatingIfNeeded: newValue) }
    }
  }

  /// The line as UTF-8.
  private(set) var line: [UInt8] = []
  private(set) var atoms: [Atom] = []
  /// How many atoms are the label's.
  private(set) var labelCount = 0
  /// Where the label ends in the line, with the blank behind it.
  private(set) var labelEnd = 0
  /// Whether there is a label that may be left out.
  private(set) var hidesLabel = false
  /// The characters to be read, blanks between words among them.
  private(set) var readCount = 0
  private var x = 0

  /// The cells of the whole line.
  var width: Int { x }

  /// Begins a new line.
  mutating func clear() {
    line.removeAll(keepingCapacity: true)
    atoms.removeAll(keepingCapacity: true)
    (labelCount, labelEnd, readCount, x, hidesLabel) = (0, 0, 0, 0, false)
  }

  /// Adds what names the speaker, before any text; it takes no time to be read.
  ///
  /// - Parameter isHideable: Whether formats that name speakers otherwise leave it out.
  mutating func add(label: String, isHideable: Bool, limit: Int, _ outliner: TextOutliner) {
    add(label, limit: limit, outliner)
    hidesLabel = isHideable
    for index in atoms.indices { (atoms[index].read, atoms[index].readCount) = (0, 0) }
    labelCount = atoms.count
    readCount = 0
    line.append(0x20)
    labelEnd = line.count
  }

  private mutating func add(_ text: String, limit: Int, _ outliner: TextOutliner) {
    var text = text
    let isPlain = text.withUTF8(TextOutline.isPlain)
    let outline = isPlain ? nil : outliner.outline(of: text)
    text.withUTF8 { add($0, outline, limit: limit) }
  }

  /// Adds text that is on one line.
  ///
  /// - Parameter outline: Its outline, unless the text is plain.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ outline: TextOutline?, limit: Int) {
    let first = atoms.count
    if first > 0 { x += 1 }
    let base = line.count
    line.append(contentsOf: text)
    if outline != nil || !addPlain(text, base, limit: limit) {
      atoms.removeLast(atoms.count - first)
      addAny(text, outline?.marks, base, limit: limit)
    }
    join(from: first, limit: limit)
    if let last = atoms.last {
      x = last.x + last.width
      readCount = last.read + last.readCount
    }
  }

  // MARK: Words

  /// Takes ASCII text apart at its blanks; gives up on other text and on long words.
  private mutating func addPlain(
    _ text: UnsafeBufferPointer<UInt8>,
    _ base: Int,
    limit: Int
  ) -> Bool {
    guard let address = text.baseAddress else { return true }
    let raw = UnsafeRawPointer(address)
    let (left, read) = (x, readCount)
    var start = 0
    @inline(__always) func word(_ end: Int) -> Atom? {
      guard end > start, end - start <= limit else { return nil }
      defer { start = end + 1 }
      return Atom(
        start: base + start,
        end: base + end,
        x: left + start,
        width: end - start,
        read: read + start,
        readCount: end - start
      )
    }
    var index = 0
    while index + 8 <= text.count {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian
      guard eight & EightBytes.high == 0 else { return false }
      var blanks = EightBytes.equal(eight, 0x20)
      while blanks != 0 {
        guard let atom = word(index + blanks.trailingZeroBitCount / 8) else { return false }
        atoms.append(atom)
        blanks &= blanks - 1
      }
      index += 8
    }
    while index < text.count {
      guard text[index] < 0x80 else { return false }
      if text[index] == 0x20 {
        guard let atom = word(index) else { return false }
        atoms.append(atom)
      }
      index += 1
    }
    guard let atom = word(text.count) else { return false }
    atoms.append(atom)
    return true
  }

  private mutating func addAny(
    _ text: UnsafeBufferPointer<UInt8>,
    _ marks: [TextOutline.Mark]?,
    _ base: Int,
    limit: Int
  ) {
    var atom = Atom(start: base, end: base, x: x, width: 0, read: readCount, readCount: 0)
    // The last place in the atom behind a sign where a word is rather cut.
    var seam: Atom?
    func begin(_ start: Int, _ gap: Int) {
      let (left, read) = (atom.x + atom.width + gap, atom.read + atom.readCount + gap)
      atom = Atom(start: start, end: start, x: left, width: 0, read: read, readCount: 0)
      seam = nil
    }
    /// Ends an atom that fills a line: behind its last seam, unless that is in its first half.
    func cut() {
      let whole = atom
      if let seam, 2 * seam.width > limit, seam.end < atom.end { atom = seam }
      atoms.append(atom)
      begin(atom.end, 0)
      atom.end = whole.end
      atom.width = whole.x + whole.width - atom.x
      atom.readCount = whole.read + whole.readCount - atom.read
    }
    var (index, number) = (0, 0)
    while index < text.count {
      if text[index] == 0x20 {
        if atom.end > atom.start { atoms.append(atom) }
        begin(base + index + 1, 1)
        (index, number) = (index + 1, number + 1)
        continue
      }
      // A character with all that belongs to it.
      var (end, width, allowsBreak) = (index, 0, false)
      repeat {
        let mark = marks?[number]
        width += mark.map(\.width) ?? 1
        allowsBreak = mark?.allowsBreak ?? false
        end += 1
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        number += 1
      } while end < text.count && text[end] != 0x20 && !(marks?[number].beginsCharacter ?? true)
      if atom.width + width > limit, atom.end > atom.start { cut() }
      atom.end = base + end
      atom.width += width
      atom.readCount += 1
      if end - index == 1, Self.isSeam(text[index]) { seam = atom }
      index = end
      if allowsBreak {
        atoms.append(atom)
        begin(base + index, 0)
      }
    }
    if atom.end > atom.start { atoms.append(atom) }
  }

  private static func isSeam(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: "&"), UInt8(ascii: "?"),
      UInt8(ascii: "#"), UInt8(ascii: ":"), UInt8(ascii: ";"):
      return true
    default: return false
    }
  }

  // MARK: Times

  /// When each atom is spoken, by the times of the words; the label is there with the first word, and parts of a word
  /// share its time by their characters.
  ///
  /// - Returns: `nil` when the line has another number of words.
  func spoken(_ words: [WordTime]) -> [SpokenAtom]? {
    let first = labelCount > 0 ? labelEnd : 0
    func blanks(_ range: Range<Int>) -> Int { line[range].count { $0 == 0x20 } }
    guard blanks(first..<line.count) + 1 == words.count, let opening = words.first else {
      return nil
    }
    var spoken = [SpokenAtom](
      repeating: SpokenAtom(time: opening, beginsWord: false),
      count: labelCount
    )
    var (index, place, word) = (labelCount, first, 0)
    while index < atoms.count {
      let begin = atoms[index].start
      word += blanks(place..<begin)
      var end = index + 1
      while end < atoms.count, line[atoms[end].start - 1] != 0x20 { end += 1 }
      place = atoms[end - 1].end
      let start = words[word].startMS
      word += blanks(begin..<place)
      let length = words[word].endMS - start
      let read = atoms[index].read
      let count = max(1, atoms[end - 1].read + atoms[end - 1].readCount - read)
      for part in index..<end {
        let next = part + 1 < end ? atoms[part + 1].read - read : count
        let time = WordTime(
          startMS: start + length * (atoms[part].read - read) / count,
          endMS: start + length * next / count
        )
        spoken.append(SpokenAtom(time: time, beginsWord: part == index))
      }
      index = end
    }
    return spoken
  }

  // MARK: Signs that do not stand alone

  /// Joins what may not begin or end a line with its neighbour, where a line holds both.
  private mutating func join(from first: Int, limit: Int) {
    guard atoms.count > first + 1, hasSignAlone(from: first) else { return }
    var kept = first
    var keptMayBeSign = mayBeSign(atoms[first])
    for index in (first + 1)..<atoms.count {
      let other = atoms[index]
      let otherMayBeSign = mayBeSign(other)
      if keptMayBeSign || otherMayBeSign, joins(atoms[kept], other, limit: limit) {
        let one = atoms[kept]
        atoms[kept].end = other.end
        atoms[kept].width = other.x + other.width - one.x
        atoms[kept].readCount = other.read + other.readCount - one.read
      } else {
        kept += 1
        if kept != index { atoms[kept] = other }
        keptMayBeSign = otherMayBeSign
      }
    }
    atoms.removeLast(atoms.count - kept - 1)
  }

  /// Whether two atoms beside each other are one, since one of them may not stand alone.
  private func joins(_ one: Atom, _ other: Atom, limit: Int) -> Bool {
    let hasBlank = other.start > one.end
    return hasBlank && (endsNoLine(one) || beginsNoLine(other))
      && other.x + other.width - one.x <= limit
  }

  /// Whether any atom is nothing but such signs.
  private func hasSignAlone(from first: Int) -> Bool { atoms[first...].contains(where: mayBeSign) }

  /// Whether no letter and no digit in ASCII begins an atom.
  @inline(__always) private func mayBeSign(_ atom: Atom) -> Bool {
    let byte = line[atom.start]
    return (byte | 0x20) &- UInt8(ascii: "a") >= 26 && byte &- UInt8(ascii: "0") >= 10
  }

  /// `? ! : ; % » › …` or a dash, and nothing else.
  private func beginsNoLine(_ atom: Atom) -> Bool {
    var index = atom.start
    while index < atom.end {
      switch line[index] {
      case 0x3F, 0x21, 0x3A, 0x3B, 0x25, 0x2D, 0x2E, 0x2C: index += 1
      case 0xC2:
        guard line[index + 1] == 0xBB else { return false }
        index += 2
      case 0xE2:
        guard line[index + 1] == 0x80, [0x93, 0x94, 0xA6, 0xBA].contains(line[index + 2]) else {
          return false
        }
        index += 3
      default: return false
      }
    }
    return true
  }

  /// `« ‹ „ “ ( [ ¿ ¡` alone.
  private func endsNoLine(_ atom: Atom) -> Bool {
    switch atom.end - atom.start {
    case 1: [0x28, 0x5B].contains(line[atom.start])
    case 2: line[atom.start] == 0xC2 && [0xAB, 0xBF, 0xA1].contains(line[atom.start + 1])
    case 3:
      line[atom.start] == 0xE2 && line[atom.start + 1] == 0x80
        && [0xB9, 0x9E, 0x9C].contains(line[atom.start + 2])
    default: false
    }
  }
}

/// When an atom is spoken.
struct SpokenAtom {
  let time: WordTime
  /// Whether a word begins with it.
  let beginsWord: Bool
}
