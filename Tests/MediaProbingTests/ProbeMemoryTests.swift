import Foundation
import MediaProbing
import TestSupport
import Testing

@Suite struct ProbeMemoryTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)

  @Test(arguments: [(true, 2), (false, 6)])
  func eachFileIsExaminedOnceWhenFactsAreRemembered(_ remembers: Bool, _ calls: Int) async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let report = #"{"format": {"duration": "12.5"}, "streams": [{"codec_type": "audio"}]}"#
    let fake = try FakeProber(in: folder, answering: report)
    let prober = MediaProber(program: fake.path, memory: remembers ? ProbeMemory() : nil)
    for _ in 0..<3 {
      #expect(try await prober.probe(path: "/a").durationMS == 12_500)
      #expect(try await prober.probe(path: "/b").hasAudio)
    }
    #expect(fake.calls == calls)
  }

  @Test func aProberThatHangsIsEndedWithItsTask() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let fake = try FakeProber(in: folder, answering: nil)
    let probing = Task { try await MediaProber(program: fake.path).probe(path: "/a") }
    while fake.calls == 0 { try await Task.sleep(for: .milliseconds(10)) }
    probing.cancel()
    // The program alone would take a minute, and its deadline is half of that.
    await #expect(throws: CancellationError.self) { try await probing.value }
  }
}
