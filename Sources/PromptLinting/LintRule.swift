/// What a linter looks for; each rule has a code, a reason and a remedy.
///
/// A new rule is a case here, its row below, and a file of its name with its fault under
/// `Tests/PromptLintingTests/BadPrompts`.
package enum LintRule: String, CaseIterable, Hashable, Sendable {
  /// The prompt explains a field that its schema lacks.
  case fieldNotInSchema = "field-not-in-schema"
  /// The schema has a field that the prompt never mentions.
  case fieldNotMentioned = "field-not-mentioned"
  /// Fields stand in another order in the prompt than in the schema.
  case fieldOrder = "field-order"
  /// The lists of a schema put the same names in different orders.
  case schemaOrder = "schema-order"
  /// The prompt says how to write the output, which the schema already settles.
  case outputTalk = "output-talk"
  /// Media do not come first.
  case mediaAfterText = "media-after-text"
  /// A value that changes with each request stands before text that does not.
  case variableBeforeText = "variable-before-text"
  /// Prompts for the same media have different system instructions.
  case systemDiffers = "system-differs"
  /// An input is declared and never used.
  case unusedInput = "unused-input"
  /// An input is used and not declared.
  case undeclaredInput = "undeclared-input"
  /// The same instruction is given twice.
  case repeatedInstruction = "repeated-instruction"
  /// Two instructions exclude each other.
  case contradiction = "contradiction"
  /// The prompt spells a value otherwise than the schema's list does.
  case enumSpelling = "enum-spelling"
  /// The schema uses a keyword that the service refuses or ignores.
  case schemaKeyword = "schema-keyword"
  /// The schema does not describe tables, so no prompt can use it.
  case schemaTables = "schema-tables"
  /// The schema is nested deeper than the service is known to take.
  case schemaDepth = "schema-depth"
  /// The schema lists more values than the service is known to take.
  case enumSize = "enum-size"
  /// The model is not known.
  case unknownModel = "unknown-model"
  /// The model ignores a setting.
  case settingIgnored = "setting-ignored"
  /// The model refuses a setting, or two settings exclude each other.
  case settingRefused = "setting-refused"
  /// The prompt fixes how times are written.
  case hardWiredTimecode = "hard-wired-timecode"
  /// The prompt asks for certainty and for guesses at once.
  case mixedCertainty = "mixed-certainty"
  /// The file cannot be read as a prompt.
  case unreadable = "unreadable"
  /// The prompt says nothing.
  case emptyPrompt = "empty-prompt"
  /// A partial is included that nobody has.
  case unknownPartial = "unknown-partial"
  /// A partial includes itself without end.
  case endlessPartial = "endless-partial"
  /// Another template language is used.
  case foreignSyntax = "foreign-syntax"
  /// The last turn is the model's.
  case trailingModelTurn = "trailing-model-turn"
  /// The prompt does not show the video.
  case mediaMissing = "media-missing"
  /// What to write for what is not found binds columns that cannot hold it.
  case notFoundUnbound = "not-found-unbound"
  /// A column is told to hold what its type or its listed values exclude.
  case notFoundImpossible = "not-found-impossible"
  /// Sound alone is worked from, and the picture is asked about.
  case pictureForSound = "picture-for-sound"
  /// An example shows a time in a form of its own.
  case exampleTime = "example-time"

  /// Why it matters, one sentence.
  package var why: String { row.why }
  /// What to do about it, one sentence.
  package var fix: String { row.fix }
  /// How much it matters.
  package var severity: LintFinding.Severity { row.severity }

  private typealias Row = (severity: LintFinding.Severity, why: String, fix: String)

  private var row: Row {
    switch self {
    case .fieldNotInSchema:
      (
        .error,
        "The model cannot write a field that the schema does not have.",
        "Add the field to the schema, or take it out of the prompt."
      )
    case .fieldNotMentioned:
      (
        .warning,
        "The model has to guess what belongs into a field nobody explains.",
        "Explain the field in a line of its own, or drop it from the schema."
      )
    case .fieldOrder:
      (
        .warning,
        "Fields are written in schema order; another order in the prompt misleads.",
        "Put the lines of the prompt into the order of the schema."
      )
    case .schemaOrder:
      (
        .warning,
        "Models follow one of these lists or another, so the order changes with them.",
        "Put properties, required and propertyOrdering into the same order."
      )
    case .outputTalk:
      (
        .warning,
        "The schema and the encoding settle the form; a second word on it contradicts.",
        "Leave the form of the output to the schema."
      )
    case .mediaAfterText:
      (
        .warning,
        "Text before the media keeps requests from sharing a cached beginning.",
        "Put {{media}} at the very beginning."
      )
    case .variableBeforeText:
      (
        .warning,
        "All after the first difference is billed in full for each request.",
        "Move the variable behind the text that all requests share."
      )
    case .systemDiffers:
      (
        .warning,
        "A cached beginning holds the system instruction, so it must be the same.",
        "Use one system instruction, and put the differences into the message."
      )
    case .unusedInput:
      (
        .warning,
        "Whoever gives it a value expects an effect.",
        "Use it, or take it out of input.schema."
      )
    case .undeclaredInput:
      (
        .error,
        "Nobody knows that it has to be given.",
        "Declare it in input.schema."
      )
    case .repeatedInstruction:
      (
        .warning,
        "It costs tokens each time and weighs down the other instructions.",
        "Keep one of the two."
      )
    case .contradiction:
      (
        .warning,
        "The model will follow either, and not the same one each time.",
        "Decide for one of the two."
      )
    case .enumSpelling:
      (
        .error,
        "The model is told one spelling and held to another.",
        "Use the schema's spelling."
      )
    case .schemaKeyword:
      (
        .warning,
        "The service refuses it, or takes it and does nothing about it.",
        "Take the keyword out; check the values after decoding instead."
      )
    case .schemaTables:
      (
        .error,
        "Every command that reads the schema refuses it.",
        "Write an object whose properties are tables: arrays of objects with named, typed columns."
      )
    case .schemaDepth:
      (
        .warning,
        "Deep schemas are refused, or answered with empty objects.",
        "Flatten the schema: tables are arrays of flat objects."
      )
    case .enumSize:
      (
        .warning,
        "Beyond a number of listed values in all, schemas are refused.",
        "List fewer values, or take text and check it after decoding."
      )
    case .unknownModel:
      (
        .warning,
        "Nothing can be said about its limits, settings and price.",
        "Check the spelling; tabscribe models list shows the known ones."
      )
    case .settingIgnored:
      (
        .warning,
        "It has no effect, though it looks as if it had one.",
        "Take the setting out."
      )
    case .settingRefused:
      (
        .error,
        "The request is refused with HTTP 400.",
        "Choose what the model takes; tabscribe models show tells."
      )
    case .hardWiredTimecode:
      (
        .warning,
        "The form of times depends on the length of the video.",
        "Write {{timecode}}."
      )
    case .mixedCertainty:
      (
        .warning,
        "The model cannot leave out what is doubtful and give it as well.",
        "Use one of the two, or switch between them with {{#ifEquals favor …}}."
      )
    case .unreadable:
      (
        .error,
        "Nothing can be sent of it.",
        "Mend the place that is named."
      )
    case .emptyPrompt:
      (
        .error,
        "An empty file hides the prompt of the same name that is built in.",
        "Remove the file, or begin anew with tabscribe prompts new NAME --force."
      )
    case .unknownPartial:
      (
        .error,
        "The prompt cannot be rendered where it is included.",
        "Write the partial as prompts/_NAME.prompt, or take the tag out."
      )
    case .endlessPartial:
      (
        .error,
        "The prompt cannot be rendered.",
        "Put the inclusion into a block that comes to an end, or take it out."
      )
    case .foreignSyntax:
      (
        .error,
        "It is sent to the model as it stands.",
        "Write {{name}} for a variable and {{#if name}} for a condition."
      )
    case .trailingModelTurn:
      (
        .error,
        "The service refuses it, or takes the words for its own answer's beginning.",
        "End with {{role \"user\"}}, or leave the turn out."
      )
    case .mediaMissing:
      (
        .error,
        "The model would be paid to invent a transcript.",
        "Begin with {{media url=video}}; no quotes, no inner braces."
      )
    case .notFoundUnbound:
      (
        .warning,
        "It contradicts listed values and numbers, and empties columns it was not meant for.",
        "Name the columns that it holds for, in back-quotes on the same line."
      )
    case .notFoundImpossible:
      (
        .error,
        "The model can follow the prompt or the schema, not both.",
        "Take it out, or let the schema list the value."
      )
    case .pictureForSound:
      (
        .warning,
        "The model answers from a picture that it is told not to use, or has not been sent.",
        "Take the picture out, or put it behind {{#ifEquals source \"video\"}}."
      )
    case .exampleTime:
      (
        .warning,
        "The example says another form than {{timecode}} does, and its moment is copied into answers.",
        "Write {{timecode}} in the example, too."
      )
    }
  }
}
