/// Settles the white space around tags as Handlebars does: `~` removes it all, and a block tag,
/// comment or partial alone on its line takes the line's white space and end with it.
enum WhiteSpaceControl {
  /// What a tag asks of the text around it.
  private struct Request {
    var strip = StripFlags()
    /// Whether the first or last tag of a block may stand alone on its line.
    var openStandsAlone = false
    var closeStandsAlone = false
    /// Whether a tag without contents may stand alone.
    var mayStandAlone = false
  }

  static func apply(to program: ProgramDraft, isRoot: Bool = true) {
    for (index, draft) in program.body.enumerated() {
      guard let request = request(of: draft) else { continue }
      let isAfterLineStart = program.endsLine(before: index, isRoot: isRoot)
      let isBeforeLineEnd = program.beginsLine(after: index, isRoot: isRoot)
      if request.strip.after { program.text(after: index)?.stripStart(all: true) }
      if request.strip.before { program.text(before: index)?.stripEnd(all: true) }
      if request.mayStandAlone, isAfterLineStart, isBeforeLineEnd {
        takeLine(of: draft, at: index, in: program)
      }
      guard case .block(let block) = draft else { continue }
      if request.openStandsAlone, isAfterLineStart {
        (block.body ?? block.inverse)?.body.first?.text?.stripStart(all: false)
        program.text(before: index)?.stripEnd(all: false)
      }
      if request.closeStandsAlone, isBeforeLineEnd {
        program.text(after: index)?.stripStart(all: false)
        block.lastBranch?.body.last?.text?.stripEnd(all: false)
      }
    }
  }

  /// Removes the line of a tag that stands alone; a partial repeats its indent on every line.
  private static func takeLine(of draft: Draft, at index: Int, in program: ProgramDraft) {
    program.text(after: index)?.stripStart(all: false)
    guard let before = program.text(before: index), before.stripEnd(all: false) else { return }
    if case .partial(let partial) = draft { partial.indent = before.indent }
  }

  private static func request(of draft: Draft) -> Request? {
    switch draft {
    case .text: nil
    case .output(_, let strip): Request(strip: strip)
    case .comment(let strip): Request(strip: strip, mayStandAlone: true)
    case .partial(let partial): Request(strip: partial.strip, mayStandAlone: true)
    case .block(let block): request(of: block)
    }
  }

  private static func request(of block: BlockDraft) -> Request {
    for branch in [block.body, block.inverse] {
      if let branch { apply(to: branch, isRoot: false) }
    }
    guard let first = block.body ?? block.inverse else { return Request() }
    let inverse = block.body == nil ? nil : block.inverse
    let firstInverse = inverse.map { $0.isChained ? $0.chainedBody ?? $0 : $0 }
    let request = Request(
      strip: StripFlags(before: block.open.before, after: block.close.after),
      openStandsAlone: first.beginsLine(),
      closeStandsAlone: (firstInverse ?? first).endsLine()
    )
    if block.open.after { first.body.first?.text?.stripStart(all: true) }
    guard let firstInverse else {
      if block.close.before { first.body.last?.text?.stripEnd(all: true) }
      return request
    }
    if block.middle.before { first.body.last?.text?.stripEnd(all: true) }
    if block.middle.after { firstInverse.body.first?.text?.stripStart(all: true) }
    if block.close.before { firstInverse.body.last?.text?.stripEnd(all: true) }
    if first.endsLine(), firstInverse.beginsLine() {
      first.body.last?.text?.stripEnd(all: false)
      firstInverse.body.first?.text?.stripStart(all: false)
    }
    return request
  }
}

extension BlockDraft {
  /// The branch the closing tag follows, at the end of a chain of `else if`.
  fileprivate var lastBranch: ProgramDraft? {
    var branch = inverse ?? body
    while let chained = branch, chained.isChained, case .block(let block)? = chained.body.last {
      branch = block.inverse ?? block.body
    }
    return branch
  }
}

extension ProgramDraft {
  /// The main branch of the block a chained branch consists of.
  fileprivate var chainedBody: ProgramDraft? {
    if case .block(let block)? = body.last { block.body } else { nil }
  }

  fileprivate func text(before index: Int) -> TextDraft? {
    index > 0 ? body[index - 1].text : nil
  }

  fileprivate func text(after index: Int) -> TextDraft? {
    index + 1 < body.count ? body[index + 1].text : nil
  }

  /// Whether only white space stands between the last line end and the draft at the index.
  fileprivate func endsLine(before index: Int? = nil, isRoot: Bool = false) -> Bool {
    let index = index ?? body.count
    guard index > 0 else { return isRoot }
    guard let text = body[index - 1].text else { return false }
    let space = WhiteSpace.trailing(text.original)
    if space.utf8.contains(0x0A) { return true }
    return isRoot && index == 1 && space.utf8.count == text.original.utf8.count
  }

  /// Whether only white space stands between the draft at the index and the next line end.
  fileprivate func beginsLine(after index: Int = -1, isRoot: Bool = false) -> Bool {
    guard index + 1 < body.count else { return isRoot }
    guard let text = body[index + 1].text else { return false }
    let space = WhiteSpace.leading(text.original)
    if space.utf8.contains(0x0A) { return true }
    return isRoot && index + 2 == body.count && space.utf8.count == text.original.utf8.count
  }
}

extension TextDraft {
  /// The blanks and tabs the text ends with.
  fileprivate var indent: String {
    String(original.reversed().prefix { $0 == " " || $0 == "\t" }.reversed())
  }

  /// Removes white space at the start: all of it, or to the end of the first line, once.
  fileprivate func stripStart(all: Bool) {
    guard all || !isStrippedAtStart else { return }
    let count = value.utf8.count
    if all {
      value.removeFirst(utf8: WhiteSpace.leading(value).utf8.count)
    } else {
      var rest = value.utf8.drop { $0 == 0x20 || $0 == 0x09 }
      if rest.starts(with: [0x0D, 0x0A]) {
        rest = rest.dropFirst(2)
      } else if rest.first == 0x0A {
        rest = rest.dropFirst()
      }
      value.removeFirst(utf8: count - rest.count)
    }
    isStrippedAtStart = value.utf8.count != count
    offset += count - value.utf8.count
  }

  /// Removes white space at the end: all of it, or the blanks and tabs of the last line, once.
  @discardableResult fileprivate func stripEnd(all: Bool) -> Bool {
    guard all || !isStrippedAtEnd else { return false }
    let space =
      all
      ? WhiteSpace.trailing(value).utf8.count
      : value.utf8.reversed().prefix { $0 == 0x20 || $0 == 0x09 }.count
    value = String(value.utf8.dropLast(space)) ?? value
    isStrippedAtEnd = space > 0
    return isStrippedAtEnd
  }
}

extension String {
  fileprivate mutating func removeFirst(utf8 count: Int) {
    if count > 0 { self = String(utf8.dropFirst(count)) ?? self }
  }
}
