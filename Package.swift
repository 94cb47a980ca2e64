// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift target under `Sources`, with the settings all of them share.
func module(
  _ name: String,
  _ dependencies: [Target.Dependency] = [],
  exclude: [String] = []
)
  -> Target
{
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings)
}

/// A folder of data files, compiled into the binary by its one C accessor file.
func dataFolder(_ name: String, path: String, exclude: [String] = []) -> Target {
  .target(
    name: name,
    dependencies: ["EmbeddedFile"],
    path: path,
    exclude: exclude,
    sources: ["\(name).c"],
    publicHeadersPath: "."
  )
}

/// The tests of one module; `Tests/<name>Tests`.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.init(stringLiteral: name), "TestSupport"] + dependencies,
    exclude: exclude,
    swiftSettings: swiftSettings
  )
}

let cLibraries: [Target] = [
  // Without pkg-config, which would link it: see its header.
  .systemLibrary(name: "CAVFormat", providers: [.apt(["libavformat-dev"])]),
  .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
  .systemLibrary(
    name: "CCurl",
    pkgConfig: "libcurl",
    providers: [.apt(["libcurl4-openssl-dev"])]
  ),
  .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
  .systemLibrary(
    name: "CMicroHTTPD",
    pkgConfig: "libmicrohttpd",
    providers: [.apt(["libmicrohttpd-dev"])]
  ),
  .systemLibrary(name: "CMemory"),
  .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
  .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
  .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
  .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
]

let data: [Target] = [
  .target(name: "EmbeddedFile"),
  dataFolder("PromptLibrary", path: "Prompts"),
  dataFolder("SchemaLibrary", path: "Schemas"),
  dataFolder("ReportAssets", path: "Reports"),
  dataFolder("SampleVideo", path: "Sources/SampleVideo"),
  dataFolder("ModelData", path: "Sources/ModelData"),
  module(
    "EmbeddedLibrary",
    ["EmbeddedFile", "PromptLibrary", "SchemaLibrary", "ReportAssets", "SampleVideo", "ModelData"]
  ),
]

