import Foundation
internal import RunStore
import Testing
internal import TranscriptModel

/// Stores that may not be written; the rights of files mean nothing to root, so that the thread
/// takes on another user's for a moment.
@Suite struct ReadOnlyTests {
  let place: TemporaryStore
  init() throws {
    place = try TemporaryStore()
    try place.open().put(Sample.document(["in orbit"]), run: "a")
  }

  private func setRights(_ rights: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
  }

  private var folder: String { (place.path as NSString).deletingLastPathComponent }

  @Test func aStoreInAFolderThatMayNotBeWrittenCanBeSearched() throws {
    try setRights(0o755, of: place.folder.path)
    try setRights(0o755, of: folder)
    try setRights(0o644, of: place.path)
    try OtherUser.act {
      let store = try RunStore(readingFrom: place.path)
      #expect(store.isReadOnly)
      #expect(try store.search(SearchQuery("orbit")).hits.count == 1)
      #expect(try store.problems() == [])
      #expect(try code(of: { try store.begin(Sample.run("b")) }) == .readOnly)
      #expect(try code(of: { try place.open() }) == .readOnly)
    }
    #expect(try place.open().runs().map(\.id) == ["a"])
  }

  @Test func aStoreOfSomebodyElseIsRefused() throws {
    try OtherUser.act {
      #expect(throws: RunStoreError.self) { try RunStore(readingFrom: place.path) }
      #expect(throws: RunStoreError.self) { try place.open() }
    }
  }

  @Test func aFolderThatMayNotBeMadeIsNamed() throws {
    try setRights(0o755, of: place.folder.path)
    let path = place.folder.appending(path: "new/tabscribe.db").path
    try OtherUser.act {
      let error = try #require(#expect(throws: RunStoreError.self) { try RunStore(path: path) })
      #expect(error.code == .readOnly)
      #expect(error.message.contains("/new cannot be made"))
    }
  }
}
