extension FindingKind {
  /// What is found when the answers of a recipe are held against the transcript.
  static let recipes: [FindingKind] = [
    .init(
      "row-unknown",
      .warning,
      "An answer names no row, or one that the model was not shown",
      remedy: "Do not rely on it: nothing in the transcript stands behind it."
    ),
    .init(
      "quote-altered",
      .warning,
      "Words said to be copied do not stand so in the transcript",
      remedy: "Listen to the row, and quote the transcript."
    ),
    .init(
      "quote-elsewhere",
      .note,
      "Copied words stand in another row than was named; that row was taken",
      remedy: "Nothing to do."
    ),
    .init(
      .rowsUnanswered,
      .error,
      "Rows have no answer where each should have one",
      remedy: "Derive it anew with the setting force."
    ),
    .init(
      "row-answered-twice",
      .warning,
      "A row has several answers where each should have one",
      remedy: "Look which of them belongs to the row; exports take the first."
    ),
    .init(
      "rows-melted",
      .warning,
      "An answer seems to hold that to the next row, too",
      remedy: "Look at both rows; derive it anew with the setting force."
    ),
    .init(
      .answerMissing,
      .error,
      "Nothing is said of a transcript that one answer is due about",
      remedy: "Derive it anew with the setting force."
    ),
    .init(
      "answers-surplus",
      .warning,
      "A transcript has several answers where one is due; they are one now",
      remedy: "Look whether the first one says what the transcript says."
    ),
    .init(
      "answer-outside",
      .warning,
      "An answer is none of the options that its question gives",
      remedy: "Do not count it: read the words it rests on."
    ),
    .init(
      "question-unknown",
      .warning,
      "An answer names a question that was not asked",
      remedy: "Do not rely on it."
    ),
    .init(
      "question-unanswered",
      .warning,
      "A question has no answer, not even that there is none",
      remedy: "Derive it anew with the setting force, or ask fewer questions at a time."
    ),
    .init(
      "rows-unlinked",
      .note,
      "The recipe's schema ties its answers to no rows",
      remedy: "Give its tables a column of whole numbers with the role row."
    ),
  ]
}