let modules: [Target] = [
  module("HostSystem", ["CMemory"]),
  module("PlainText"),
  module("OrderedJSON", ["PlainText"]),
  module("UnicodeText", ["CICU"]),
  module("Digests", ["CCrypto"]),
  module("TranscriptModel", ["PlainText", "OrderedJSON"]),
  module(
    "TabularExtraction",
    ["PlainText", "UnicodeText", "TranscriptModel", "OrderedJSON", "Digests"]
  ),
  module("YAMLDocuments", ["CYAML", "OrderedJSON"]),
  module("PromptTemplates", ["PlainText", "YAMLDocuments", "OrderedJSON", "Digests"]),
  module(
    "MediaProbing",
    ["PlainText", "HostSystem", "TranscriptModel", "OrderedJSON", "CAVFormat"]
  ),
  module("AudioTiming", ["HostSystem", "TranscriptModel", "TranscriptScoring", "UnicodeText"]),
  module("WebAddresses", ["CCurl"]),
  module("Redacting", ["OrderedJSON", "HostSystem"]),
  module(
    "GeminiAPI",
    ["PlainText", "WebAddresses", "Redacting", "OrderedJSON", "HostSystem", "Digests"]
  ),
  module(
    "ObjectStorage",
    ["GeminiAPI", "WebAddresses", "Redacting", "OrderedJSON", "HostSystem", "Digests", "CXML"]
  ),
  module("CurlHTTP", ["GeminiAPI", "WebAddresses", "CCurl", "HostSystem"]),
  module(
    "RequestPlanning",
    [
      "PlainText", "GeminiAPI", "TranscriptModel", "TabularExtraction", "OrderedJSON",
      "EmbeddedLibrary",
    ]
  ),
  module(
    "PromptLinting",
    [
      "PromptTemplates", "TabularExtraction", "TranscriptModel", "RequestPlanning", "OrderedJSON",
      "HostSystem",
    ]
  ),
  module(
    "TranscriptStitching",
    ["PlainText", "UnicodeText", "TranscriptModel", "TabularExtraction", "OrderedJSON"]
  ),
  module("TranscriptScoring", ["UnicodeText", "TranscriptModel", "OrderedJSON"]),
  module(
    "TranscriptFormats",
    [
      "PlainText",
      "TranscriptModel", "OrderedJSON", "UnicodeText", "WebAddresses", "HostSystem", "CXML",
      "CZip",
    ]
  ),
  module(
    "TranscriptImport",
    ["PlainText", "TranscriptModel", "OrderedJSON", "UnicodeText", "CXML", "CZip"]
  ),
  module("TranscriptRecipes", ["PlainText", "UnicodeText", "OrderedJSON", "TranscriptModel"]),
  module(
    "RunStore",
    [
      "TranscriptModel", "TranscriptRecipes", "PlainText", "OrderedJSON", "HostSystem", "Digests",
      "UnicodeText", "CSQLite", "CPostgreSQL",
    ]
  ),
  module(
    "HTMLReports",
    [
      "PlainText",
      "TranscriptModel", "TranscriptFormats", "TranscriptRecipes", "UnicodeText", "Redacting",
      "OrderedJSON", "EmbeddedLibrary", "Digests", "HostSystem", "CXML",
    ]
  ),
  module(
    "Transcribing",
    [
      "PlainText",
      "Redacting",
      "TranscriptModel", "TabularExtraction", "PromptTemplates", "MediaProbing", "GeminiAPI",
      "RequestPlanning", "EmbeddedLibrary", "OrderedJSON", "Digests", "HostSystem",
      "TranscriptStitching", "TranscriptRecipes", "RunStore", "AudioTiming",
    ]
  ),
  module(
    "TranscriptionRuns",
    [
      "PlainText", "HostSystem", "OrderedJSON", "Digests", "Redacting", "EmbeddedLibrary",
      "TranscriptModel", "TabularExtraction", "PromptTemplates", "PromptLinting", "MediaProbing",
      "GeminiAPI", "RequestPlanning", "TranscriptStitching", "TranscriptFormats",
      "TranscriptImport", "TranscriptRecipes", "RunStore", "HTMLReports", "Transcribing",
      "ObjectStorage",
    ]
  ),
  module(
    "PromptLab",
    [
      "PlainText", "HostSystem", "OrderedJSON", "YAMLDocuments", "UnicodeText", "TranscriptModel",
      "TabularExtraction", "PromptTemplates", "RequestPlanning", "TranscriptFormats",
      "TranscriptImport", "TranscriptRecipes", "TranscriptScoring", "RunStore", "HTMLReports",
      "Transcribing", "TranscriptionRuns",
    ]
  ),
  module("LoopbackHTTP", ["CMicroHTTPD", "HostSystem"]),
  module("ModelContextProtocol", ["PlainText", "OrderedJSON"]),
  module(
    "GeminiEmulation",
    [
      "PlainText",
      "LoopbackHTTP", "MediaProbing", "TranscriptModel", "OrderedJSON", "HostSystem", "Digests",
      "EmbeddedLibrary", "YAMLDocuments", "Redacting",
    ]
  ),
  module("CommandLineInterface", ["PlainText", "Redacting", "OrderedJSON", "HostSystem"]),
  module(
    "TabscribeCommands",
    [
      "PlainText",
      "CommandLineInterface", "Redacting", "PromptLab", "TranscriptionRuns", "Transcribing",
      "TranscriptModel",
      "TabularExtraction", "PromptTemplates", "PromptLinting", "MediaProbing", "GeminiAPI",
      "CurlHTTP", "ObjectStorage",
      "RequestPlanning", "RunStore", "TranscriptFormats", "TranscriptImport", "TranscriptScoring",
      "TranscriptStitching", "TranscriptRecipes", "LoopbackHTTP", "ModelContextProtocol",
      "WebAddresses",
      "HTMLReports", "GeminiEmulation", "EmbeddedLibrary", "OrderedJSON", "Digests", "HostSystem",
      "YAMLDocuments", "UnicodeText", "AudioTiming", "CCurl", "CXML", "CYAML", "CMicroHTTPD",
      "CSQLite",
    ]
  ),
]

let executables: [Target] = [
  .executableTarget(
    name: "tabscribe",
    dependencies: ["TabscribeCommands", "CommandLineInterface", "HostSystem", "MediaProbing"],
    swiftSettings: swiftSettings
  ),
  .executableTarget(
    name: "TabscribeBenchmarks",
    dependencies: [
      "TabularExtraction", "PromptTemplates", "TranscriptModel", "HTMLReports", "GeminiAPI",
      "CurlHTTP", "GeminiEmulation", "RequestPlanning", "RunStore", "TranscriptFormats",
      "TranscriptImport", "TranscriptStitching", "EmbeddedLibrary", "OrderedJSON",
    ],
    swiftSettings: swiftSettings
  ),
]

