#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// The functions of the C library that sound needs.
enum Mathematics {
  /// A power as decibels.
  @inline(__always)
  static func decibels(_ power: Float) -> Float { 10 * log10f(power) }

  /// The power of decibels.
  static func power(_ decibels: Float) -> Float { powf(10, decibels / 10) }

  static func exponential(_ value: Float) -> Float { expf(value) }

  static func cosine(_ angle: Double) -> Double { cos(angle) }

  static func sine(_ angle: Double) -> Double { sin(angle) }

  /// The mel scale of O'Shaughnessy, which spaces pitches as people hear them.
  static func mel(_ hertz: Double) -> Double { 2595 * log10(1 + hertz / 700) }

  static func hertz(mel: Double) -> Double { 700 * (pow(10, mel / 2595) - 1) }
}
