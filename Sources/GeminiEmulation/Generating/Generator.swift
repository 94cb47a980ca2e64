internal import OrderedJSON
internal import PlainText
internal import TranscriptModel

/// Makes answers.
struct Generator: Sendable {
  let options: EmulatorOptions
  let implicitCache: ImplicitCache
  let ids: IDSource
  private let asked = AskedCount()

  init(options: EmulatorOptions, implicitCache: ImplicitCache, ids: IDSource) {
    (self.options, self.implicitCache, self.ids) = (options, implicitCache, ids)
  }

  /// Answers a request, with a fault where one is to be played.
  func generation(for request: GenerationRequest, fault: Fault?, at now: Double) -> Generation {
    var generation = Generation(
      request: request,
      text: "",
      finishReason: "STOP",
      responseID: (reply(to: request) == nil ? "" : "scripted-") + ids.next("response", length: 22),
      created: now,
      usage: UsageCounts(
        prompt: request.readTokens,
        cached: request.cache?.tokens ?? implicitCache.cached(request, at: now)
      )
    )
    generation.outputRate = options.outputRate
    switch fault?.answerDamage {
    case .block(let reason): generation.blockReason = reason
    case .silence: generation.finishReason = nil
    case .cut, .loop, nil: fill(&generation, fault)
    }
    if generation.blockReason == nil, generation.finishReason != nil {
      generation.usage.thoughts = request.thoughtTokens
      generation.usage.toolUse = ToolUse(request: request).tokens
      generation.usage.candidates = TextTokens.count(generation.text)
    }
    return generation
  }

  /// The answer that the scenario has for a prompt; `nil` where it is answered as it should be.
  private func reply(to request: GenerationRequest) -> ScriptedReply? {
    guard !options.scenario.replies.isEmpty else { return nil }
    let text = request.promptText
    return options.scenario.replies.first { text.contains($0.words) }
  }

  private func fill(_ generation: inout Generation, _ fault: Fault?) {
    let request = generation.request
    var script = script(for: request)
    if let reply = reply(to: request) {
      let key = "\(request.digest) \(asked.next(request.digest))"
      script = reply.applied(to: script, seed: options.seed, key)
    }
    switch fault?.answerDamage {
    case .cut(let reason):
      generation.text = text(script, request, cutInRow: fault?.row ?? 1)
      generation.finishReason = reason
    case .loop:
      generation.text = text(script.looping(from: fault?.row ?? 1), request).droppingTail(40)
      generation.finishReason = "MAX_TOKENS"
    case .block, .silence, nil:
      generation.text = text(script, request)
      if request.model.isSpeechModel { generation.heard = SpeechReply(script, request).parts }
    }
    stop(&generation)
    resume(&generation)
    let most =
      isLong(request) ? request.maxOutputTokens : min(request.maxOutputTokens, request.decodeLimit)
    let visible = max(0, most - request.thoughtTokens - request.writtenTokens)
    if TextTokens.count(generation.text) > visible {
      generation.text = String(TextTokens.beginning(of: generation.text, holding: visible))
      generation.finishReason = "MAX_TOKENS"
      generation.continuationToken = nil
    }
  }

  /// Ends the answer before the first stop sequence in it.
  private func stop(_ generation: inout Generation) {
    let sequences = generation.request.body["generationConfig"]?["stopSequences"]?.array ?? []
    let texts = sequences.compactMap(\.string).filter { !$0.isEmpty }
    let cuts = texts.compactMap { generation.text.firstRange(of: $0)?.lowerBound }
    guard let cut = cuts.min() else { return }
    generation.text = String(generation.text[..<cut])
    generation.finishReason = "STOP"
  }

  /// Cuts the answer where one decode ends, and goes on where the last one ended.
  private func resume(_ generation: inout Generation) {
    let done = generation.request.writtenBytes
    if done > 0 {
      generation.text = String(decoding: generation.text.utf8.dropFirst(done), as: UTF8.self)
    }
    guard let limit = decodeTokens(generation.request), generation.finishReason == "STOP" else {
      return
    }
    let piece = TextTokens.beginning(of: generation.text, holding: limit)
    guard piece.endIndex < generation.text.endIndex else { return }
    generation.text = String(piece)
    generation.finishReason = "CONTINUATION"
    let token = ContinuationToken(
      bytes: done + piece.utf8.count,
      tokens: generation.request.writtenTokens + limit
    )
    generation.continuationToken = token.text
  }