let testTargets: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: ["OrderedJSON", "HostSystem", "CPostgreSQL"],
    path: "Tests/TestSupport",
    swiftSettings: swiftSettings
  ),
  .target(
    name: "ReportSamples",
    dependencies: [
      "HTMLReports", "TranscriptModel", "OrderedJSON", "EmbeddedLibrary", "TestSupport",
    ],
    path: "Tests/ReportSamples",
    swiftSettings: swiftSettings
  ),
  .executableTarget(
    name: "report-pages",
    dependencies: [
      "ReportSamples", "HTMLReports", "TranscriptFormats", "TranscriptModel", "OrderedJSON",
      "EmbeddedLibrary", "TestSupport",
    ],
    path: "Tests/ReportPages",
    swiftSettings: swiftSettings
  ),
  tests("OrderedJSON", []),
  tests("HostSystem", []),
  tests("PlainText", []),
  tests("UnicodeText", []),
  tests("TranscriptModel", ["OrderedJSON"]),
  tests("TabularExtraction", ["TranscriptModel", "OrderedJSON", "EmbeddedLibrary"]),
  tests(
    "PromptTemplates",
    ["OrderedJSON", "EmbeddedLibrary", "YAMLDocuments"],
    exclude: ["Conformance/Cases", "Peers"]
  ),
  tests(
    "PromptLinting",
    ["PromptTemplates", "RequestPlanning", "OrderedJSON"],
    exclude: ["BadPrompts"]
  ),
  tests("MediaProbing", ["EmbeddedLibrary", "HostSystem"]),
  tests("AudioTiming", ["TranscriptModel", "HostSystem"]),
  tests("WebAddresses", []),
  tests("Redacting", ["OrderedJSON"]),
  tests("GeminiAPI", ["OrderedJSON", "CurlHTTP", "HostSystem", "PlainText"]),
  tests(
    "ObjectStorage",
    ["GeminiAPI", "CurlHTTP", "GeminiEmulation", "HostSystem", "Redacting"]
  ),
  tests("LoopbackHTTP", ["HostSystem"]),
  tests("ModelContextProtocol", ["OrderedJSON"], exclude: ["Client"]),
  tests(
    "GeminiEmulation",
    ["Digests", "OrderedJSON", "EmbeddedLibrary"],
    exclude: ["SDK"]
  ),
  tests(
    "RequestPlanning",
    ["GeminiAPI", "OrderedJSON", "TranscriptModel", "TabularExtraction", "EmbeddedLibrary"]
  ),
  tests("TranscriptRecipes", ["TranscriptModel", "OrderedJSON"]),
  tests("RunStore", ["TranscriptModel", "OrderedJSON", "CSQLite"]),
  .executableTarget(
    name: "score-cases",
    dependencies: ["TranscriptScoring", "OrderedJSON"],
    path: "Tests/ScoreCases",
    swiftSettings: swiftSettings
  ),
  tests("TranscriptScoring", ["TranscriptModel", "OrderedJSON"], exclude: ["Peers"]),
  tests(
    "TranscriptFormats",
    ["ReportSamples", "TranscriptModel", "UnicodeText", "OrderedJSON"],
    exclude: ["Peers"]
  ),
  tests(
    "TranscriptImport",
    ["ReportSamples", "OrderedJSON", "TranscriptModel", "TranscriptFormats"]
  ),
  tests("TranscriptStitching", ["TranscriptModel", "TabularExtraction", "OrderedJSON"]),
  tests(
    "HTMLReports",
    ["ReportSamples", "TranscriptModel", "OrderedJSON", "EmbeddedLibrary", "Digests", "CXML"],
    exclude: ["Browser", "Snapshots"]
  ),
  tests(
    "Transcribing",
    [
      "PromptTemplates", "GeminiEmulation", "CurlHTTP", "GeminiAPI", "TranscriptModel",
      "TabularExtraction", "EmbeddedLibrary", "OrderedJSON", "RunStore", "RequestPlanning",
      "TranscriptStitching", "HTMLReports", "MediaProbing",
    ]
  ),
  tests("CommandLineInterface", ["PlainText", "OrderedJSON"]),
  tests(
    "TabscribeCommands",
    [
      "CommandLineInterface", "OrderedJSON", "EmbeddedLibrary", "GeminiEmulation",
      "PromptTemplates", "RequestPlanning", "TabularExtraction", "TranscriptModel", "RunStore",
      "TranscriptionRuns", "PromptLab", "LoopbackHTTP", "HostSystem",
    ],
    exclude: ["Snapshots"]
  ),
]

let package = Package(
  name: "tabscribe",
  products: [
    .executable(name: "tabscribe", targets: ["tabscribe"]),
    .library(
      name: "Transcribing",
      targets: ["Transcribing", "RequestPlanning", "TranscriptModel", "OrderedJSON"]
    ),
    .library(name: "GeminiAPI", targets: ["GeminiAPI", "CurlHTTP"]),
    .library(name: "PromptTemplates", targets: ["PromptTemplates"]),
    .library(name: "TabularExtraction", targets: ["TabularExtraction"]),
    .library(name: "TranscriptFormats", targets: ["TranscriptFormats"]),
    .library(name: "TranscriptImport", targets: ["TranscriptImport"]),
    .library(name: "TranscriptScoring", targets: ["TranscriptScoring"]),
    .library(name: "AudioTiming", targets: ["AudioTiming"]),
    .library(name: "HTMLReports", targets: ["HTMLReports"]),
    .library(name: "RunStore", targets: ["RunStore"]),
  ],
  targets: cLibraries + data + modules + executables + testTargets,
  swiftLanguageModes: [.v6]
)
