internal import EmbeddedFile
internal import ModelData
internal import PromptLibrary
internal import ReportAssets
internal import SampleVideo
internal import SchemaLibrary

/// A set of named files compiled into the binary.
package struct EmbeddedLibrary: Sendable {
  /// One file of the set.
  package struct File: Sendable {
    /// The name, with its extension.
    package let name: String
    // Static storage of the binary: never written, never freed.
    private nonisolated(unsafe) let storage: UnsafeBufferPointer<UInt8>

    /// The contents.
    package var bytes: [UInt8] { Array(storage) }

    /// The contents as text.
    package var text: String { String(decoding: storage, as: UTF8.self) }

    fileprivate init(_ file: EmbeddedFile) {
      name = String(cString: file.name)
      storage = UnsafeBufferPointer(start: file.bytes, count: embedded_file_size(file))
    }
  }

  /// The files in the order of the accessor's table.
  package let files: [File]

  /// The prompts, `NAME.prompt`.
  package static let prompts = EmbeddedLibrary(prompt_library(), prompt_library_count)
  /// The schemas, `NAME.json`.
  package static let schemas = EmbeddedLibrary(schema_library(), schema_library_count)
  /// The report templates with their styles and scripts.
  package static let reports = EmbeddedLibrary(report_assets(), report_assets_count)
  /// The sample video, `sample.webm`, and what is said in it, `sample.json`.
  package static let sample = EmbeddedLibrary(sample_video(), sample_video_count)

  /// The models with their rates and prices, `models.json`.
  package static let models = EmbeddedLibrary(model_data(), model_data_count)

  private init(_ first: UnsafePointer<EmbeddedFile>, _ count: Int) {
    files = UnsafeBufferPointer(start: first, count: count).map(File.init)
  }

  /// The file of a name, or `nil`.
  package func file(named name: String) -> File? { files.first { $0.name == name } }
}
