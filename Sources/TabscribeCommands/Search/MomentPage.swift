internal import HostSystem
internal import TranscriptModel

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A page that leads the browser to a moment of a report.
///
/// The programs that open files for a desktop drop what follows `#` in the address of a file; a
/// browser that is already open does not.
struct MomentPage {
  /// The absolute path of the report.
  let report: String
  /// Where to begin.
  let start: Timecode?

  /// Writes the page, in place of the one before, and returns its path.
  func write(in folder: String) throws(SystemFailure) -> String {
    let path = FilePath.joined(folder, "moment.html")
    try HostFiles.write(html.utf8, to: path, replacing: true)
    return path
  }

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <meta charset="utf-8">
    <meta http-equiv="refresh" content="0; url=\(address)">
    <title>Tabscribe</title>
    <p><a href="\(address)">To the report</a></p>
    </html>

    """
  }

  /// The address of the moment in the report.
  var link: String {
    let file = URL(filePath: report, directoryHint: .notDirectory).absoluteString
    return file + (start.map { "#t=\(seconds($0))" } ?? "")
  }

  /// The address, harmless in an attribute.
  var address: String {
    link.replacing("&", with: "&amp;").replacing("'", with: "%27")
      .replacing("<", with: "%3C").replacing("\"", with: "%22")
  }

  /// `12` or `12.5`, as the rows of reports are named.
  private func seconds(_ time: Timecode) -> String {
    let fraction = time.milliseconds % 1000
    guard fraction != 0 else { return "\(time.milliseconds / 1000)" }
    var digits = String(1000 + fraction).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(time.milliseconds / 1000).\(digits)"
  }
}
