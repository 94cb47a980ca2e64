internal import OrderedJSON
internal import TabularExtraction
package import TranscriptModel
internal import TranscriptRecipes

extension DocumentMaker {
  /// The tables that a recipe made, as a document without rows of its own.
  ///
  /// - Parameters:
  ///   - clips: What came about each part of the transcript.
  ///   - recipe: What was asked about.
  func derived(
    of clips: [Result<ClipResult, any Error>],
    _ recipe: RecipeWork,
    findings: [Finding]
  ) -> (tables: [Table], findings: [Finding]) {
    let answered = clips.compactMap { try? $0.get() }
    var resolver = RecipeResolver(rows: recipe.rows, form: recipe.form)
    resolver.tableSuffix = prepared.tableSuffix
    var resolved = resolver.resolve(answered.flatMap(\.answers))
    if let questions = prepared.recipeVariables["questions"]?.string {
      resolved.findings += QuestionList(questions).findings(in: resolved.tables)
    }
    // Their rows are those of single replies.
    let decoding = answered.flatMap(\.answerFindings).map {
      Finding($0.code, $0.severity, $0.message)
    }
    return (resolved.tables, decoding + resolved.findings + findings)
  }
}

extension PreparedTranscription {
  /// What names of tables end with where variables make them another answer: `-fr` of a translation
  /// into French.
  ///
  /// A list of questions would be no name.
  fileprivate var tableSuffix: String {
    recipeVariables.members.compactMap { member in
      let text = member.value.string ?? member.value.rendered()
      guard text.count <= 30, !text.contains(where: \.isNewline) else { return nil }
      return text.isEmpty ? nil : "-" + Derivation.word(text)
    }.joined()
  }
}

extension PreparedTranscription {
  /// What the document of a recipe adds to the transcript that it is about; `nil` for one of media.
  package func derivation(_ document: TranscriptDocument) -> Derivation? {
    guard let recipe else { return nil }
    return Derivation(
      run: document.run,
      variables: recipeVariables,
      rowsDigest: recipe.rows.digest,
      tables: document.tables,
      findings: document.findings,
      usage: document.usage,
      cost: document.cost,
      isComplete: document.isComplete
    )
  }
}
