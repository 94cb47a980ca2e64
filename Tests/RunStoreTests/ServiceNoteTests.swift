import Foundation
internal import RunStore
import Testing

/// What is remembered of things that services keep.
@Suite(.eachEngine) struct ServiceNoteTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  @Test func anUploadIsKnownUntilTheServiceForgetsIt() throws {
    let store = try place.open()
    try store.note(Sample.upload(1), from: Sample.file(1), at: Sample.start)
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start) == [Sample.upload(1)])
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start + 1000).isEmpty)
    #expect(try store.uploads(size: 10, account: "b", at: Sample.start).isEmpty)
    #expect(try store.uploads(size: 11, account: "a", at: Sample.start).isEmpty)
    // The next one to be noted sweeps out what has expired.
    try store.note(Sample.upload(2), from: Sample.file(2), at: Sample.start + 999)
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start).count == 2)
    try store.forgetUpload("files/1")
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start) == [Sample.upload(2)])
    try store.note(Sample.upload(3), from: Sample.file(3), at: Sample.start + 1000)
    #expect(try store.uploads(size: 10, account: "a", at: Sample.start) == [Sample.upload(3)])
  }

  @Test func aFileIsKnownWhileItStaysAsItWas() throws {
    let store = try place.open()
    try store.note(Sample.upload(1), from: Sample.file(1), at: Sample.start)
    #expect(try store.digest(of: Sample.file(1)) == "d1")
    #expect(try store.digest(of: Sample.file(1, modified: 2)) == nil)
    var changed = Sample.upload(1)
    changed.digest = "d2"
    try store.note(changed, from: Sample.file(1, modified: 2), at: Sample.start)
    #expect(try store.digest(of: Sample.file(1)) == nil)
    #expect(try store.digest(of: Sample.file(1, modified: 2)) == "d2")
  }

  @Test func aNoteAboutACacheIsReplacedByItsLabel() throws {
    let store = try place.open()
    var cache = StoredCache(label: "one", account: "a", expiresAt: Sample.start)
    try store.note(cache)
    (cache.name, cache.expiresAt) = ("cachedContents/1", Sample.start + 60)
    try store.note(cache)
    #expect(try store.caches() == [cache])
    #expect(cache.process == .current && !cache.process.isGone)
    try store.forgetCache("one")
    #expect(try store.caches().isEmpty)
  }

  @Test func factsOfAFileHoldWhileItStaysAsItIs() throws {
    let store = try place.open()
    try store.note(facts: "one", of: Sample.file(1), at: Sample.start)
    try store.note(facts: "two", of: Sample.file(2), at: Sample.start + 86_400)
    #expect(try store.facts(of: Sample.file(1)) == "one")
    #expect(try store.facts(of: Sample.file(1, modified: 2)) == nil)
    try store.note(facts: "new", of: Sample.file(1, modified: 2), at: Sample.start)
    #expect(try store.facts(of: Sample.file(1)) == nil)
    #expect(try store.facts(of: Sample.file(1, modified: 2)) == "new")
    // A year later the first is forgotten, the second not yet.
    let later = Sample.start + 365.5 * 86_400
    try store.note(facts: "three", of: Sample.file(3), at: later)
    #expect(try store.facts(of: Sample.file(1, modified: 2)) == nil)
    #expect(try store.facts(of: Sample.file(2)) == "two")
  }
}
