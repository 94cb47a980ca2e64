public import Foundation

/// A recording in which known rows are spoken, by nobody: each word a buzz that swells and falls, as syllables
/// do.
public struct SyntheticSpeech: Sendable {
  /// A row that is spoken.
  public struct Row: Sendable {
    /// Its words.
    public let text: String
    /// When it begins, in milliseconds.
    public let startMS: Int
    /// When it ends, in milliseconds.
    public let endMS: Int
  }

  /// Samples a second.
  private static let rate = 8000

  /// The rows, in order.
  public let rows: [Row]
  private let samples: [Int16]

  /// Speaks so many rows of different lengths, with pauses of 0.3 to 2.5 s between them, over soft noise.
  public init(rows count: Int, seed: UInt64 = 1) {
    var generator = SeededGenerator(seed: seed)
    var rows: [Row] = []
    var sound: [Double] = []
    func noise(_ generator: inout SeededGenerator) -> Double {
      .random(in: -1...1, using: &generator)
    }
    func pause(_ seconds: Double, _ generator: inout SeededGenerator) {
      for _ in 0..<Int(seconds * Double(Self.rate)) { sound.append(0.002 * noise(&generator)) }
    }
    pause(1, &generator)
    for _ in 0..<count {
      let words = (0..<Int.random(in: 2...9, using: &generator)).map { _ in
        String(repeating: "a", count: Int.random(in: 3...9, using: &generator))
      }
      let start = sound.count
      for word in words {
        let length = (word.count + 1) * Self.rate / 15
        let pitch = Double.random(in: 100...180, using: &generator)
        for sample in 0..<length {
          let time = Double(sample) / Double(Self.rate)
          let swell = 0.25 + 0.75 * sin(Double.pi * Double(sample) / Double(length))
          let buzz = (1...8).reduce(0.0) {
            $0 + sin(2 * Double.pi * pitch * Double($1) * time) / Double($1)
          }
          sound.append(0.15 * swell * buzz + 0.01 * noise(&generator))
        }
      }
      func milliseconds(_ samples: Int) -> Int { samples * 1000 / Self.rate }
      rows.append(
        Row(
          text: words.joined(separator: " "),
          startMS: milliseconds(start),
          endMS: milliseconds(sound.count)
        )
      )
      pause(.random(in: 0.3...2.5, using: &generator), &generator)
    }
    self.rows = rows
    samples = sound.map { Int16(max(-1, min(1, $0)) * 32_000) }
  }

  /// The recording as a file in WAVE.
  public var wave: Data {
    Self.wave(
      samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] },
      rate: Self.rate
    )
  }

  /// Samples of 16 bits as a file in WAVE.
  public static func wave(_ data: [UInt8], rate: Int) -> Data {
    func bytes(_ value: Int, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    let format = bytes(1, 2) + bytes(1, 2) + bytes(rate, 4) + bytes(2 * rate, 4)
    var file = Array("RIFF".utf8) + bytes(36 + data.count, 4) + Array("WAVEfmt ".utf8)
    file += bytes(16, 4) + format + bytes(2, 2) + bytes(16, 2)
    file += Array("data".utf8) + bytes(data.count, 4) + data
    return Data(file)
  }

  /// Writes the recording into a folder that the system clears, for as long as the body runs.
  public func withFile<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).wav")
    try wave.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try await body(file.path)
  }
}
