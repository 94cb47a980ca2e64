internal import OrderedJSON

/// Tokens by modality.
struct ModalityTokens: Hashable, Sendable {
  var text = 0
  var image = 0
  var video = 0
  var audio = 0
  var document = 0

  var total: Int { text + image + video + audio + document }

  static func += (left: inout ModalityTokens, right: ModalityTokens) {
    left.text += right.text
    left.image += right.image
    left.video += right.video
    left.audio += right.audio
    left.document += right.document
  }

  /// The list of the wire: modalities without tokens are left out.
  var details: JSONValue {
    let counts = [
      ("TEXT", text), ("IMAGE", image), ("VIDEO", video), ("AUDIO", audio), ("DOCUMENT", document),
    ]
    return .array(
      counts.filter { $0.1 > 0 }.map { modality, count in
        ["modality": JSONValue(modality), "tokenCount": JSONValue(count)]
      }
    )
  }
}
