internal import HostSystem
internal import OrderedJSON
internal import PlainText

/// The service's own cache of prompt beginnings.
///
/// A later request finds the longest beginning it shares with an earlier one, in steps of whole media
/// parts and of 1024 bytes of text, once it holds the model's fewest tokens; the last step is always
/// computed anew. Entries live for a while after their last use.
final class ImplicitCache: Sendable {
  private struct Entry {
    let ready: Double
    var expires: Double
  }

  /// One step of a prompt.
  private struct Step {
    let hash: UInt64
    let tokens: ModalityTokens
  }

  private static let textStep = 1024
  /// Steps remembered at most; beyond that the cache starts over.
  private static let capacity = 200_000

  /// Seconds an entry lives after its last use.
  let lifetime: Double
  private let entries = Lock<[UInt64: Entry]>([:])

  init(lifetime: Double) { self.lifetime = lifetime }

  /// Tokens of the request that are in the cache already.
  func cached(_ request: GenerationRequest, at now: Double) -> ModalityTokens {
    guard let floor = request.model.floors.implicit, request.cache == nil else { return .init() }
    let steps = steps(of: request)
    return entries.withLock { entries in
      let found = steps.dropLast().last { step in
        guard let entry = entries[step.hash], step.tokens.total >= floor else { return false }
        // Sums of seconds since 1970 are exact to less than a microsecond only.
        return entry.ready <= now + 0.001 && now < entry.expires
      }
      return found?.tokens ?? ModalityTokens()
    }
  }

  /// Remembers the request's beginnings, usable from a moment on.
  func remember(_ request: GenerationRequest, from moment: Double) {
    guard let floor = request.model.floors.implicit, request.cache == nil,
      request.ownTokens.total >= floor
    else { return }
    let steps = steps(of: request)
    entries.withLock { entries in
      if entries.count > Self.capacity { entries.removeAll() }
      for step in steps where step.tokens.total >= floor {
        let ready = entries[step.hash].map { min($0.ready, moment) } ?? moment
        entries[step.hash] = Entry(ready: ready, expires: moment + lifetime)
      }
    }
  }

  /// The beginnings of a prompt: hash and tokens up to each step.
  private func steps(of request: GenerationRequest) -> [Step] {
    var walk = PrefixWalk(
      seed: "\(request.backend) \(request.model.id) \(request.resolution ?? "")"
    )
    var steps: [Step] = []
    func add(_ text: String) {
      var tokens = TextTokens()
      for piece in text.pieces(ofBytes: Self.textStep) {
        let before = tokens.count
        tokens.read(piece)
        let own = ModalityTokens(text: tokens.count - before)
        steps.append(Step(hash: walk.add(piece.utf8), tokens: walk.count(own)))
      }
    }
    if let tools = request.body["tools"] { _ = walk.add(tools.rendered().utf8) }
    if let system = request.system { add(system) }
    for part in request.parts {
      switch part {
      case .text(let text), .other(let text): add(text)
      case .media(let use):
        let identity = "\(use.source.identity) \(use.clip) \(use.fps) \(use.resolution ?? "")"
        let tokens = request.tokens(of: part)
        steps.append(Step(hash: walk.add(identity.utf8), tokens: walk.count(tokens)))
      }
    }
    return steps
  }
}

/// A running hash and count along a prompt.
private struct PrefixWalk {
  private var hash = StableHash()
  private var sum = ModalityTokens()

  init(seed: String) { _ = add(seed.utf8) }

  mutating func add(_ bytes: some Sequence<UInt8>) -> UInt64 {
    hash.add(bytes)
    // A byte no UTF-8 holds keeps "a" + "b" apart from "ab".
    hash.add(0xFF)
    return hash.value
  }

  mutating func count(_ tokens: ModalityTokens) -> ModalityTokens {
    sum += tokens
    return sum
  }
}
