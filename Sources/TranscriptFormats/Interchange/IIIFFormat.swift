internal import OrderedJSON
internal import TranscriptModel

/// A IIIF manifest, `iiif`: the recording on a canvas of its length, with the transcript as
/// supplementing annotations, one for each row, on the stretch of time it takes.
///
/// Addresses that only the publisher knows begin with `https://example.org/`, but for a recording
/// that has a web address.
///
/// - Source: IIIF Presentation API 3.0, sections 5 and 6; cookbook recipe 0219 (captions).
public struct IIIFFormat: TranscriptFormat {
  /// The name on the command line.
  public let name = "iiif"
  /// What a file's name ends with.
  public let suffix = ".iiif.json"
  /// The media type.
  public let mediaType =
    "application/ld+json;profile=\"http://iiif.io/api/presentation/3/context.json\""
  /// What it is and for whom.
  public let summary = "a manifest for the viewers of libraries and museums (IIIF Presentation 3)"
  /// Rows without a start are left out.
  public let needsTimes = true

  /// The options that change it.
  public let effects: Set<FormatEffect> = [.speakers, .language]

  /// The format.
  public init() {}

  /// The document.
  public func bytes(of transcript: ExportedTranscript, options: FormatOptions) -> [UInt8] {
    let source = transcript.document.source
    let base = "https://example.org/" + SpeakerTokens.token(source.stem)
    let canvas = base + "/canvas"
    let rows = transcript.timedRows
    let length = JSONValue.seconds(max(source.durationMS ?? 0, rows.map(\.end).max() ?? 0, 1))
    let isSound = source.mimeType?.hasPrefix("audio/") ?? false
    var media: JSONObject = [
      "id": .string(source.kind == "https" ? source.uri : base + "/" + transcript.mediaReference),
      "type": isSound ? "Sound" : "Video",
      "duration": length,
    ]
    if let type = source.mimeType { media["format"] = .string(type) }
    let painting: JSONValue = [
      "id": .string(base + "/media"), "type": "Annotation", "motivation": "painting",
      "body": .object(media), "target": .string(canvas),
    ]
    let page: JSONValue = [
      "id": .string(base + "/page"), "type": "AnnotationPage", "items": [painting],
    ]
    let notes = rows.map { annotation($0, transcript, options, base: base) }
    let transcription: JSONValue = [
      "id": .string(base + "/transcript"), "type": "AnnotationPage",
      "label": ["none": ["Machine transcript"]], "items": .array(notes),
    ]
    let canvasObject: JSONValue = [
      "id": .string(canvas), "type": "Canvas", "duration": length, "items": [page],
      "annotations": [transcription],
    ]
    let facts = transcript.provenance.map { JSONValue.string($0) }
    let manifest: JSONValue = [
      "@context": "http://iiif.io/api/presentation/3/context.json",
      "id": .string(base + "/manifest"), "type": "Manifest",
      "label": ["none": [.string(transcript.title)]],
      "metadata": [["label": ["en": ["Transcript"]], "value": ["en": .array(facts)]]],
      "items": [canvasObject],
    ]
    return manifest.documentBytes()
  }

  private func annotation(
    _ row: TimedRow,
    _ transcript: ExportedTranscript,
    _ options: FormatOptions,
    base: String
  ) -> JSONValue {
    let isNamed = options.hasSpeakers && row.segment.voice != nil
    let text = (isNamed ? transcript.label(row.segment) + ": " : "") + row.segment.text
    let times = Clock.seconds(row.start) + "," + Clock.seconds(row.end)
    var body: JSONObject = ["type": "TextualBody", "format": "text/plain", "value": .string(text)]
    body["language"] = transcript.language(options).map { .string($0) }
    return [
      "id": .string("\(base)/row/\(row.segment.row)"), "type": "Annotation",
      "motivation": "supplementing",
      "body": .object(body),
      "target": .string("\(base)/canvas#t=\(times)"),
    ]
  }
}
