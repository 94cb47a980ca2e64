internal import OrderedJSON
internal import ReportSamples
internal import TestSupport
import Testing
internal import TranscriptFormats
internal import TranscriptModel

/// Laws of every format there is.
@Suite struct FormatListTests {
  struct Named: Sendable, CustomTestStringConvertible {
    let format: any TranscriptFormat
    var testDescription: String { format.name }
  }

  static let formats = TranscriptFormatList.all.map { Named(format: $0) }

  private static func document(
    _ change: (inout TranscriptDocument) -> Void = { _ in }
  )
    throws -> TranscriptDocument
  {
    var document = try #require(SampleDocuments.sampleVideo)
    var chapters = Table(
      name: "chapters",
      columns: [Column(name: "start", role: .start), Column(name: "title", role: .text)]
    )
    for (start, title) in [(1400, "The drawer"), (32_502, "The pen & <paper>")] {
      chapters.append([.time(Timecode(milliseconds: start)), .text(title)])
    }
    document.tables.append(chapters)
    change(&document)
    return document
  }

  @Test func noTwoFormatsShareANameOrFile() {
    #expect(Set(Self.formats.map(\.format.name)).count == Self.formats.count)
    #expect(Set(Self.formats.map(\.format.suffix)).count == Self.formats.count)
    #expect(Self.formats.allSatisfy { $0.format.suffix.hasPrefix(".") })
  }

  @Test(arguments: formats) func sameDocumentGivesSameBytes(_ named: Named) throws {
    let document = try Self.document()
    let bytes = named.format.bytes(of: document)
    #expect(!bytes.isEmpty)
    #expect(named.format.bytes(of: document) == bytes)
    if named.format.isText { #expect(String(validating: bytes, as: UTF8.self) != nil) }
  }

  @Test(arguments: formats) func noFolderOfThisMachineIsTold(_ named: Named) throws {
    let document = try Self.document { document in
      document.source.uri = "/home/someone/secret-project/talk.webm"
      document.source.kind = "file"
    }
    let bytes = named.format.bytes(of: document)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("secret-project"))
  }

  @Test(arguments: formats) func nothingIsLostOfWhatHasNoTimeUnlessTheFormatSaysSo(
    _ named: Named
  ) throws {
    let document = try Self.document { document in
      for index in document.transcript.segments.indices {
        document.transcript.segments[index].start = nil
        document.transcript.segments[index].end = nil
      }
    }
    let text = String(decoding: named.format.bytes(of: document), as: UTF8.self)
    guard named.format.isText else { return }
    let words = document.transcript.segments[0].text.prefix(12)
    #expect(text.contains(words) == !named.format.needsTimes)
  }

  @Test(arguments: formats) func anEmptyTranscriptIsWrittenToo(_ named: Named) throws {
    let document = try Self.document { $0.transcript = Transcript() }
    _ = named.format.bytes(of: document)
  }

  @Test(arguments: formats) func speakersAreLeftOutOnRequest(_ named: Named) throws {
    // Tables and research formats always say who speaks.
    let always = ["csv", "tsv", "xlsx", "jsonl", "exb", "stm", "rttm", "seglst", "docx"]
    // Chapters and single words name nobody; scc is numbers, which ScenaristTests reads.
    guard !["chapters", "youtube", "ctm", "scc"].contains(named.format.name) else { return }
    guard !always.contains(named.format.name) else { return }
    let document = try Self.document { $0.tables = [] }
    let name = try #require(document.transcript.speakers.compactMap(\.name).first)
    var options = FormatOptions()
    #expect(
      String(decoding: named.format.bytes(of: document, options: options), as: UTF8.self).contains(
        name
      )
    )
    options.hasSpeakers = false
    #expect(
      !String(decoding: named.format.bytes(of: document, options: options), as: UTF8.self).contains(
        "\(name):"
      )
    )
  }
}
