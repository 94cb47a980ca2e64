import Foundation
import HostSystem
import Testing

/// A file gets its name in whatever way a file system has, and never takes another's.
@Suite struct FreeNameTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "names-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// As file systems refuse what they lack: exFAT and SMB links, NFS and FUSE the renaming.
  static let ways: [[FreeName.Way]] = [
    FreeName.ways, [.renaming], [.linking], [.reserving],
    [refusing(EINVAL), refusing(EPERM), .reserving], [refusing(ENOSYS), .linking],
    [refusing(EINVAL), refusing(EOPNOTSUPP), .reserving],
  ]

  private static func refusing(_ code: Int32) -> FreeName.Way { .init { _, _ in code } }

  @Test(arguments: ways.indices) func aFreeNameIsTakenAndATakenOneIsNot(_ index: Int) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let ways = Self.ways[index]
    try Data("new".utf8).write(to: folder.appending(path: "part"))
    #expect(FreeName.move(path("part"), to: path("name"), by: ways) == 0)
    #expect(try text("name") == "new")
    try Data("other".utf8).write(to: folder.appending(path: "part"))
    #expect(FreeName.move(path("part"), to: path("name"), by: ways) == EEXIST)
    #expect(try text("name") == "new")
    #expect(try text("part") == "other")
    #expect(FreeName.move(path("absent"), to: path("free"), by: ways) != 0)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["name", "part"]
    )
  }

  @Test func whereNoWayWorksTheLastReasonIsTold() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appending(path: "part"))
    let ways = [Self.refusing(EINVAL), Self.refusing(EROFS)]
    #expect(FreeName.move(path("part"), to: path("name"), by: ways) == EROFS)
  }
}
