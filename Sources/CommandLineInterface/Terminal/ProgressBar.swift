/// A bar that fills from the left, in eighths of a column.
package enum ProgressBar {
  /// The bar between two thin strokes, `width` columns in all.
  package static func rendered(_ fraction: Double, width: Int) -> String {
    let columns = max(1, width - 2)
    let share = fraction.isFinite ? min(1, max(0, fraction)) : 0
    let eighths = Int((share * Double(columns * 8)).rounded(.down))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    let filled = String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    let blanks = String(repeating: " ", count: columns - filled.count)
    return "▕\(filled)\(blanks)▏"
  }
}
