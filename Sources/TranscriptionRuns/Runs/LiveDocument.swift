internal import PlainText
package import RunStore
internal import TabularExtraction
package import TranscriptModel

/// What the replies of an item hold so far, while it is being worked on.
package struct LiveDocument {
  package let document: TranscriptDocument

  /// `nil` when nothing of the replies can be read yet.
  ///
  /// - Parameter tool: What shows it, with its version.
  package init?(_ item: StoredItem, in store: RunStore, tool: String) throws {
    guard
      let schema = try? TableSchema(
        name: item.item.schema.name,
        parsing: item.item.schema.text
      )
    else { return nil }
    let duration = item.item.source.durationMS.map(Timecode.init(milliseconds:))
    var transcript = Transcript()
    for request in try store.requests(of: item.id) where request.ending.status != .failed {
      // A reply of which nothing has come yet, or that is a failure, has no rows.
      guard let text = try? SavedReply(try store.reply(of: request.id)).text else { continue }
      var decoder = ReplyDecoder(schema: schema, encoding: Self.encoding(of: text))
      decoder.feed(text)
      let tables = decoder.finish(modelStopped: true).tables
      let assembler = TranscriptAssembler(clip: request.request.clip, duration: duration)
      let part = assembler.assemble(tables).transcript
      transcript.segments += part.segments
      let known = Set(transcript.speakers.map(\.voice))
      transcript.speakers += part.speakers.filter { !known.contains($0.voice) }
    }
    transcript.segments = Self.inOrderOfTime(transcript.segments)
    document = Self.document(item, transcript, tool)
  }

  /// Names what the replies hold so far; equal when nothing has come since.
  package static func state(of item: StoredItem, in store: RunStore) throws(RunStoreError) -> String
  {
    let requests = try store.requests(of: item.id)
    return "\(requests.count)-\(requests.reduce(0) { $0 + $1.replySize })"
  }

  /// Clips are answered at the same time; a row without a start stays behind the one before it.
  private static func inOrderOfTime(_ segments: [TranscriptSegment]) -> [TranscriptSegment] {
    var latest = Timecode.zero
    let placed = segments.enumerated().map { position, segment in
      if let start = segment.start { latest = start }
      return (latest, position, segment)
    }
    return placed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
  }

  /// Tables in tags begin with one; anything else is JSON, fenced or not.
  private static func encoding(of text: [UInt8]) -> ReplyEncoding {
    text.first { $0 > 0x20 } == UInt8(ascii: "<") ? .tsv : .json
  }

  private static func document(
    _ item: StoredItem,
    _ transcript: Transcript,
    _ tool: String
  ) -> TranscriptDocument {
    let source = item.item.source
    return TranscriptDocument(
      source: .init(
        uri: source.uri,
        kind: source.kind,
        stem: source.stem,
        title: source.title,
        mimeType: source.mimeType,
        durationMS: source.durationMS,
        recordedAt: source.recordedAt
      ),
      run: .init(
        id: item.run,
        startedAt: item.startedAt.map(MomentText.exact) ?? "",
        tool: tool,
        backend: "",
        model: item.item.model,
        prompt: item.item.prompt.name,
        promptDigest: item.promptDigest,
        schema: item.item.schema.name,
        encoding: ""
      ),
      tables: [],
      transcript: transcript,
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: false
    )
  }
}
