// Limits, thinking, media rates and cache floors as published or measured up to 2026-11-27.
//
// Frames of 2.x models: published (258, low 66). Frames of 3.x models: measured (66 for default, low
// and medium, 264 for high; 64 by default on 3.1 Pro), where the published 70 and 280 are upper
// bounds. Audio: 32 a second on 2.x, 25 on 3.x. Speeds are this emulator's own round numbers.
extension EmulatedModel {
  private static let frames2 = FrameTokens(standard: 258, low: 66, medium: 258, high: 258)
  private static let frames3 = FrameTokens(standard: 66, low: 66, medium: 66, high: 264)
  private static let frames31Pro = FrameTokens(standard: 64, low: 66, medium: 66, high: 264)

  private static let lite = Pace(prefill: 20_000, output: 300)
  private static let flash = Pace(prefill: 12_000, output: 200)
  private static let pro = Pace(prefill: 6000, output: 90)

  /// Every model, oldest first.
  static let all: [EmulatedModel] = second + third + fourth + [speech]

  private static let speech = EmulatedModel(
    id: "gemini-3.5-transcribe",
    displayName: "Gemini 3.5 Transcribe",
    outputLimit: 32_768,
    inputLimit: 98_304,
    thinking: .none,
    frames: frames3,
    audioTokensPerSecond: 25,
    floors: .init(implicit: nil, explicitStudio: nil, explicitPlatform: nil),
    isSpeechModel: true,
    pace: flash
  )

  private static let second: [EmulatedModel] = [
    budgeted("gemini-2.5-pro", "Gemini 2.5 Pro", 128...32_768, nil, implicit: 2048, pro),
    budgeted("gemini-2.5-flash", "Gemini 2.5 Flash", 0...24_576, -1, implicit: 2048, flash),
    budgeted(
      "gemini-2.5-flash-lite",
      "Gemini 2.5 Flash-Lite",
      512...24_576,
      0,
      implicit: nil,
      lite
    ),
  ]

  private static let third: [EmulatedModel] = [
    leveled("gemini-3-flash-preview", "Gemini 3 Flash Preview", "high", implicit: nil, flash),
    leveled(
      "gemini-3.1-pro-preview",
      "Gemini 3.1 Pro Preview",
      "high",
      minimal: false,
      frames: frames31Pro,
      implicit: 4096,
      pro
    ),
    leveled("gemini-3.1-flash-lite", "Gemini 3.1 Flash-Lite", "minimal", implicit: nil, lite),
    leveled("gemini-3.5-flash", "Gemini 3.5 Flash", "medium", implicit: 4096, flash),
    leveled("gemini-3.5-flash-lite", "Gemini 3.5 Flash-Lite", "minimal", implicit: nil, lite)
      .with(agentic: true, modelLast: false),
    leveled("gemini-3.6-flash", "Gemini 3.6 Flash", "medium", implicit: 4096, flash)
      .with(agentic: true, modelLast: false),
    leveled("gemini-3.7-flash", "Gemini 3.7 Flash", "medium", minimal: false, implicit: 4096, flash)
      .with(agentic: true, modelLast: true),
    leveled("gemini-3.8-flash", "Gemini 3.8 Flash", "medium", minimal: false, implicit: 4096, flash)
      .with(agentic: true, modelLast: true),
  ]

  private static let fourth: [EmulatedModel] = [
    newest("gemini-4-argon", "Gemini 4 Argon", "MEDIUM", pro),
    newest("gemini-4-carbon", "Gemini 4 Carbon", "MEDIUM", pro),
    newest("gemini-4-hydrogen", "Gemini 4 Hydrogen", "HIGH", most: ["XHIGH"], flash),
    newest("gemini-4-neon", "Gemini 4 Neon", "HIGH", most: ["XHIGH"], flash),
  ]

  /// A model of the fourth generation; media rates are not published: those of the third stand in.
  private static func newest(
    _ id: String,
    _ name: String,
    _ standard: String,
    most: [String] = [],
    _ pace: Pace
  ) -> EmulatedModel {
    EmulatedModel(
      id: id,
      displayName: name,
      longOutputLimit: 1_048_576,
      unstreamedLimit: 32_768,
      thinking: .level(["LOW", "MEDIUM", "HIGH"] + most, standard: standard),
      frames: frames3,
      audioTokensPerSecond: 25,
      floors: CacheFloors(implicit: 4096, explicitStudio: nil, explicitPlatform: nil),
      takesAgenticVideo: true,
      pace: pace
    )
  }

  /// A 2.5 model; the implicit floor of Flash-Lite is not published, Flash's stands in.
  private static func budgeted(
    _ id: String,
    _ name: String,
    _ range: ClosedRange<Int>,
    _ disabled: Int?,
    implicit: Int?,
    _ pace: Pace
  ) -> EmulatedModel {
    EmulatedModel(
      id: id,
      displayName: name,
      thinking: .budget(range, canDisable: disabled != nil, standard: disabled ?? -1),
      frames: frames2,
      audioTokensPerSecond: 32,
      floors: CacheFloors(implicit: implicit ?? 2048, explicitStudio: 2048, explicitPlatform: 2048),
      takesPartResolution: false,
      pace: pace
    )
  }

  /// A 3.x model; where the implicit floor is not published, the 4096 of its siblings stands in.
  private static func leveled(
    _ id: String,
    _ name: String,
    _ standard: String,
    minimal: Bool = true,
    frames: FrameTokens = frames3,
    implicit: Int?,
    _ pace: Pace
  ) -> EmulatedModel {
    EmulatedModel(
      id: id,
      displayName: name,
      thinking: .level(
        (minimal ? ["MINIMAL"] : []) + ["LOW", "MEDIUM", "HIGH"],
        standard: standard.uppercased()
      ),
      frames: frames,
      audioTokensPerSecond: 25,
      floors: CacheFloors(implicit: implicit ?? 4096, explicitStudio: 1024, explicitPlatform: 4096),
      pace: pace
    )
  }

  private func with(agentic: Bool, modelLast: Bool) -> EmulatedModel {
    var copy = self
    copy.takesAgenticVideo = agentic
    copy.takesModelLast = modelLast
    return copy
  }
}
