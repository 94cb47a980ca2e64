import Foundation
import HostSystem
import Testing

@Suite struct FileLockTests {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "locks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test func oneAtATimeChangesAFileAndTheLockIsGoneAfterwards() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "count")
    try Data("0".utf8).write(to: file)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try FileLock.held(of: file.path) {
            let count = Int(String(decoding: try Data(contentsOf: file), as: UTF8.self)) ?? -100
            usleep(200)
            try Data("\(count + 1)".utf8).write(to: file)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try Data(contentsOf: file) == Data("50".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["count"])
  }

  @Test func whoWaitsTooLongIsTold() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "count").path
    try FileLock.held(of: file) {
      let failure = #expect(throws: FileLock.Failure.self) {
        try FileLock.held(of: file, patience: .milliseconds(20)) {}
      }
      #expect(failure?.code == EWOULDBLOCK)
    }
  }

  @Test func theLongestNameHasALockToo() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: String(repeating: "é", count: 127)).path
    #expect(try FileLock.held(of: file) { 1 } == 1)
  }
}
