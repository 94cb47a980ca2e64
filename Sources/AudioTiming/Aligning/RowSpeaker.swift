internal import HostSystem

/// Speaks rows with `espeak-ng`, so that they can be compared with what is heard.
///
/// It runs as a process for each row, some fifteen milliseconds long. Its voice is no person's, but its sounds
/// follow each other as they do in speech.
public struct RowSpeaker: Sendable {
  /// The most characters of a row that are spoken: five minutes.
  private static let longestText = 4000
  /// Bytes of five minutes, and more, at 22,050 samples a second.
  private static let outputLimit = 16 << 20
  /// Words a minute: the usual of most languages.
  private static let pace = "160"

  private let program: String
  private let voices: Set<String>

  /// A speaker.
  ///
  /// - Parameter program: The program that speaks; found along `PATH` unless it is a path.
  /// - Throws: ``SoundError`` when it is not there.
  public init(program: String = "espeak-ng") async throws(SoundError) {
    self.program = program
    let output: Subprocess.Output
    do {
      output = try await Subprocess(program: program, arguments: ["--voices"]).run()
    } catch {
      throw SoundError(.speakerMissing)
    }
    // " 5  pt-br           --/M      Portuguese_(Brazil) roa/pt-BR            (pt 5)"
    let lines = String(decoding: output.standardOutput, as: UTF8.self).split(separator: "\n")
    voices = Set(
      lines.dropFirst().compactMap { line in
        let fields = line.split(separator: " ")
        return fields.count > 1 ? fields[1].lowercased() : nil
      }
    )
    guard !voices.isEmpty else { throw SoundError(.speakerMissing) }
  }

  /// How many voices it has.
  public var voiceCount: Int { voices.count }

  /// What languages are called otherwise there.
  private static let otherNames = ["zh": "cmn", "no": "nb", "iw": "he", "in": "id", "en": "en-us"]

  /// The voice for a language such as `pt-BR`; `nil` when there is none.
  public func voice(for language: String) -> String? {
    let tag = language.lowercased().split(separator: "_").joined(separator: "-")
    var parts = tag.split(separator: "-")
    while !parts.isEmpty {
      let name = parts.joined(separator: "-")
      if let other = Self.otherNames[name], voices.contains(other) { return other }
      if voices.contains(name) { return name }
      parts.removeLast()
    }
    return voices.first { $0.hasPrefix(tag.prefix(2) + "-") }
  }

  /// Speaks a text; the samples at 8 kHz, none when it cannot be spoken.
  func samples(_ text: String, voice: String) async -> [Float] {
    let words = text.filter { $0 != "\0" }.prefix(Self.longestText)
    let run = Subprocess(
      program: program,
      arguments: ["--stdout", "-s", Self.pace, "-v", voice, "--", String(words)],
      outputLimit: Self.outputLimit
    )
    guard let output = try? await run.run(), output.exitStatus == 0 else { return [] }
    // A WAVE header of 44 bytes, then 16-bit samples; the rate stands at byte 24.
    let bytes = output.standardOutput
    guard bytes.count > 44 else { return [] }
    let rate = Int(bytes[24]) | Int(bytes[25]) << 8 | Int(bytes[26]) << 16
    guard (8000...96_000).contains(rate) else { return [] }
    let samples = stride(from: 44, to: bytes.count - 1, by: 2).map { place -> Float in
      Float(Int16(truncatingIfNeeded: Int(bytes[place]) | Int(bytes[place + 1]) << 8)) / 32_768
    }
    return Resampler(from: rate).resampled(samples)
  }
}

/// Brings sound to 8 kHz by a windowed sinc.
struct Resampler {
  /// Zero crossings on either side that are taken into account.
  private static let reach = 12
  /// How finely the filter is tabulated between two samples.
  private static let fineness = 32

  private let ratio: Double
  private let width: Int
  private let table: [Float]

  init(from rate: Int) {
    ratio = Double(rate) / Double(MelBands.rate)
    let width = Int(Double(Self.reach) * ratio)
    let fineness = Self.fineness
    table = (0...2 * width * fineness).map { [ratio] index in
      let distance = (Double(index) / Double(fineness) - Double(width)) / ratio
      let window = 0.5 + 0.5 * Mathematics.cosine(Double.pi * distance / Double(Self.reach))
      let sinc =
        abs(distance) < 1e-9 ? 1 : Mathematics.sine(Double.pi * distance) / (Double.pi * distance)
      return Float(sinc * window / ratio)
    }
    self.width = width
  }

  func resampled(_ samples: [Float]) -> [Float] {
    (0..<Int(Double(samples.count) / ratio)).map { index in
      let place = Double(index) * ratio
      let middle = Int(place)
      let shift = Int((place - Double(middle)) * Double(Self.fineness))
      var sum: Float = 0
      for neighbour in max(0, middle - width + 1)...min(samples.count - 1, middle + width - 1) {
        let entry = (neighbour - middle + width) * Self.fineness - shift
        sum += samples[neighbour] * table[entry]
      }
      return sum
    }
  }
}
