internal import TranscriptModel

/// The parts of a library's page, put into their template.
struct LibraryPage {
  let library: HTMLLibrary

  func rendered() -> [UInt8] {
    let template = PageTemplate(named: "library.html")
    template.slot("page-title").append(text: library.found?.heading ?? "Transcripts")
    template.slot("words").with("value", library.search.words)
    template.slot("speaker").with("value", library.search.speaker)
    let order = template.slot("order")
    if library.search.isNewestFirst { order.with("checked", "") }
    fill(template, library.found)
    fill(template.slot("items"))
    let empty = template.slot("empty")
    if library.items.isEmpty {
      empty.append(text: "There are no transcripts yet.")
    } else {
      empty.remove()
    }
    template.seal(media: [], forms: "'self'")
    let sink = HTMLSink()
    template.document.write(to: sink)
    return sink.bytes
  }

  private func fill(_ template: borrowing PageTemplate, _ found: HTMLLibrary.Found?) {
    let heading = template.slot("found-heading")
    guard let found else {
      heading.parent?.remove()
      return
    }
    heading.append(text: found.heading)
    let note = template.slot("note")
    if found.note.isEmpty { note.remove() } else { note.append(text: found.note) }
    fill(template.slot("hits"), found.hits)
  }

  /// Hits under the titles of their transcripts.
  private func fill(_ block: HTMLElement, _ hits: [HTMLLibrary.Hit]) {
    var list: HTMLElement?
    var last: Int64?
    for hit in hits {
      if hit.number != last {
        block.append("h3", hit.title).with("dir", "auto")
        list = block.append("ol")
        last = hit.number
      }
      if let list { append(hit, to: list) }
    }
  }

  private func append(_ hit: HTMLLibrary.Hit, to list: HTMLElement) {
    let entry = list.append("li")
    let moment = hit.start.map { "#t=\(PageNumbers.seconds($0))" } ?? ""
    entry.append("a", hit.start?.rendered ?? "?").with("href", "/items/\(hit.number)\(moment)")
    entry.append(text: " ")
    entry.append("b", hit.speaker).with("dir", "auto")
    entry.append(text: " ")
    let text = entry.append("span").with("dir", "auto")
    for piece in hit.pieces {
      if piece.isMatch { text.append("mark", piece.text) } else { text.append(text: piece.text) }
    }
  }

  private func fill(_ body: HTMLElement) {
    for item in library.items {
      let row = body.append("tr")
      let title = row.append("th").with("scope", "row").with("dir", "auto")
      if item.hasPage {
        title.append("a", item.title).with("href", "/items/\(item.number)")
      } else {
        title.append(text: item.title)
      }
      row.append("td", item.day)
      row.append("td", item.status)
      for number in [
        item.length?.rendered ?? "?", item.rowCount > 0 ? PageNumbers.grouped(item.rowCount) : "",
        item.speakerCount > 0 ? PageNumbers.grouped(item.speakerCount) : "",
      ] {
        row.append("td", number).with("class", "n")
      }
      body.append(text: "\n")
    }
  }
}