  /// Whether more than one decode is asked for, of a model that goes on.
  private func isLong(_ request: GenerationRequest) -> Bool {
    request.model.longOutputLimit != nil && request.maxOutputTokens > request.model.outputLimit
  }

  /// The tokens after which the answer is to be taken up; `nil` where it is not.
  private func decodeTokens(_ request: GenerationRequest) -> Int? {
    options.decodeTokens ?? (isLong(request) ? request.decodeLimit : nil)
  }

  /// What is heard in the clip the request is about.
  private func script(for request: GenerationRequest) -> Script {
    let synthetic = SyntheticScript(
      seed: options.seed,
      rows: options.rows,
      voiceCount: options.voices
    )
    let subject = request.subject ?? request.cache?.subject
    guard let subject else {
      if let given = NumberedScript(in: request.promptText) { return given.script }
      return synthetic.script(of: request.digest, durationMS: options.remoteDurationMS)
    }
    let whole =
      subject.source.holdsSample
      ? SampleVideo.shared.script
      : synthetic.script(
        of: subject.source.identity,
        durationMS: subject.source.facts.durationMS
      )
    let script = whole.clipped(to: subject.clip)
    guard let given = GivenTranscript(in: request.promptText, script: script) else { return script }
    return Script(segments: script.segments, speakers: given.speakers(of: script))
  }

  private func text(_ script: Script, _ request: GenerationRequest) -> String {
    let fps = (request.subject ?? request.cache?.subject)?.fps ?? 1
    let writer = TableWriter(
      script: script,
      hasFractions: fps > 1,
      showsHours: request.model.showsHours
    )
    if request.model.isSpeechModel {
      return SpeechReply(script, request).parts.compactMap { $0["text"]?.string }.joined()
    }
    switch request.encoding {
    case .json(let shape): return JSONReply(writer: writer).text(shape)
    case .choice(let values): return values.first ?? ""
    case .tsv(let blocks): return TSVReply(writer: writer).text(blocks)
    case .text: return writer.prose
    }
  }

  /// The answer up to the middle of a row.
  private func text(_ script: Script, _ request: GenerationRequest, cutInRow row: Int) -> String {
    let whole = text(script, request)
    var shorter = script
    shorter.segments = Array(script.segments.prefix(max(0, row - 1)))
    let before = text(shorter, request)
    let shared = zip(whole.utf8, before.utf8).prefix { $0 == $1 }.count
    let width =
      script.segments.indices.contains(row - 1) ? script.segments[row - 1].text.utf8.count : 8
    return String(decoding: whole.utf8.prefix(shared + 12 + width / 2), as: UTF8.self)
  }
}

extension Script {
  /// The rows up to one, and then that one over and over.
  func looping(from row: Int) -> Script {
    guard let last = segments.prefix(max(1, row)).last else { return self }
    var copy = self
    copy.segments = Array(segments.prefix(max(1, row))) + Array(repeating: last, count: 400)
    return copy
  }
}

extension TableWriter {
  /// The script as lines of plain text.
  var prose: String {
    script.segments.map { segment in
      let speaker = script.speakers.first { $0.voice == segment.voice }
      let name = speaker?.name ?? "?"
      let label = name == "?" ? "Voice \(segment.voice)" : name
      return "\(Timecode(milliseconds: segment.startMS).rendered) \(label): \(segment.text)"
    }.joined(separator: "\n")
  }
}

extension String {
  /// The text without its last bytes.
  func droppingTail(_ bytes: Int) -> String {
    String(decoding: utf8.dropLast(bytes), as: UTF8.self)
  }
}

/// The place where a decode ended.
struct ContinuationToken: Hashable, Sendable {
  let bytes: Int
  let tokens: Int

  init(bytes: Int, tokens: Int) { (self.bytes, self.tokens) = (bytes, tokens) }

  /// Reads a token; `nil` for one this emulator did not make.
  init?(_ text: String) {
    let plain = String(decoding: Base64.decoded(text) ?? [], as: UTF8.self)
    let numbers = plain.split(separator: ":").dropFirst().compactMap { Int($0) }
    guard plain.hasPrefix("at:"), numbers.count == 2, numbers.allSatisfy({ $0 >= 0 }) else {
      return nil
    }
    (bytes, tokens) = (numbers[0], numbers[1])
  }

  var text: String { Base64.encoded(Array("at:\(bytes):\(tokens)".utf8)) }
}
