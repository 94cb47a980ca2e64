package import OrderedJSON
internal import PlainText
internal import PromptTemplates
internal import RequestPlanning
package import TabularExtraction
package import Transcribing
internal import TranscriptModel
package import TranscriptionRuns

/// One variant, one clip, one repeat: what a lab asks, prepared.
package struct LabCell {
  /// The position of the variant.
  package let variant: Int
  /// The position of the video.
  package let video: Int
  package let clip: LabFile.Clip?
  package let repetition: Int
  package let work: NamedWork
}

/// A lab with everything that it asks, before anything is sent.
package struct PreparedLab {
  package let file: LabFile
  /// The variants that are tried: those that ask the same as an earlier one are left out.
  package let variants: [LabFile.Variant]
  /// The prompt of each variant with everything that it refers to.
  package let prompts: [JSONValue]
  package let cells: [LabCell]
  /// What should be known before sending, a sentence each.
  package let notes: [String]
  package let transcriber: Transcriber

  /// The work of all cells, each once.
  package var work: [NamedWork] {
    var seen: Set<String> = []
    return cells.map(\.work).filter { seen.insert($0.prepared.identity).inserted }
  }
}

/// Prepares everything that a lab asks.
package struct LabPreparation {
  private let preparation: WorkPreparation
  private let place: Workplace
  private let file: LabFile

  /// - Parameter preparation: Prepares the sources of the lab.
  package init(_ file: LabFile, _ preparation: WorkPreparation, _ place: Workplace) {
    (self.file, self.preparation, self.place) = (file, preparation, place)
  }

  /// - Parameter isStreamed: Whether answers will be streamed; those of batches are not.
  package func prepared(isStreamed: Bool = true) async throws -> PreparedLab {
    var preparation = preparation
    preparation.transcriber.isStreamed = isStreamed
    let prompts = try file.variants.map { try prompt(of: $0) }
    var tasks: [WorkPreparation.Preparing] = []
    var places: [(variant: Int, video: Int, clip: LabFile.Clip?, repetition: Int)] = []
    for (videoIndex, video) in file.videos.enumerated() {
      for clip in video.clips.isEmpty ? [nil] : video.clips.map(Optional.some) {
        for (variant, prompt) in prompts.enumerated() {
          for repetition in 1...file.repeats {
            places.append((variant, videoIndex, clip, repetition))
            tasks.append(
              WorkPreparation.Preparing(
                spelling: video.source,
                prompt: prompt.prompt,
                settings: request(file.variants[variant], video, clip, repetition),
                isOneOfSeveral: true,
                part: part(file.variants[variant], clip, repetition)
              )
            )
          }
        }
      }
    }
    let work =
      try file.videos.contains(where: \.isTranscript)
      ? derived(tasks, preparation.transcriber) : await transcribed(tasks, preparation)
    let cells = zip(places, work).map { place, work in
      LabCell(
        variant: place.variant,
        video: place.video,
        clip: place.clip,
        repetition: place.repetition,
        work: work
      )
    }
    return lab(cells, prompts.map(\.snapshot), preparation.transcriber)
  }

  private func transcribed(
    _ tasks: [WorkPreparation.Preparing],
    _ preparation: WorkPreparation
  ) async throws -> [NamedWork] {
    let all = try await preparation.prepare(tasks)
    // A lab compares like with like: without one of its videos it would not.
    if let refused = all.refused.first { throw refused }
    return all.work
  }

  /// The tasks of recipes about transcripts, each of which is read once.
  private func derived(
    _ tasks: [WorkPreparation.Preparing],
    _ transcriber: Transcriber
  ) throws -> [NamedWork] {
    var transcripts: [String: TranscriptOperand] = [:]
    return try tasks.map { task in
      let transcript =
        try transcripts[task.spelling]
        ?? TranscriptOperands.single(task.spelling, place)
      transcripts[task.spelling] = transcript
      try RecipeInputs.check(task.prompt, isGiven: task.settings.parameters)
      return NamedWork(
        prepared: try transcriber.prepare(
          transcript.document,
          shownAs: transcript.spelling,
          recipe: task.prompt,
          settings: task.settings
        ),
        stem: transcript.stem,
        part: task.part
      )
    }
  }

  private func request(
    _ variant: LabFile.Variant,
    _ video: LabFile.Video,
    _ clip: LabFile.Clip?,
    _ repetition: Int
  ) -> RequestSettings {
    var request = variant.settings
    if let wording = variant.wording { request.parameters["favor"] = .string(wording) }
    (request.start, request.end) = (clip?.start, clip?.end)
    request.duration = video.duration
    request.repetition = repetition
    return request
  }

  private func part(_ variant: LabFile.Variant, _ clip: LabFile.Clip?, _ repetition: Int) -> String
  {
    [clip?.name, variant.name, file.repeats > 1 ? "#\(repetition)" : nil]
      .compactMap(\.self).joined(separator: " · ")
  }

  /// The prompt of a variant, in every letter too.
  private func prompt(
    of variant: LabFile.Variant
  ) throws -> (prompt: ExtractionPrompt, snapshot: JSONValue) {
    let lookup = PromptLookup(place)
    let usual = variant.settings.passes == 2 ? "transcribe-audio" : "transcribe"
    let reference = variant.prompt ?? usual
    var prompt = try lookup.extractionPrompt(reference)
    let item = try lookup.prompts.item(reference)
    var snapshot =
      try PromptSnapshot(
        name: item.name,
        title: item.name,
        text: item.text,
        environment: lookup.environment
      ).json.object ?? [:]
    if let name = variant.schema {
      let schema = try SchemaReader.schema(name, lookup)
      prompt = prompt.asking(for: schema)
      snapshot["schema"] = ["name": .string(schema.name), "text": schema.source]
    }
    if variant.wording != nil {
      try check(prompt, knows: "favor", variant)
    }
    try PromptParameters.check(variant.settings.parameters, for: [prompt])
    return (prompt, .object(snapshot))
  }

  /// Refuses a wording that would change nothing.
  private func check(
    _ prompt: ExtractionPrompt,
    knows variable: String,
    _ variant: LabFile.Variant
  ) throws(Refusal) {
    guard prompt.template.metadata.inputSchema?["properties"]?[variable] == nil else { return }
    throw Refusal(
      "\(SafeText.line(file.shown)), line \(variant.line): the prompt "
        + "\(SafeText.quoted(prompt.name)) has no variable \(variable), so that wording changes "
        + "nothing.",
      remedy: "Leave wording out, or declare the variable in the prompt's input. Nothing was sent.",
      kind: .usage
    )
  }

  private func lab(
    _ cells: [LabCell],
    _ snapshots: [JSONValue],
    _ transcriber: Transcriber
  ) -> PreparedLab {
    var questions = [[String]](repeating: [], count: file.variants.count)
    for cell in cells { questions[cell.variant].append(cell.work.prepared.renderedDigest) }
    var kept: [Int] = []
    var notes: [String] = []
    var known: [[String]: Int] = [:]
    for (index, digests) in questions.enumerated() {
      if let first = known[digests] {
        notes.append(
          "The variant \(SafeText.quoted(file.variants[index].name)) asks exactly what "
            + "\(SafeText.quoted(file.variants[first].name)) asks, and is left out."
        )
      } else {
        known[digests] = index
        kept.append(index)
      }
    }
    let positions = Dictionary(uniqueKeysWithValues: zip(kept, kept.indices))
    notes += Set(cells.flatMap(\.work.prepared.notices)).sorted()
      .map { SafeText.line($0) }
    return PreparedLab(
      file: file,
      variants: kept.map { file.variants[$0] },
      prompts: kept.map { snapshots[$0] },
      cells: cells.compactMap { cell in
        positions[cell.variant].map { position in
          LabCell(
            variant: position,
            video: cell.video,
            clip: cell.clip,
            repetition: cell.repetition,
            work: cell.work
          )
        }
      },
      notes: notes,
      transcriber: transcriber
    )
  }
}

/// Reads schemas that stand in for those of prompts.
package enum SchemaReader {
  package static func schema(_ reference: String, _ lookup: PromptLookup) throws -> TableSchema {
    let item = try lookup.schemas.item(reference).nonEmpty()
    return try TableSchema(name: item.name, parsing: item.text)
  }
}
