internal import OrderedJSON
internal import RequestPlanning
package import RunStore
internal import Transcribing
internal import TranscriptModel
internal import TranscriptScoring
package import TranscriptionRuns

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Makes the round of a lab out of what the store has of its cells.
package struct LabRoundMaker {
  package let lab: PreparedLab
  package let store: RunStore
  package let place: Workplace

  /// The round of a lab that was prepared.
  package init(lab: PreparedLab, store: RunStore, place: Workplace) {
    (self.lab, self.store, self.place) = (lab, store, place)
  }

  /// The round, with a score for each cell that has a result.
  package func round(at moment: Date) throws -> LabRound {
    let scoring = LabScoring(file: lab.file, references: try LabReferences(lab.file, place))
    for note in scoring.references.notes { place.notices.warning(note) }
    let items = try lab.cells.map {
      try store.answeredItem(identities: $0.work.prepared.identities)
    }
    let results = try items.map { item in
      try item.flatMap { try TranscriptOperands([$0.reference], place).found.first }
    }
    var groups: [LabGroup: [Int]] = [:]
    for (index, cell) in lab.cells.enumerated() {
      groups[LabGroup(cell), default: []].append(index)
    }
    let cells = try lab.cells.indices.map { index in
      let cell = lab.cells[index]
      let others = (groups[LabGroup(cell)] ?? []).filter { $0 != index }
        .compactMap { results[$0]?.document }
      let scores = try results[index].map { try scoring.scores(of: $0, cell, among: others) } ?? [:]
      return LabRound.Cell(
        variant: cell.variant,
        video: lab.file.videos[cell.video].name,
        clip: cell.clip?.name ?? "",
        repetition: cell.repetition,
        item: items[index]?.id,
        scores: .object(scores)
      )
    }
    return LabRound(
      lab: lab.file.name,
      startedAt: moment,
      folder: place.folder,
      facts: facts,
      variants: zip(lab.variants, lab.prompts).enumerated().map { index, pair in
        LabRound.Variant(
          name: pair.0.name,
          prompt: pair.1,
          settings: settings(of: index)
        )
      },
      cells: cells
    )
  }

  /// What a variant asks for, without what is the video's or the repeat's.
  private func settings(of variant: Int) -> JSONValue {
    guard var settings = lab.cells.first(where: { $0.variant == variant })?.work.prepared.settings
    else { return [:] }
    (settings.start, settings.end, settings.duration, settings.repetition) = (nil, nil, nil, 1)
    return settings.unusualJSON
  }

  /// How the scores were taken, so that those of other rounds can be told from them.
  private var facts: JSONValue {
    [
      "file": .string(lab.file.shown), "repeats": .init(lab.file.repeats),
      "normaliser": .string(lab.file.scoring.normaliser.name),
      "metrics": .array(lab.file.metrics.map { .string($0.rawValue) }),
      "references": .array(
        lab.file.videos.filter { $0.reference != nil }.map { .string($0.name) }
      ),
    ]
  }
}

/// The repeats of one variant over one clip.
package struct LabGroup: Hashable {
  package let variant: Int
  package let video: Int
  package let clip: LabFile.Clip?

  package init(_ cell: LabCell) { (variant, video, clip) = (cell.variant, cell.video, cell.clip) }
}
