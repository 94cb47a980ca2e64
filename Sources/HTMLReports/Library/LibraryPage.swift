internal import PlainText
internal import TranscriptModel

/// The parts of a library's page, put into their template.
struct LibraryPage {
  let library: HTMLLibrary

  func rendered() -> [UInt8] {
    let template = PageTemplate(named: "library.html")
    let start = template.slot("start")
    if library.offersStart {
      start.append("a", "New transcription").with("href", "/new")
    } else {
      start.remove()
    }
    template.slot("page-title").append(
      text: library.found?.heading ?? library.people?.heading ?? library.listing?.heading
        ?? "Transcripts"
    )
    template.slot("words").with("value", library.search.words)
    template.slot("speaker").with("value", library.search.speaker)
    let order = template.slot("order")
    if library.search.isNewestFirst { order.with("checked", "") }
    let all = template.slot("all-runs")
    if library.search.takesAllRuns { all.with("checked", "") }
    fill(kept: template.slot("search-kept"), library.search.kept)
    fill(template, library.found)
    fill(template, library.people)
    fill(template, library.listing)
    template.seal(media: [], forms: "'self'")
    return template.rendered()
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
    fill(facets: template.slot("found-facets"), found.facets)
    fill(template.slot("hits"), found.sources)
    fill(pages: template.slot("found-pages"), found.pages)
  }

  /// Hits under the titles of their sources.
  private func fill(_ block: HTMLElement, _ sources: [HTMLLibrary.Source]) {
    for source in sources {
      let article = block.append("article")
      article.append("h3", source.title).with("dir", "auto")
      article.append("p", source.facts.joined(separator: " · ")).with("class", "facts")
      let list = article.append("ol")
      for hit in source.hits { append(hit, to: list) }
      if let more = source.more { append(more, to: article.append("p").with("class", "more")) }
    }
  }

  private func append(_ hit: HTMLLibrary.Hit, to list: HTMLElement) {
    let entry = list.append("li")
    let moment = hit.start.map { "#t=\(PageNumbers.seconds($0))" } ?? ""
    entry.append("a", hit.start?.rendered ?? "?").with("href", "/items/\(hit.number)\(moment)")
    entry.append(text: " ")
    entry.append("b", hit.origin).with("dir", "auto")
    entry.append(text: " ")
    let text = entry.append("span").with("dir", "auto")
    for piece in hit.pieces {
      if piece.isMatch { text.append("mark", piece.text) } else { text.append(text: piece.text) }
    }
  }

  private func fill(_ template: borrowing PageTemplate, _ people: HTMLLibrary.People?) {
    let heading = template.slot("people-heading")
    guard let people else {
      heading.parent?.remove()
      return
    }
    heading.append(text: people.heading)
    template.slot("name").with("value", people.name)
    let body = template.slot("people")
    for person in people.people {
      let row = body.append("tr")
      let name = row.append("th").with("scope", "row").with("dir", "auto")
      name.append("a", person.link.label).with("href", person.link.address)
      row.append("td", person.description).with("dir", "auto")
      row.append("td", NumberText.grouped(person.recordingCount))
      row.append("td", person.last)
      body.append(text: "\n")
    }
    fill(pages: template.slot("people-pages"), people.pages)
    let empty = template.slot("nobody")
    if people.people.isEmpty {
      empty.append(text: people.name.isEmpty ? "Nobody has a name yet." : "Nobody fits.")
      template.slot("people-table").remove()
    } else {
      empty.remove()
    }
  }

  private func fill(_ template: borrowing PageTemplate, _ listing: HTMLLibrary.Listing?) {
    let heading = template.slot("items-heading")
    guard let listing else {
      heading.parent?.remove()
      return
    }
    heading.append(text: listing.heading)
    template.slot("title").with("value", listing.title)
    fill(kept: template.slot("kept"), listing.kept)
    fill(facets: template.slot("facets"), listing.facets)
    fill(headings: template.slot("headings"), listing.headings)
    fill(items: template.slot("items"), listing.items)
    fill(pages: template.slot("pages"), listing.pages)
    let empty = template.slot("empty")
    if listing.items.isEmpty {
      empty.append(text: listing.isNarrowed ? "Nothing fits." : "There are no transcripts yet.")
      template.slot("table").remove()
    } else {
      empty.remove()
    }
  }

  /// What a form keeps beside its fields.
  private func fill(kept slot: HTMLElement, _ values: [(name: String, value: String)]) {
    for (name, value) in values {
      slot.append("input").with("type", "hidden").with("name", name).with("value", value)
    }
  }

  private func fill(pages slot: HTMLElement, _ pages: [HTMLLibrary.Link]) {
    if pages.isEmpty { slot.remove() }
    for page in pages { append(page, to: slot) }
  }

  private func append(_ link: HTMLLibrary.Link, to parent: HTMLElement) {
    let anchor = parent.append("a", link.label).with("href", link.address)
    if link.isCurrent { anchor.with("aria-current", "true") }
    parent.append(text: " ")
  }

  private func fill(facets block: HTMLElement, _ facets: [HTMLLibrary.Facet]) {
    // One value alone narrows nothing, unless it is chosen and can be taken back.
    for facet in facets where facet.choices.count > 2 || facet.choices.first?.isCurrent == false {
      let line = block.append("p")
      line.append("b", facet.name)
      line.append(text: " ")
      for choice in facet.choices { append(choice, to: line) }
    }
  }

  private func fill(headings row: HTMLElement, _ headings: [HTMLLibrary.Heading]) {
    for heading in headings {
      let cell = row.append("th").with("scope", "col")
      if heading.isNumber { cell.with("class", "n") }
      if let isAscending = heading.isAscending {
        cell.with("aria-sort", isAscending ? "ascending" : "descending")
      }
      if heading.link.address.isEmpty {
        cell.append(text: heading.link.label)
      } else {
        cell.append("a", heading.link.label).with("href", heading.link.address)
      }
    }
  }

  private func fill(items body: HTMLElement, _ items: [HTMLLibrary.Item]) {
    for item in items {
      CatalogueRow(
        title: item.title,
        address: item.hasPage ? "/items/\(item.number)" : nil,
        recordedAt: item.recordedAt,
        length: item.length?.rendered,
        prompt: item.prompt,
        model: item.model,
        speakerCount: item.speakerCount,
        rowCount: item.rowCount,
        checkedCount: item.checkedCount,
        findingCount: item.findingCount,
        status: item.status,
        cost: item.cost,
        made: item.made
      ).append(to: body)
    }
  }
}

extension HTMLLibrary.Listing {
  /// Whether something was asked for, so that there may be more than is listed.
  fileprivate var isNarrowed: Bool {
    !title.isEmpty || facets.contains { $0.choices.first?.isCurrent == false }
  }
}
