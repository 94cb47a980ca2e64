import EmbeddedLibrary
import Foundation
import TestSupport
import Testing

@Suite struct EmbeddedFilesTests {
  static let folders: [(String, EmbeddedLibrary)] = [
    ("Prompts", .prompts), ("Schemas", .schemas), ("Reports", .reports),
    ("Sources/ModelData", .models), ("Sources/SampleVideo", .sample),
  ]

  @Test("every file of a folder is in the program, byte by byte", arguments: folders)
  func nothingIsForgotten(_ path: String, _ library: EmbeddedLibrary) throws {
    let folder = SharedFixtures.projectRoot.appending(path: path)
    let sources = ["c", "h", "modulemap", "md", "png"]
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { name in name.contains(".") && !name.hasPrefix(".") }
      .filter { name in !sources.contains((name as NSString).pathExtension) }
    #expect(library.files.map(\.name).sorted() == names.sorted())
    for file in library.files {
      let bytes = try [UInt8](Data(contentsOf: folder.appending(path: file.name)))
      #expect(file.bytes == bytes, "\(path)/\(file.name)")
    }
  }
}
