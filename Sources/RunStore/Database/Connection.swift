/// How certainly a change is on disk when it is made.
enum Durability {
  /// It survives the end of this process at any moment.
  case process
  /// It survives a loss of power, too: of SQLite once the log has been secured, `WriteAheadLog`.
  case power
}

/// A connection to a database, with the statements it has prepared.
protocol Connection: AnyObject {
  /// How the store is called in messages: a path, or an address without anything secret.
  var name: String { get }
  /// The steps that make a store in this engine, oldest first.
  var migrations: [Migration] { get }
  /// Whether changes that are to survive a loss of power are not known to be on disk.
  var owesSync: Bool { get set }

  /// What keeps the store, with its version.
  func engine() throws(RunStoreError) -> String

  /// Which of the migrations the store has seen; `nil` where there is no store yet.
  ///
  /// - Throws: The code `notAStore` for what belongs to another program.
  func appliedMigrations() throws(RunStoreError) -> [String]?

  /// Runs statements that take and give no values.
  func execute(_ sql: SQL) throws(RunStoreError)

  /// Runs a statement to its end, hands over what it returns and says how many rows it changed.
  func change(
    _ sql: SQL,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Void
  ) throws(RunStoreError) -> Int

  /// Walks through the rows of a statement that changes nothing until the body returns `false`.
  ///
  /// The body must not use the same statement.
  func each(
    _ sql: SQL,
    _ values: [SQLValue],
    _ body: (Row) throws(RunStoreError) -> Bool
  ) throws(RunStoreError)

  /// Puts many rows into a table.
  ///
  /// - Parameter sql: An `INSERT` of one row for SQLite, a `COPY … FROM STDIN` for PostgreSQL.
  func insert(_ rows: some Sequence<[SQLValue]>, by sql: SQL) throws(RunStoreError)

  /// Keeps the document of an item in pieces, where the engine takes it so.
  ///
  /// - Parameters:
  ///   - size: How many bytes there are.
  ///   - write: Hands all pieces to the function that it gets, in order.
  func setDocument(
    of item: Int64,
    size: Int,
    _ write: (_ take: ([UInt8]) -> Void) -> Void
  ) throws(RunStoreError)

  /// Makes all the changes of the body, or none of them; no other transaction is made meanwhile, in
  /// this process or another.
  ///
  /// Where the connection to a server was lost before the end, the body runs once more.
  func perform(
    _ durability: Durability,
    _ body: () throws(RunStoreError) -> Void
  ) throws(RunStoreError)

  /// Runs the body, which changes nothing; all that it reads stood in the store at one moment.
  func reading(_ body: () throws(RunStoreError) -> Void) throws(RunStoreError)

  /// Whether many machines share the store.
  var sharesMachines: Bool { get }

  /// The time by which leases are told.
  func clock() throws(RunStoreError) -> StoreClock

  /// Waits until others have changed something of a run, at most so many milliseconds; `false` at once
  /// where the engine tells of no changes.
  func awaitChange(milliseconds: Int32) throws(RunStoreError) -> Bool

  /// What the store keeps of a path of this machine: where many machines share it, the machine, too.
  func place(of path: String) -> String

  /// The path that the store keeps so; with the machine where it is another one.
  func path(at place: String) -> String

  // MARK: The index of words

  /// Takes the words of texts out of the index, while the texts are still there.
  func forgetWords(of ids: ClosedRange<Int64>) throws(RunStoreError)

  /// Puts the words of texts that are there into the index.
  func learnWords(of ids: ClosedRange<Int64>) throws(RunStoreError)

  /// Takes the words of speakers out of the index, while the speakers are still there.
  func forgetSpeakers(_ ids: ClosedRange<Int64>) throws(RunStoreError)

  /// Puts the words of speakers that are there into the index.
  func learnSpeakers(_ ids: ClosedRange<Int64>) throws(RunStoreError)

  /// Keeps what sources are found by, as texts are compared that people type.
  ///
  /// - Parameter title: `nil` leaves what is there.
  func learnNames(
    ofSource id: Int64,
    uri: String,
    stem: String,
    title: String?
  ) throws(RunStoreError)

  /// Walks through the texts that hold the words, the newest first, until the body returns `false`; it
  /// gets some hundreds or thousands at once, and at least one.
  func eachPage(
    with words: MatchExpression,
    in ids: ClosedRange<Int64>,
    _ body: ([Int64]) throws(RunStoreError) -> Bool
  ) throws(RunStoreError)

  /// Numbers as one value that statements of the engine look into.
  func list(_ ids: [Int64]) -> String

  /// The best of some texts that hold the words, the best first.
  ///
  /// - Parameter weights: How much each phrase weighs; 1 for those that are missing.
  func best(
    of ids: [Int64],
    with words: MatchExpression,
    _ weights: [Double],
    limit: Int
  ) throws(RunStoreError) -> [Int64]

  /// Walks through the speakers whose label and company hold the words, with the item and voice of each.
  func eachSpeaker(
    label: MatchExpression?,
    company: MatchExpression?,
    _ body: (Int64, Int) -> Void
  ) throws(RunStoreError)

  // MARK: Upkeep

  /// What is wrong with the files of the database, a sentence each.
  func problemsOfPages() throws(RunStoreError) -> [String]

  /// Rows that refer to what is not there, a sentence each.
  func problemsOfReferences() throws(RunStoreError) -> [String]

  /// What is wrong with the index of words, a sentence each.
  func problemsOfIndexes() throws(RunStoreError) -> [String]

  /// Gives the room of what was removed back, as far as others do not use it.
  func giveBackSpace() throws(RunStoreError)
}

extension Connection {
  /// Makes all the changes of the body, or none of them: `perform(_:_:)`.
  func transaction<Result>(
    _ durability: Durability = .process,
    _ body: () throws(RunStoreError) -> Result
  ) throws(RunStoreError) -> Result {
    var result: Result?
    try perform(durability) { () throws(RunStoreError) in result = try body() }
    guard let result else { throw .unexpectedValue("nothing where a change was just made") }
    return result
  }

  /// Runs a statement to its end and returns how many rows it changed.
  @discardableResult
  func run(_ sql: SQL, _ values: SQLValue...) throws(RunStoreError) -> Int {
    try change(sql, values) { _ in }
  }

  /// The number that a statement with `RETURNING` certainly gives.
  func one(_ sql: SQL, _ values: SQLValue...) throws(RunStoreError) -> Int64 {
    try one(sql, values)
  }

  /// The number that a statement with `RETURNING` certainly gives.
  func one(_ sql: SQL, _ values: [SQLValue]) throws(RunStoreError) -> Int64 {
    var result: Int64?
    _ = try change(sql, values) { row in result = row.int64(0) }
    guard let result else { throw .unexpectedValue("nothing where something was just put") }
    return result
  }

  /// The rows of a statement.
  func rows<Value>(
    _ sql: SQL,
    _ values: SQLValue...,
    read: (Row) throws(RunStoreError) -> Value
  ) throws(RunStoreError) -> [Value] {
    var result: [Value] = []
    try each(sql, values) { row throws(RunStoreError) in
      result.append(try read(row))
      return true
    }
    return result
  }

  /// The first row of a statement, if it has one.
  func first<Value>(
    _ sql: SQL,
    _ values: SQLValue...,
    read: (Row) throws(RunStoreError) -> Value
  ) throws(RunStoreError) -> Value? {
    var result: Value?
    try each(sql, values) { row throws(RunStoreError) in
      result = try read(row)
      return false
    }
    return result
  }
}
