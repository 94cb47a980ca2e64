// swift-tools-version: 6.2
import PackageDescription

// A program of somebody else that uses the libraries: builds only while their face is public and whole.
let package = Package(
  name: "Consumer",
  dependencies: [.package(name: "tabscribe", path: "../..")],
  targets: [
    .executableTarget(
      name: "Consumer",
      dependencies: [
        "Transcribing", "GeminiAPI", "PromptTemplates", "TabularExtraction", "TranscriptFormats",
        "TranscriptImport", "TranscriptScoring", "AudioTiming", "HTMLReports", "RunStore",
      ].map { .product(name: $0, package: "tabscribe") }
    )
  ]
)
