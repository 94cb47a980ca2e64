import Foundation
import TestSupport
import Testing
import TranscriptImport

/// Files in encodings of old, files that do harm, and files of other projects.
@Suite("Files as they are found")
struct EncodingTests {
  /// «张三：今天天气很好，我们去公园散步吧。» and a line feed in GB 18030.
  private static let chinese = "1cXI/aO6vfHM7Mzsxvi63LrDo6zO0sPHyKW5q9SwyaKyvbDJoaMK"

  @Test("An encoding is told by its mark, else by what ICU finds in the text")
  func encodings() throws {
    let german = "Jürgen: Grüße aus Köln, schöne Fußgänger sind überall für Zürich üblich.\n"
    let chinese = try #require(Data(base64Encoded: Self.chinese))
    let cases: [([UInt8], String, String)] = [
      ([0xEF, 0xBB, 0xBF] + german.utf8, "UTF-8", "Jürgen"),
      (german.unicodeScalars.map { UInt8($0.value) }, "ISO-8859-1", "Jürgen"),
      (
        [0xFF, 0xFE] + german.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, "UTF-16LE",
        "Jürgen"
      ),
      (german.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }, "UTF-16BE", "Jürgen"),
      (Array(repeatElement(chinese, count: 5).joined()), "GB18030", "张三"),
    ]
    for (bytes, name, speaker) in cases {
      let transcript = try TranscriptImporter.read(bytes)
      #expect(transcript.charset == name)
      #expect(transcript.rows.first?.speaker == speaker)
    }
    let forced = try TranscriptImporter.read([0x41, 0xA4], charset: "ISO-8859-15")
    #expect(forced.rows.map(\.text) == ["A€"])
    #expect(throws: ImportError.self) { try TranscriptImporter.read([0x41], charset: "nothing") }
    #expect(throws: ImportError.self) { try TranscriptImporter.read([0x50, 0x4B, 3, 4, 0, 0]) }
  }

  @Test(
    "Every file of other projects comes in, or fails with one line",
    .enabled(if: SharedFixtures.isPresent, "needs ../shared")
  )
  func fixtures() throws {
    var readCount = 0
    for folder in ["captions", "transcripts", "field/exports", "field/replies", "field/documents"] {
      let root = SharedFixtures.folder.appending(path: "fixtures/\(folder)")
      let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where !file.hasDirectoryPath {
        let bytes = [UInt8](try Data(contentsOf: file))
        do throws(ImportError) {
          let transcript = try TranscriptImporter.read(bytes)
          readCount += 1
          #expect(transcript.document != nil || !transcript.format.isEmpty, "\(file.path)")
        } catch {
          #expect(!error.description.isEmpty && !error.description.contains("\n"), "\(file.path)")
        }
      }
    }
    #expect(readCount > 40)
    let gemini = try TranscriptImporter.read(
      [UInt8](SharedFixtures.data("fixtures/transcripts/nasa/gemini3.txt"))
    )
    #expect(gemini.rows.count == 1955)
    // A few turns of it have no time of their own.
    #expect(gemini.rows.count { $0.start != nil } > 1900)
    #expect(gemini.rows.allSatisfy { !$0.speaker.isEmpty })
  }
}
