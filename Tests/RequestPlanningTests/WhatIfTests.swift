import OrderedJSON
import RequestPlanning
import Testing

@Suite struct WhatIfTests {
  private func requests() throws -> [PlanRequest] {
    PlanSamples.promptMajor(
      sources: [PlanSamples.source("a.mp4")],
      prompts: try [PlanSamples.prompt("transcribe")]
    )
  }

  @Test func everyCombinationIsPlannedOnce() throws {
    let grid = WhatIf(
      try requests(),
      axes: [.encoding, .fps, .resolution, .fps],
      planner: try PlanSamples.planner()
    )
    #expect(grid.cells.count == 4 * 3 * 2)
    #expect(grid.cells[0].title == "fps 0.2 · low · json")
    #expect(grid.cells[1].title == "fps 0.2 · low · tsv")
    #expect(Set(grid.cells.map(\.settings)).count == grid.cells.count)
    #expect(grid.json.array?.count == grid.cells.count)
  }

  @Test func moreFramesAndDetailCostMoreAndTSVCostsLess() throws {
    let planner = try PlanSamples.planner()
    let frames = WhatIf(try requests(), axes: [.fps], planner: planner).cells
      .compactMap { $0.total?.inputTokens }
    #expect(frames == frames.sorted() && Set(frames).count == 4)
    let detail = WhatIf(try requests(), axes: [.resolution], planner: planner).cells
      .compactMap { $0.total?.inputTokens }
    #expect(detail.count == 3 && detail[0] < detail[2])
    let encodings = WhatIf(try requests(), axes: [.encoding], planner: planner).cells
      .compactMap { $0.total?.outputTokens.expected }
    #expect(encodings.count == 2 && encodings[1] < encodings[0])
  }

  @Test func modelsThatCannotBeUsedAreLeftOut() throws {
    let grid = WhatIf(try requests(), axes: [.model], planner: try PlanSamples.planner())
    let models = grid.cells.compactMap { $0.settings["model"]?.string }
    #expect(models.contains("gemini-3.8-flash"))
    #expect(!models.contains("gemini-2.0-flash"))
    #expect(!models.contains("gemini-3.5-transcribe"))
    #expect(grid.cells.allSatisfy { $0.total?.cost != nil })
  }

  @Test func aCombinationBeyondTheLimitsSaysSo() throws {
    let long = PlanRequest(
      source: PlanSamples.source("long.mp4", seconds: 2 * 3600),
      prompt: try PlanSamples.prompt("transcribe"),
      settings: PlanSamples.settings()
    )
    let grid = WhatIf([long], axes: [.fps], planner: try PlanSamples.planner())
    #expect(grid.cells[3].problem?.contains("clips") == true)
  }
}
