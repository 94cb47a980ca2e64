import Foundation
internal import RunStore
import Testing
internal import TranscriptModel

/// Who speaks in all transcripts, and which transcripts are of one recording.
@Suite(.eachEngine) struct PeopleTests {
  let store: RunStore
  private let place: TemporaryStore

  init() throws {
    place = try TemporaryStore()
    store = try place.open()
  }

  @Test func peopleAreOneByTheirNamesAndThoseOfMostRecordingsComeFirst() throws {
    let shepard = Speaker(voice: 1, name: "Alan Shepard", company: "NASA")
    let renowned = Speaker(voice: 1, name: "ALAN SHEPARD", company: "NASA", position: "Astronaut")
    let curator = Speaker(voice: 2, name: "Maëlle Kervadec", position: "Curator")
    let nobody = Speaker(voice: 3, role: "host")
    try store.put(
      Sample.document(["one", "two"], speakers: [shepard, curator]),
      run: "a",
      uri: "a"
    )
    try store.put(Sample.document(["one"], speakers: [shepard]), run: "b", minutes: 1, uri: "a")
    try store.put(
      Sample.document(["one", "two"], speakers: [renowned, nobody]),
      run: "c",
      minutes: 2,
      uri: "c"
    )
    let people = try store.people()
    #expect(people.map(\.name) == ["ALAN SHEPARD", "Maëlle Kervadec"])
    #expect(people.map(\.recordingCount) == [2, 1])
    #expect(people.map(\.descriptions) == [["Astronaut, NASA", "NASA"], ["Curator"]])
    #expect(people[0].lastMadeAt == Sample.start + 120)
    #expect(try store.people(named: "kerv MAE").map(\.name) == ["Maëlle Kervadec"])
    #expect(try store.people(named: "ervadec").isEmpty)
    #expect(try store.people(named: "host").isEmpty)
  }

  @Test func transcriptsOfARecordingAreFoundByAddressOrContents() throws {
    let first = try store.put(Sample.document(["one"]), run: "a", uri: "talk.mp4")
    // The same contents under another name.
    let second = try store.put(Sample.document(["two"]), run: "b", minutes: 1, uri: "copy.mp4")
    try store.begin(Sample.run("c", minutes: 2))
    var other = Sample.item(uri: "talk.mp4")
    other.source.contentHash = "another video"
    let third = try store.add(other, to: "c")
    try store.save(Sample.document(["three"]), files: [], status: .complete, for: third)
    try store.begin(Sample.run("d", minutes: 3))
    _ = try store.add(Sample.item(uri: "talk.mp4"), to: "d")
    let found = try store.items(besides: first, limit: 8)
    #expect(found.map(\.item.id) == [second])
    #expect(found.map(\.madeAt) == [Sample.start + 60])
    #expect(try store.items(besides: third, limit: 8).isEmpty)
    #expect(try store.items(besides: 999, limit: 8).isEmpty)
  }
}
