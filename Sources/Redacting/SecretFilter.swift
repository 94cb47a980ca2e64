/// Takes known secrets out of a text that comes in pieces, wherever the pieces begin and end.
///
/// The end of a piece is held back while it may be the beginning of a secret; ``finish()`` hands
/// out what is left, so that nothing is lost.
public struct SecretFilter: Sendable {
  private let scanner: SecretScanner?
  private var held: [UInt8] = []

  /// A filter for the secrets that are known now; `nil` lets everything through.
  public init(_ secrets: KnownSecrets?) { scanner = secrets?.scanner }

  /// Reads a piece; returns what is settled, which may be nothing.
  public mutating func feed(_ piece: [UInt8]) -> [UInt8] {
    guard let scanner else { return piece }
    let input = held.isEmpty ? piece : held + piece
    let outcome = input.withUnsafeBufferPointer { scanner.scan($0, isEnd: false) }
    held = Array(input[outcome.settled...])
    return outcome.output ?? (held.isEmpty ? input : Array(input[..<outcome.settled]))
  }

  /// Reads a piece of text; characters stay whole where they were whole.
  public mutating func feed(_ piece: String) -> String {
    guard scanner != nil else { return piece }
    return String(decoding: feed(Array(piece.utf8)), as: UTF8.self)
  }

  /// What was held back.
  public mutating func finish() -> [UInt8] {
    defer { held = [] }
    guard let scanner, !held.isEmpty else { return [] }
    return scanner.redacting(held)
  }

  /// What was held back, as text.
  public mutating func finish() -> String { String(decoding: finish() as [UInt8], as: UTF8.self) }
}
