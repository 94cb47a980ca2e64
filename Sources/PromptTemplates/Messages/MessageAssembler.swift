internal import OrderedJSON

/// Divides rendered text into messages at its marks, and puts the history into its place.
struct MessageAssembler {
  private var messages: [PromptMessage] = []
  private var current = Draft(role: "user")
  private let history: [PromptMessage]

  /// A message whose parts are still coming; it counts once it holds more than white space.
  private struct Draft {
    var role: String
    var metadata: JSONObject?
    var parts: [PromptPart] = []
  }

  /// The messages of a rendered text.
  static func messages(of text: RenderedText, history: [PromptMessage]) -> [PromptMessage] {
    var assembler = MessageAssembler(history: history)
    var position = text.text.startIndex
    for (offset, mark) in text.marks {
      let next = text.text.utf8.index(text.text.startIndex, offsetBy: offset)
      assembler.add(text.text[position..<next])
      position = next
      assembler.add(mark)
    }
    assembler.add(text.text[position...])
    assembler.finishMessage()
    return assembler.withHistory()
  }

  private init(history: [PromptMessage]) { self.history = history }

  private mutating func add(_ text: Substring) {
    if !WhiteSpace.isAll(text) { current.parts.append(.text(String(text))) }
  }

  private mutating func add(_ mark: RenderedText.Mark) {
    switch mark {
    case .media(let url, let contentType):
      current.parts.append(.media(url: url, contentType: contentType))
    case .section(let name): current.parts.append(.section(purpose: name))
    case .role(let role, let metadata):
      if !current.parts.isEmpty {
        finishMessage()
        current = Draft(role: role)
      }
      current.role = role
      if !metadata.isEmpty {
        var merged = current.metadata ?? JSONObject()
        for (key, value) in metadata.members { merged[key] = value }
        current.metadata = merged
      }
    case .history:
      finishMessage()
      messages += history.map { message in
        var message = message
        var metadata = message.metadata ?? JSONObject()
        metadata["purpose"] = "history"
        message.metadata = metadata
        return message
      }
      current = Draft(role: "model")
    }
  }

  private mutating func finishMessage() {
    if current.parts.isEmpty { return }
    messages.append(
      PromptMessage(role: current.role, content: current.parts, metadata: current.metadata)
    )
  }

  /// Without a place of its own the history goes before the last message when the user speaks
  /// there, else to the end.
  private func withHistory() -> [PromptMessage] {
    if messages.contains(where: \.isHistory) { return messages }
    guard let last = messages.last, last.role == "user" else { return messages + history }
    return messages.dropLast() + history + [last]
  }
}
