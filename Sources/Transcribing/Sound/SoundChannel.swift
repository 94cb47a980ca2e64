internal import GeminiAPI
internal import RequestPlanning
internal import TranscriptModel

/// A channel of a recording that is asked about by itself.
struct SoundChannel: Hashable, Sendable {
  /// What people call it, such as `Channel 1 (left)`.
  let name: String
  /// How its sound gets to the service.
  let delivery: MediaDelivery

  /// The name of a channel of some.
  ///
  /// - Parameter number: Which, from 0.
  static func name(_ number: Int, of count: Int) -> String {
    let side = count == 2 ? [" (left)", " (right)"][number] : ""
    return "Channel \(number + 1)\(side)"
  }
}

extension PreparedTranscription {
  /// The clips of the recording, which each of its channels is asked about in.
  var stretches: [TimeRange?] { Array(clips.prefix(clips.count / max(1, channels.count))) }

  /// Which channel a part is about, from 0; `nil` where all of them are asked about as one.
  func channel(ofPart index: Int) -> Int? {
    channels.isEmpty ? nil : index / max(1, stretches.count)
  }

  /// The same work as far as a part goes: that of its channel, where channels are asked about one by one.
  func heard(inPart index: Int) -> PreparedTranscription {
    guard let number = channel(ofPart: index) else { return self }
    let words = """
      This sound is channel \(number + 1) of \(channels.count) of a recording, the line of one speaker. The other \
      channels are asked about by themselves: leave out voices that only shine through from them.
      """
    var part = self
    part.delivery = channels[number].delivery
    part.channelNumber = number
    part.planPrompt.textTokens += TextTokenEstimator.tokens(in: words)
    if let last = part.request.contents.lastIndex(where: { $0.role == "user" }) {
      part.request.contents[last].parts.append(.text(words))
    }
    return part
  }
}
