internal import Digests
internal import EmbeddedLibrary
internal import OrderedJSON

/// The sample video that comes with the program, and what is said in it.
struct SampleVideo: Sendable {
  static let shared = SampleVideo()

  /// The SHA-256 of the file as 64 digits.
  let digest: String
  let facts: EmulatedMedia
  let script: Script

  private init() {
    let library = EmbeddedLibrary.sample
    let hash = SHA256()
    hash.update(library.file(named: "sample.webm")?.bytes ?? [])
    digest = SHA256.hexadecimal(hash.finalize())
    guard let text = library.file(named: "sample.json")?.text,
      let reference = try? JSONValue(parsing: text)
    else { preconditionFailure("the sample's reference is not JSON") }
    facts = EmulatedMedia(durationMS: reference["durationMS"]?.int ?? 0)
    script = Script(reference: reference)
  }
}
