extension ImportFormat {
  /// SubRip, `.srt`.
  static let subRip = ImportFormat(
    name: "SRT",
    summary: "captions of SubRip; speakers as NAME:, - Name:, [Name], >> NAME: or <v Name>",
    content: .text(
      fits: { source in source.first(3).contains { $0.contains("-->") } },
      read: { source throws(ImportError) in
        var reader = CueReader(source, isWebVTT: false)
        return try reader.transcript()
      }
    )
  )
}
