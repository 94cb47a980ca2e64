/// The plot of cost against quality, as SVG: the ranking's numbers at their places.
struct LabPlot {
  let lab: HTMLLab
  let costs: HTMLLab.Axis
  let qualities: HTMLLab.Axis

  // In units of the drawing; the page scales it.
  private static let (width, height) = (640.0, 320.0)
  private static let (left, right, top, bottom) = (86.0, 40.0, 34.0, 48.0)

  func draw(in box: HTMLElement) {
    let plot = box.append("svg")
    plot.with("viewBox", "0 0 \(Int(Self.width)) \(Int(Self.height))").with("class", "plot")
      .with("role", "img")
      .with("aria-label", "Cost against quality; the table above has the figures")
    axes(plot)
    var labels: [(x: Double, y: Double)] = []
    for (index, variant) in lab.variants.enumerated() {
      guard let quality = variant.quality, let cost = variant.cost else { continue }
      let (x, y) = (x(cost), y(quality.value))
      draw(x, y, quality, in: plot)
      // Numbers of points that lie on each other stand in a line.
      var place = (x: x + 9, y: y + 4)
      while labels.contains(where: { abs($0.x - place.x) < 14 && abs($0.y - place.y) < 12 }) {
        place.x += 14
      }
      labels.append(place)
      let number = plot.append("g").with("class", "point")
      text(number, "\(index + 1)", place.x, place.y, "start")
    }
  }

  private func axes(_ plot: HTMLElement) {
    for tick in qualities.ticks {
      let height = y(tick.value)
      line(plot, "grid", Self.left, height, Self.width - Self.right, height)
      text(plot, tick.text, Self.left - 8, height + 4, "end")
    }
    let base = Self.height - Self.bottom
    for tick in costs.ticks {
      line(plot, "grid", x(tick.value), base, x(tick.value), base + 5)
      text(plot, tick.text, x(tick.value), base + 19, "middle")
    }
    line(plot, "axis", Self.left, base, Self.width - Self.right, base)
    text(plot, costs.title, (Self.left + Self.width - Self.right) / 2, Self.height - 8, "middle")
    text(plot, qualities.title, 20, 14, "start")
  }

  private func draw(_ x: Double, _ y: Double, _ quality: HTMLLab.Mark, in plot: HTMLElement) {
    let group = plot.append("g").with("class", "point")
    if let low = quality.low, let high = quality.high {
      line(group, "whisker", x, self.y(low), x, self.y(high))
    }
    group.append("circle").with("cx", Self.number(x)).with("cy", Self.number(y)).with("r", "5.5")
  }

  private func x(_ cost: Double) -> Double {
    Self.left + (Self.width - Self.left - Self.right) * Self.share(cost, costs)
  }

  private func y(_ quality: Double) -> Double {
    let room = Self.height - Self.top - Self.bottom
    return Self.height - Self.bottom - room * Self.share(quality, qualities)
  }

  private static func share(_ value: Double, _ axis: HTMLLab.Axis) -> Double {
    let share = (value - axis.low) / (axis.high - axis.low)
    return share.isFinite ? min(1, max(0, share)) : 0
  }

  private func line(
    _ parent: HTMLElement,
    _ name: String,
    _ x1: Double,
    _ y1: Double,
    _ x2: Double,
    _ y2: Double
  ) {
    parent.append("line").with("class", name).with("x1", Self.number(x1))
      .with("y1", Self.number(y1)).with("x2", Self.number(x2)).with("y2", Self.number(y2))
  }

  private func text(
    _ parent: HTMLElement,
    _ text: String,
    _ x: Double,
    _ y: Double,
    _ anchor: String
  ) {
    parent.append("text", text).with("x", Self.number(x)).with("y", Self.number(y))
      .with("text-anchor", anchor)
  }

  /// A coordinate with one decimal.
  static func number(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(abs(tenths % 10))"
  }
}
