import Foundation

/// Recordings made for tests.
enum SoundFile {
  /// A WAV file of 8 kHz with a tone of its own in each channel.
  static func wave(seconds: Int, channels: Int) -> Data {
    let rate = 8000
    func number(_ value: Int, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    var samples: [UInt8] = []
    for place in 0..<(rate * seconds) {
      for channel in 0..<channels {
        let phase = Double(place * (channel + 1)) * 440 * 2 * .pi / Double(rate)
        samples += number(Int(8000 * sin(phase)), 2)
      }
    }
    let head =
      Array("RIFF".utf8) + number(36 + samples.count, 4) + Array("WAVEfmt ".utf8) + number(16, 4)
      + number(1, 2) + number(channels, 2) + number(rate, 4) + number(rate * channels * 2, 4)
      + number(channels * 2, 2) + number(16, 2) + Array("data".utf8) + number(samples.count, 4)
    return Data(head + samples)
  }
}
