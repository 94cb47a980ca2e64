extension TemplateParser {
  /// Reads a path with its separators, `.` or `/`.
  mutating func variablePath() throws(PromptError) -> VariablePath {
    let offset = position
    let isData = skip("@")
    var names: [String] = []
    var original = isData ? "@" : ""
    var levels = 0
    var isScoped = false
    repeat {
      let segment = try segment()
      original += segment.name
      switch segment.isLiteral ? nil : segment.name {
      case "..", ".", "this":
        guard names.isEmpty else { throw error("\(segment.name) inside a path", at: offset) }
        if segment.name == ".." { levels += 1 }
        isScoped = isScoped || !isData
      default: names.append(segment.name)
      }
    } while skipSeparator(adding: &original)
    let root = root(isData: isData, isScoped: isScoped, levels: levels, names: &names)
    return VariablePath(
      root: root,
      names: names,
      original: original,
      isScoped: isScoped,
      offset: offset
    )
  }

  /// Where a path begins; a block parameter takes the first name.
  private func root(
    isData: Bool,
    isScoped: Bool,
    levels: Int,
    names: inout [String]
  ) -> VariablePath.Root {
    if isData { return .data(depth: levels) }
    if !isScoped, let first = names.first {
      for (level, list) in parameters.reversed().enumerated() {
        guard let position = list.firstIndex(of: first) else { continue }
        names.removeFirst()
        return .blockParameter(level: level, position: position)
      }
    }
    return .context(depth: levels)
  }

  private mutating func skipSeparator(adding original: inout String) -> Bool {
    for separator in [".", "/"] where skip(separator) {
      original += separator
      return true
    }
    return false
  }

  private mutating func segment() throws(PromptError) -> (name: String, isLiteral: Bool) {
    if skip("..") { return ("..", false) }
    if peek() == UInt8(ascii: ".") {
      position += 1
      guard isBoundary || peek() == UInt8(ascii: "/") else { throw unexpected(at: position - 1) }
      return (".", false)
    }
    if let name = bracketed() { return (name, true) }
    guard let name = identifier() else { throw unexpected(at: position) }
    return (name, false)
  }

  /// Reads a name between brackets, in which `\]` stands for a bracket.
  mutating func bracketed() -> String? {
    guard peek() == UInt8(ascii: "[") else { return nil }
    let start = position
    var bytes: [UInt8] = []
    position += 1
    while let byte = peek(), byte != UInt8(ascii: "]") {
      if starts(with: "\\]") { position += 1 }
      bytes.append(text.bytes[position])
      position += 1
    }
    guard skip("]") else {
      position = start
      return nil
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Reads a name: any characters but white space and `!"#%&'()*+,./;<=>@[\]^`{|}~`.
  mutating func identifier() -> String? {
    let start = position
    while let byte = peek(), Self.isNameByte(byte) { position += 1 }
    return position > start ? string(start..<position) : nil
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case ...0x20, 0x21...0x23, 0x25...0x2C, 0x2E, 0x2F, 0x3B...0x3E, 0x40, 0x5B...0x5E, 0x60,
      0x7B...0x7F:
      false
    default: true
    }
  }
}
