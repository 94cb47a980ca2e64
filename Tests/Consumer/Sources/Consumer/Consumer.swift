import AudioTiming
import CurlHTTP
import Foundation
import GeminiAPI
import HTMLReports
import OrderedJSON
import PromptTemplates
import RunStore
import TabularExtraction
import Transcribing
import TranscriptFormats
import TranscriptImport
import TranscriptModel
import TranscriptScoring

/// Does with the libraries what can be done without a service: plans, decodes, writes, keeps, scores, times.
@main struct Consumer {
  static let schema = """
    {"type": "object", "properties": {"lines": {"type": "array", "items": {"type": "object",
    "properties": {"start": {"type": "string"}, "text": {"type": "string"}}}}}}
    """

  static let prompt = """
    ---
    model: gemini-3.5-flash-lite
    input: {schema: {video: string}}
    output:
      schema:
        lines(array): {start: string, text: string}
    ---
    {{media url=video}}

    Write down what is said.
    """

  static func main() async throws {
    try await plan(CommandLine.arguments[1])
    try decode()
    let document = document()
    let vtt = TranscriptFormatList.format(named: "vtt")?.bytes(of: document) ?? []
    let page = HTMLReport(document).rendered()
    guard String(decoding: vtt, as: UTF8.self).contains("We are in orbit."),
      String(decoding: page, as: UTF8.self).contains("We are in orbit."),
      try TranscriptDocument(parsing: document.jsonBytes()).isComplete
    else { throw Failure(what: "writing") }
    try takeIn(vtt)
    try keep()
    let said = [Utterance(speaker: "a", text: "we are in orbit")]
    let heard = [Utterance(speaker: "b", text: "we are in debit")]
    guard SpeakerErrors.concatenated(said, heard).counts.substitutions == 1 else {
      throw Failure(what: "scoring")
    }
    let sound = try await SoundProfile.listening(to: CommandLine.arguments[1])
    guard !sound.activity.intervals.isEmpty else { throw Failure(what: "listening") }
    print("The libraries plan, decode, write, take in, keep, score and listen.")
  }

  static func plan(_ video: String) async throws {
    let client = GeminiClient(
      configuration: try .init(environment: ["GEMINI_API_KEY": "none"]),
      transport: CurlTransport()
    )
    let transcriber = Transcriber(client: client, catalog: try .builtIn())
    let template = try PromptTemplate(parsing: prompt, name: "lines")
    let prompt = try ExtractionPrompt(name: "lines", template: template)
    let work = try await transcriber.prepare(.localFile(video), prompt: prompt, settings: .init())
    guard try transcriber.plan([work]).entries.count == 1 else { throw Failure(what: "planning") }
  }

  static func decode() throws {
    var decoder = ReplyDecoder(
      schema: try TableSchema(name: "lines", parsing: schema),
      encoding: .json
    )
    decoder.feed(#"{"lines": [{"start": "00:01", "text": "We are in orbit."}, {"start": "00:0"#)
    guard decoder.finish().tables.first?.rowCount == 1 else { throw Failure(what: "decoding") }
  }

  static func document() -> TranscriptDocument {
    TranscriptDocument(
      source: .init(uri: "talk.mp4", kind: "file", stem: "talk"),
      run: .init(
        id: "1",
        startedAt: "2026-11-20T10:15:00Z",
        tool: "consumer",
        backend: "ai-studio",
        model: "gemini-3.5-flash-lite",
        prompt: "lines",
        promptDigest: "00",
        schema: "lines",
        encoding: "json"
      ),
      tables: [],
      transcript: Transcript(
        segments: [
          .init(
            row: 0,
            start: Timecode(milliseconds: 0),
            end: Timecode(milliseconds: 2000),
            endIsEstimate: false,
            voice: 1,
            text: "We are in orbit."
          )
        ],
        speakers: [Speaker(voice: 1, name: "Alan Shepard")]
      ),
      findings: [],
      usage: nil,
      cost: .init(),
      isComplete: true
    )
  }

  static func takeIn(_ captions: [UInt8]) throws {
    let transcript = try TranscriptImporter.read(captions)
    let row = transcript.rows.first
    guard transcript.format == "VTT", row?.text == "We are in orbit.", row?.end == 2000,
      row?.speaker == "Alan Shepard", ImportFormat.all.contains(where: { $0.name == "VTT" })
    else { throw Failure(what: "importing") }
    let refused = Result {
      try TranscriptImporter.read(Array("WEBVTT\n\nsoon --> later\nHello.\n".utf8))
    }
    guard case .failure(let error) = refused, "\(error)".hasPrefix("line 3 ") else {
      throw Failure(what: "telling the place")
    }
  }

  static func keep() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try RunStore(path: folder.appending(path: "runs.db").path)
    guard try store.runs(limit: 1).isEmpty else { throw Failure(what: "keeping") }
  }
}

struct Failure: Error {
  let what: String
}
