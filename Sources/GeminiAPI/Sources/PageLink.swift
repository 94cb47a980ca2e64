/// Turns links to pages about a file into links to the file.
enum PageLink {
  /// The direct address; the same one when it already is or nothing better is known.
  static func direct(_ address: WebAddress) -> WebAddress {
    switch address.host {
    case "drive.google.com": drive(address) ?? address
    case "github.com", "www.github.com": gitHub(address) ?? address
    default: address
    }
  }

  /// `/file/d/ID/view`, `/open?id=ID` and `/uc?id=ID`; the download host asks no questions.
  private static func drive(_ address: WebAddress) -> WebAddress? {
    let path = address.path.split(separator: "/")
    let inPath = path.count > 2 && path[0] == "file" && path[1] == "d" ? String(path[2]) : nil
    guard let id = inPath ?? address.queryItem("id") else { return nil }
    var items = [("id", id), ("export", "download"), ("confirm", "t")]
    if let key = address.queryItem("resourcekey") { items.append(("resourcekey", key)) }
    return WebAddress(
      "https://drive.usercontent.google.com/download?\(PercentEncoding.query(items))"
    )
  }

  /// `/OWNER/REPOSITORY/blob/REVISION/PATH`, also with `raw` in its place.
  private static func gitHub(_ address: WebAddress) -> WebAddress? {
    let path = address.path.split(separator: "/")
    guard path.count > 4, path[2] == "blob" || path[2] == "raw" else { return nil }
    let rest = (path[..<2] + path[3...]).joined(separator: "/")
    return WebAddress("https://raw.githubusercontent.com/\(rest)")
  }
}
