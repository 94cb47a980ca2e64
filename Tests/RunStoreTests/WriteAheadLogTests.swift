internal import RunStore
import Testing

@Suite struct WriteAheadLogTests {
  let place: TemporaryStore
  init() throws { place = try TemporaryStore() }

  @Test func theDiskIsWaitedForWhenAReplyIsWholeAndWhenItsDocumentIsKept() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    let item = try store.add(Sample.item(1), to: "a")
    let request = try store.begin(NewRequest(bodyDigest: "d"), of: item)
    let before = try #require(store.log?.waits)
    for _ in 0..<10 { try store.append([0x7B], to: request) }
    #expect(store.log?.waits == before)
    try store.finish(request: request, RequestEnding(.answered))
    #expect(store.log?.waits == before + 1)
    try store.save(Sample.document(["one"]), files: [], status: .complete, for: item)
    #expect(store.log?.waits == before + 2)
    try store.setFiles(["/tmp/one.json"], of: item)
    #expect(store.log?.waits == before + 2)
  }

  @Test func oneWaitSecuresAllThatWasChangedBefore() throws {
    let store = try place.open()
    try store.begin(Sample.run("a"))
    let log = WriteAheadLog(of: place.path)
    let changes = [log.note(), log.note(), log.note()]
    try log.secure(changes[2])
    try log.secure(changes[0])
    try log.secure(changes[1])
    #expect(log.waits == 1)
    try log.secure(log.note())
    #expect(log.waits == 2)
  }

  @Test func aLogThatCannotBeSecuredIsSaid() {
    let log = WriteAheadLog(of: place.path + ".none")
    #expect(throws: RunStoreError.self) { try log.secure(log.note()) }
  }
}
