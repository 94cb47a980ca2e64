import Foundation
import TestSupport
import Testing

/// Workbooks made to fill the memory of whoever opens them.
@Suite struct HostileWorkbookTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a workbook of a sheet of 3 GiB into a few megabytes, every row of it well formed, and with any
  /// size stated: packed blocks that refer to nothing before them may stand as often as one likes.
  private static let maker = """
    import struct, sys, zlib
    path, stated = sys.argv[1], int(sys.argv[2])
    def cell(text): return '<c t="inlineStr"><is><t>%s</t></is></c>' % text
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
    packages = 'http://schemas.openxmlformats.org/package/2006/relationships'
    head = ('<worksheet %s><sheetData><row>%s%s</row>' % (main, cell('start'), cell('text'))).encode()
    row = ('<row>%s%s</row>' % (cell('0:01'), cell('again and again'))).encode()
    chunk = row * ((1 << 24) // len(row))
    times = (3 << 30) // len(chunk)
    tail = b'</sheetData></worksheet>'
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first, block, last = (packer.compress(part) + packer.flush(how) for part, how in
      ((head, zlib.Z_FULL_FLUSH), (chunk, zlib.Z_FULL_FLUSH), (tail, zlib.Z_FINISH)))
    check = zlib.crc32(head)
    for _ in range(times): check = zlib.crc32(chunk, check)
    sheet = (first + block * times + last, 8, zlib.crc32(tail, check), stated or len(head + tail) + len(chunk) * times)
    def plain(text): return (text.encode(), 0, zlib.crc32(text.encode()), len(text))
    parts = {
      'xl/workbook.xml': plain('<workbook %s xmlns:r="%s"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>' % (main, office)),
      'xl/_rels/workbook.xml.rels': plain('<Relationships xmlns="%s"><Relationship Id="rId1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' % (packages, office)),
      'xl/worksheets/sheet1.xml': sheet,
    }
    with open(path, 'wb') as file:
      index = b''
      for name, (data, method, crc, size) in parts.items():
        facts = struct.pack('<HHHHHIIIHH', 20, 0, method, 0, 33, crc, len(data), size, len(name), 0)
        index += b'PK\\x01\\x02' + struct.pack('<H', 20) + facts + struct.pack('<HHHII', 0, 0, 0, 0, file.tell()) + name.encode()
        file.write(b'PK\\x03\\x04' + facts + name.encode() + data)
      start = file.tell()
      file.write(index + b'PK\\x05\\x06' + struct.pack('<HHHHIIH', 0, 0, len(parts), len(parts), len(index), start, 0))
    """

  /// Imports a file in a process that gets no more than 2 GiB, and returns what it says.
  private func errors(importing name: String) throws -> String {
    let tabscribe = try ChildProcess.product("tabscribe")
    let run = try ChildProcess.run(
      "/bin/bash",
      ["-c", "ulimit -v 2097152; exec \"$0\" import \"$1\"", tabscribe, name],
      environment: ["TABSCRIBE_HOME": folder.path],
      folder: folder.url
    )
    #expect(run.code == 1)
    return run.errors
  }

  private func make(_ name: String, stating size: Int) throws {
    let path = folder.url.appending(path: name).path
    let made = try ChildProcess.run("/usr/bin/python3", ["-c", Self.maker, path, "\(size)"])
    #expect(made.code == 0, "\(made.errors)")
  }

  @Test func aSheetOfGigabytesIsRefused() throws {
    try make("bomb.xlsx", stating: 0)
    let errors = try errors(importing: "bomb.xlsx")
    #expect(errors.contains("“xl/worksheets/sheet1.xml” in it would be 32"), "\(errors)")
  }

  @Test func aSheetThatIsMoreThanItSaysIsReadNoFurther() throws {
    try make("liar.xlsx", stating: 1_000_000)
    let errors = try errors(importing: "liar.xlsx")
    #expect(errors.contains("\"liar.xlsx\" cannot be read: line 1 is no XML"), "\(errors)")
  }

  @Test func cellsThatShareATextAreCountedEach() throws {
    let text = String(repeating: "again and again ", count: 60_000)
    let cells = String(repeating: "<c t='s'><v>2</v></c>", count: 100)
    let rows = String(repeating: "<row><c t='n'><v>1</v></c>\(cells)</row>", count: 10)
    try folder.write(
      "<workbook><sheets><sheet id='a'/></sheets></workbook>",
      to: "book/xl/workbook.xml"
    )
    try folder.write(
      "<a><Relationship Id='a' Target='worksheets/a.xml'/></a>",
      to: "book/xl/_rels/workbook.xml.rels"
    )
    try folder.write(
      "<sst><si><t>start</t></si><si><t>text</t></si><si><t>\(text)</t></si></sst>",
      to: "book/xl/sharedStrings.xml"
    )
    try folder.write(
      "<worksheet><row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>\(rows)</worksheet>",
      to: "book/xl/worksheets/a.xml"
    )
    let packed = try ChildProcess.run(
      "/usr/bin/python3",
      ["-c", "import shutil; shutil.make_archive('book', 'zip', 'book')"],
      folder: folder.url
    )
    #expect(packed.code == 0, "\(packed.errors)")
    let errors = try errors(importing: "book.zip")
    #expect(
      errors.contains("cannot be read: row 7 makes it more than 512 MiB of text"),
      "\(errors)"
    )
  }
}
