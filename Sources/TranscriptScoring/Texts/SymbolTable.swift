/// Gives equal symbols the same number, from 0.
struct SymbolTable<Symbol: Hashable> {
  private var numbers: [Symbol: Int32] = [:]

  var count: Int { numbers.count }

  mutating func numbers(of symbols: some Sequence<Symbol>) -> [Int32] {
    symbols.map { symbol in
      if let number = numbers[symbol] { return number }
      let number = Int32(numbers.count)
      numbers[symbol] = number
      return number
    }
  }
}
