package import MediaProbing

/// How an emulator behaves.
package struct EmulatorOptions: Sendable {
  /// The port on 127.0.0.1; 0 takes a free one.
  package var port: UInt16 = 0
  /// Rows of an answer about media other than the sample.
  package var rows = 20
  /// Voices heard in media other than the sample, `1...`; every other one from the fifth on has no
  /// name.
  package var voices = 4
  /// What everything made up depends on: rows, names of files, faults.
  package var seed: UInt64 = 0
  /// How many emulated seconds pass in a real one; `nil` never waits.
  package var speed: Double?
  /// Addresses that stand for the sample; every address that ends in `/sample.webm` does anyway.
  package var sampleURIs: [String] = []
  /// Tokens that every model writes in a second; `nil` for each model's own pace.
  package var outputRate: Double?
  /// What is known of media at other addresses.
  package var media: [String: EmulatedMedia] = [:]
  /// Length of media at an address nothing is known about, in milliseconds.
  package var remoteDurationMS = 600_000
  /// Bytes that all chunks of an upload but the last must be a multiple of.
  package var uploadGranularity = 8 << 20
  /// How often a new file is reported as still being processed.
  package var processingPolls = 1
  /// Examines uploads that say they are media; they fail when they are none.
  package var prober = MediaProber()
  /// Tokens after which one decode ends with CONTINUATION; `nil` never.
  package var decodeTokens: Int?
  /// Seconds the service's own prompt cache keeps a beginning after its last use.
  package var implicitCacheSeconds = 300.0
  /// How often a new batch is reported as unfinished before it is run.
  package var batchPolls = 2
  /// The folder that plays Cloud Storage: `gs://bucket/a` is `bucket/a` in it; `nil` for none.
  package var storageFolder: String?
  /// The faults to play.
  package var scenario = Scenario()
  /// A file that gets one line of JSON for each request; `nil` for none.
  package var logPath: String?

  /// Options with their usual values.
  package init() {}
}
