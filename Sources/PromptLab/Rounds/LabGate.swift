package import OrderedJSON
internal import PlainText
internal import RunStore
internal import TranscriptFormats
internal import TranscriptScoring
internal import TranscriptionRuns

/// What a lab demands, held against what a round has.
package struct LabGate {
  /// A demand of a variant.
  package struct Check {
    package let variant: String
    /// What must hold.
    package let demand: String
    package let isMet: Bool
    /// What was found.
    package let found: String
  }

  /// What candidates are measured by.
  package struct Baseline {
    package let name: String
    package let round: Int64
    package let line: LabReport.Line

    /// A line of an earlier round.
    package init(name: String, round: Int64, line: LabReport.Line) {
      (self.name, self.round, self.line) = (name, round, line)
    }
  }

  package let checks: [Check]

  package var isPassed: Bool { checks.allSatisfy(\.isMet) }

  /// - Parameters:
  ///   - lines: The variants that are judged.
  ///   - baseline: What thresholds of the kind "not worse" refer to.
  package init(
    _ thresholds: [LabFile.Threshold],
    of lines: [LabReport.Line],
    in report: LabReport,
    against baseline: Baseline?
  ) {
    checks = lines.flatMap { line in
      [Self.isComplete(line)]
        + thresholds.flatMap { Self.checks($0, of: line, in: report, against: baseline) }
    }
  }

  private static func isComplete(_ line: LabReport.Line) -> Check {
    Check(
      variant: line.name,
      demand: "every result is there",
      isMet: line.results == line.cells,
      found: "\(line.results) of \(line.cells)"
    )
  }

  private static func checks(
    _ threshold: LabFile.Threshold,
    of line: LabReport.Line,
    in report: LabReport,
    against baseline: Baseline?
  ) -> [Check] {
    let metric = threshold.metric
    let value = line.values[metric]?.value
    let size = line.samples[metric].map { "\($0.names.count) clips, \($0.count) measurements" }
    let found = value.map { "\(metric.text($0)) (\(size ?? ""))" } ?? "not measured"
    var checks: [Check] = []
    if let limit = threshold.atMost {
      checks.append(
        Check(
          variant: line.name,
          demand: "\(metric.rawValue) at most \(metric.text(limit))",
          isMet: value.map { $0 <= limit } ?? false,
          found: found
        )
      )
    }
    if let limit = threshold.atLeast {
      checks.append(
        Check(
          variant: line.name,
          demand: "\(metric.rawValue) at least \(metric.text(limit))",
          isMet: value.map { $0 >= limit } ?? false,
          found: found
        )
      )
    }
    if let margin = threshold.notWorseBy, let baseline {
      checks.append(notWorse(line, than: baseline, by: margin, threshold, report.round.id))
    }
    return checks
  }

  private static func notWorse(
    _ line: LabReport.Line,
    than baseline: Baseline,
    by margin: Double,
    _ threshold: LabFile.Threshold,
    _ round: Int64
  ) -> Check {
    let metric = threshold.metric
    let demand =
      "\(metric.rawValue) not worse than \(baseline.name) by more than \(metric.text(margin)), with "
      + Self.percent(threshold.confidence)
    func check(_ isMet: Bool, _ found: String) -> Check {
      Check(variant: line.name, demand: demand, isMet: isMet, found: found)
    }
    if baseline.round == round, baseline.line.variant == line.variant {
      return check(true, "it is the baseline itself")
    }
    guard let before = baseline.line.samples[metric], let after = line.samples[metric],
      let paired = PairedDifference(from: before, to: after).difference
    else { return check(false, "they share no clip that \(metric.rawValue) was measured of") }
    let bootstrap = Bootstrap(confidence: threshold.confidence)
    let bound =
      metric.lessIsBetter
      ? bootstrap.upperBound(from: before, to: after)
      : bootstrap.lowerBound(from: before, to: after).map { -$0 }
    guard let bound else {
      return check(false, "one measurement tells nothing; give it clips or repeats")
    }
    let clips = before.restricted(to: after).names.count
    let worst = metric.difference(metric.lessIsBetter ? bound : -bound)
    return check(
      bound <= margin,
      "\(metric.difference(paired)), at worst \(worst) over \(NumberText.counted(clips, "clip"))"
    )
  }

  /// A confidence: `95 %`, `99.9 %`.
  private static func percent(_ share: Double) -> String {
    ScoreText.percent(share).replacing(".0 %", with: " %")
  }

  /// The checks for build servers, in the form of JUnit.
  package func junit(lab: String) -> [UInt8] {
    let variants = checks.map(\.variant).reduce(into: [String]()) { names, name in
      if names.last != name { names.append(name) }
    }
    let output = XMLOutput()
    output.element("testsuites", attributes(lab, checks)) {
      for variant in variants {
        let own = checks.filter { $0.variant == variant }
        output.element("testsuite", attributes(variant, own)) {
          for check in own {
            output.element(
              "testcase",
              ["classname": "\(lab).\(variant)", "name": check.demand]
            ) {
              if !check.isMet { output.element("failure", ["message": check.found]) }
            }
          }
        }
      }
    }
    return output.finish()
  }

  private func attributes(_ name: String, _ checks: [Check]) -> KeyValuePairs<String, String?> {
    [
      "name": name, "tests": "\(checks.count)", "failures": "\(checks.count { !$0.isMet })",
    ]
  }

  package var json: JSONValue {
    [
      "passed": .bool(isPassed),
      "checks": .array(
        checks.map { check in
          [
            "variant": .string(check.variant), "demand": .string(check.demand),
            "passed": .bool(check.isMet), "found": .string(check.found),
          ]
        }
      ),
    ]
  }
}
