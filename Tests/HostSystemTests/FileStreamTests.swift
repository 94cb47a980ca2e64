import Foundation
import HostSystem
import Testing

@Suite struct FileStreamTests {
  @Test(arguments: 0...14) func linesAreTheSameWhereverThePiecesEnd(_ split: Int) throws {
    let text = Array("one\r\n\ntwo\n\n\nthree".utf8)
    var splitter = LineSplitter()
    var lines: [[UInt8]?] = []
    splitter.feed(text[..<split]) { lines.append($0) }
    splitter.feed(text[split...]) { lines.append($0) }
    splitter.finish { lines.append($0) }
    #expect(
      lines.map { $0.map { String(decoding: $0, as: UTF8.self) } } == ["one", "two", "three"]
    )
  }

  @Test func aFileAppearsWholeOrNotAtAll() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a").path
    do {
      let abandoned = try FileStream(path: path)
      try abandoned.append([1, 2])
    }
    #expect(HostFiles.names(in: folder.path).isEmpty)
    let stream = try FileStream(path: path)
    try stream.append(Array("x\ny".utf8))
    try stream.finish()
    #expect(HostFiles.names(in: folder.path) == ["a"])
    var lines: [[UInt8]?] = []
    try FileLines.forEach(in: path) { lines.append($0) }
    #expect(lines == [[0x78], [0x79]])
  }
}
