internal import HostSystem

/// The secrets that a program works with; whatever it shows, keeps or makes holds none of them.
///
/// They are found in every form: escaped in JSON of any depth, in addresses, split over lines. A
/// secret that may be a word of a language, as `anything` is where people try an emulator, is
/// taken out of messages only.
public final class KnownSecrets: Sendable {
  private struct State {
    var texts: Set<KnownText> = []
    var words: Set<KnownText> = []
    var scanner: SecretScanner?
    var messageScanner: SecretScanner?
  }

  /// The least bytes of what is taken out of messages.
  private static let leastLength = 4

  private let state = Lock(State())

  /// Keeps secrets.
  public init(_ secrets: [Secret] = []) { add(secrets) }

  /// Keeps further secrets, from now on.
  public func add(_ secrets: [Secret]) {
    let found = secrets.flatMap(\.knownTexts).filter { $0.bytes.count >= Self.leastLength }
    state.withLock { state in
      let texts = state.texts.union(found.filter(\.isDistinctive))
      let words = state.words.union(found.filter { !$0.isDistinctive })
      guard texts != state.texts || words != state.words else { return }
      state = State(texts: texts, words: words)
      if !texts.isEmpty { state.scanner = SecretScanner(known: Array(texts)) }
      state.messageScanner = SecretScanner(known: Array(texts.union(words)))
    }
  }

  /// Finds them in anything; `nil` when there are none.
  var scanner: SecretScanner? { state.withLock { $0.scanner } }

  /// A text without the secrets.
  public func redacting(_ text: String) -> String { scanner?.redacting(text) ?? text }

  /// Bytes without the secrets.
  public func redacting(_ bytes: [UInt8]) -> [UInt8] { scanner?.redacting(bytes) ?? bytes }

  /// A message without the secrets, also those that may be a word.
  public func redacting(message: String) -> String {
    state.withLock { $0.messageScanner }?.redacting(message) ?? message
  }
}
