public import TabularExtraction
internal import TranscriptModel

extension ReplyPiece {
  /// The piece with the speakers that a second reply found: the second of two passes.
  ///
  /// The second reply names the voices by the numbers of the first. Its tables take the place of
  /// tables of their names, or are added. A second reply that is not whole leaves rows as covered as
  /// they were.
  public func identified(by reply: DecodedReply) -> ReplyPiece {
    let names = Set(reply.tables.map(\.name))
    let replaced = { (name: String) in names.contains(name) }
    return ReplyPiece(
      range: range,
      tables: tables.filter { !replaced($0.name) } + reply.tables,
      findings: findings.filter { finding in
        finding.rows.isEmpty || !finding.rows.allSatisfy { replaced($0.table) }
      } + reply.findings,
      ending: ending
    )
  }
}
