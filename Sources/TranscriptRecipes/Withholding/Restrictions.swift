public import TranscriptModel

/// What people said once of a transcript that is not to go out: the corrections of the kind `withhold`.
///
/// Reports, exports, searches, comparisons and recipes work on ``TranscriptModel/TranscriptDocument/shown()``.
public enum Restrictions {
  /// Why nothing goes out.
  public enum Problem: Error, Hashable, Sendable {
    /// A restriction has no place in the transcript: its rows are others now, or it cannot be read.
    case unplaced(id: String?)
    /// What the recipe `redact` found is to be withheld, and that is not known.
    case redactions(Redactions.Problem)
  }

  /// What is withheld of a document; `nil` where everything goes out.
  ///
  /// - Parameter isForRedacting: Leaves out what the recipe `redact` found, which is asked anew.
  /// - Throws: ``Problem``.
  public static func withheld(
    in document: TranscriptDocument,
    isForRedacting: Bool = false
  ) throws(Problem) -> Withheld? {
    guard document.hasRestrictions else { return nil }
    let corrected = document.corrected
    for problem in corrected.problems
    where Correction.isRestriction(document.corrections[problem.index]) {
      throw .unplaced(id: problem.id)
    }
    var (words, rows): ([Withheld.Words], Set<Int>) = ([], [])
    for restriction in corrected.restrictions {
      switch restriction {
      case .words(let text): words.append(Withheld.Words(text, kind: "text"))
      case .rows(let places): rows.formUnion(places.map(\.row))
      case .speakers: words += Redactions.names(in: document)
      case .redactions:
        if isForRedacting { continue }
        do throws(Redactions.Problem) {
          let found = try Redactions.withheld(in: document)
          words += found.words
          rows.formUnion(found.rows)
        } catch {
          throw .redactions(error)
        }
      }
    }
    let withheld = Withheld(words: words, rows: rows)
    return withheld.isEmpty ? nil : withheld
  }
}

extension TranscriptDocument {
  /// The document as others may see it: without what is withheld of it.
  ///
  /// - Parameter isForRedacting: Whether it is shown to the recipe `redact`.
  /// - Throws: ``Restrictions/Problem``, and then nothing of it may be shown.
  public func shown(
    isForRedacting: Bool = false
  ) throws(Restrictions.Problem) -> TranscriptDocument {
    let withheld = try Restrictions.withheld(in: self, isForRedacting: isForRedacting)
    return withheld?.applied(to: self) ?? self
  }

  /// The document as a search may know it: without what is withheld, and without any words where it is not
  /// known what that is.
  public var searchable: TranscriptDocument {
    guard hasRestrictions else { return self }
    if let shown = try? shown() { return shown }
    let rows = Set(corrected.transcript.segments.map(\.row))
    var closed = Withheld(words: Redactions.names(in: self), rows: rows).applied(to: self)
    closed.tables = []
    closed.derivations = []
    return closed
  }
}
