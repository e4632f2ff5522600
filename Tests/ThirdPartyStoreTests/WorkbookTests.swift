import Foundation
import PhoneNumbers
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// Workbooks that are archives: as openpyxl writes them, as other programs do, and what is none.
@Suite struct WorkbookTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func cellsAreReadAsTheSheetShowsThem() async throws {
    let path = try await written(
      """
      s.append(['Code', 'Nom', 'Téléphone', 'Portable', 'Créé le'])
      s.append(['C1', 'Dupont & Fils', '01 99 00 10 01', 639981001, datetime.date(2026, 3, 1)])
      s['D2'].number_format = '0#" "##" "##" "##" "##'
      s.append(['C2', 'Ça;va "Bau"', '0199001002\\n0199001003', None, None])
      s.append([])
      s.append(['C3', 'Noël 🍞', 199001004.0, 33639981005, True])
      """)
    #expect(
      try told(path) == [
        "Dupont & Fils: +33199001001 +33639981001", "Ça;va \"Bau\": +33199001002 +33199001003",
        "Noël 🍞: +33199001004 +33639981005",
      ])
  }

  @Test func everySheetThatIsNotHiddenIsATable() async throws {
    let path = try await written(
      """
      s.append(['Liste des clients'])
      s.append([None, 'Nom', 'Tél'])
      s.append([None, 'Alfa', '0199001001'])
      h = w.create_sheet('Archive'); h.append(['Nom', 'Tél']); h.append(['Gone', '0199001009'])
      h.sheet_state = 'hidden'
      f = w.create_sheet('Fournisseurs'); f.append(['Société', 'Contact', 'Téléphone'])
      f.append(['Bois SA', 'Anne Bel', '0199001002'])
      """)
    #expect(try told(path) == ["Alfa: +33199001001", "Bois SA (Anne Bel): +33199001002"])
  }

  @Test func aSheetOfOtherThingsIsPassedOver() async throws {
    let path = try await written(
      """
      s.append(['Ce classeur contient les clients.'])
      c = w.create_sheet('Clients'); c.append(['Nom', 'Tél']); c.append(['Alfa', '0199001001'])
      m = w.create_sheet('Mois'); m.append(['Mois', 'Appels']); m.append(['Jan', 12]); m.append(['Feb', 130])
      """)
    var notices: [String] = []
    #expect(
      try told(path) { if case .notice(1, let what) = $0 { notices.append(what) } }
        == ["Alfa: +33199001001"])
    #expect(notices.map { $0.prefix(7) } == ["sheet 1", "sheet 3"])
  }

  /// Texts in the cells themselves, in pieces, with marks of their sound; numbers as Java writes them; no names of cells.
  @Test func otherProgramsWriteOtherCells() async throws {
    let path = try await zipped([
      "_rels/.rels":
        #"<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="/xl/workbook.xml"/></Relationships>"#,
      "xl/workbook.xml":
        #"<x:workbook xmlns:x="y" xmlns:r="z"><x:sheets><x:sheet name="A" sheetId="1" r:id="r1"/></x:sheets></x:workbook>"#,
      "xl/_rels/workbook.xml.rels":
        #"<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/a.xml"/></Relationships>"#,
      "xl/worksheets/a.xml": """
      <x:worksheet><x:sheetData><x:row>
      <x:c t="inlineStr"><x:is><x:t>Nom</x:t></x:is></x:c><x:c t="str"><x:v>Tél</x:v></x:c></x:row>
      <x:row><x:c t="inlineStr"><x:is><x:r><x:t>Du</x:t></x:r><x:r><x:t xml:space="preserve">pont &amp; Fils</x:t></x:r>
      <x:rPh sb="0" eb="1"><x:t>DYUPON</x:t></x:rPh></x:is></x:c><x:c><x:f>A1&lt;2</x:f><x:v>3.3199001001E10</x:v></x:c></x:row>
      <x:row><x:c r="B9" t="e"><x:v>#N/A</x:v></x:c></x:row>
      <x:row r="9223372036854775807"/><x:row r="9223372036854775807"></x:row><x:row r="7"><x:c r="XFD7"><x:v>1</x:v></x:c><x:c r="A7" t="s"><x:v>99999999999999999999</x:v></x:c></x:row>
      </x:sheetData></x:worksheet>
      """,
    ])
    #expect(try told(path) == ["Dupont & Fils: +33199001001"])
  }

  @Test func openDocument() async throws {
    let path = try await zipped([
      "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
      "content.xml": """
      <office:document-content><table:table><table:table-row><table:table-cell><text:p>Nom</text:p></table:table-cell>
      <table:table-cell><text:p>Tél</text:p></table:table-cell></table:table-row><table:table-row>
      <table:table-cell><text:p>Alfa<text:s/>Bêta</text:p></table:table-cell>
      <table:table-cell><text:p>0199001001<text:line-break/>0199001002</text:p></table:table-cell></table:table-row>
      </table:table></office:document-content>
      """,
    ])
    #expect(try told(path) == ["Alfa Bêta: +33199001001 +33199001002"])
  }

  @Test(arguments: [
    (["xl/workbook.bin": ""], "xlsb"), (["word/document.xml": "<w:tbl/>"], "docx"),
    (["Index/Document.iwa": "x"], "Numbers"), (["clients.csv": "nom;tel"], "archive (zip)"),
    (["content.xml": "encrypted"], "without rows"), (["xl/workbook.xml": "<x"], "without rows"),
  ])
  func whatIsNoWorkbookIsNamed(files: [String: String], says: String) async throws {
    let path = try await zipped(files)
    let error = #expect(throws: StoreError.self) { try told(path) }
    #expect(error?.sentence.contains(says) == true, "\(error?.sentence ?? "")")
  }

  @Test func aDamagedArchiveIsRefused() async throws {
    let path = try await written("s.append(['Nom', 'Tél']); s.append(['Alfa', '0199001001'])")
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try told(bytes) == ["Alfa: +33199001001"])
    for count in stride(from: 4, to: bytes.count, by: 97) {
      #expect(throws: StoreError.self) { try told(Array(bytes.prefix(count))) }
    }
    var seed: UInt64 = 7
    for _ in 0..<200 {
      var bytes = bytes
      for _ in 0..<4 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[4 + Int(seed >> 33) % (bytes.count - 4)] = UInt8(truncatingIfNeeded: seed >> 20)
      }
      // What is still whole is read, the rest is a sentence.
      _ = try? told(bytes)
    }
  }

  // MARK: -

  private func told(
    _ path: String, _ tell: (ImportEvent) -> Void = { _ in }
  ) throws -> [String] {
    try told(Array(Data(contentsOf: URL(fileURLWithPath: path))), tell)
  }

  private func told(
    _ bytes: [UInt8], _ tell: (ImportEvent) -> Void = { _ in }
  ) throws -> [String] {
    let input = InputFile(name: "file", bytes: bytes)
    return try PartyImport.preview(input, plan: NumberPlan(), count: 20, tell: tell)
      .map { row in
        let contact = row.contact.isEmpty ? "" : " (\(row.contact))"
        let numbers = row.numbers.compactMap { $0.number?.key }
        return "\(row.name)\(contact): \(numbers.joined(separator: " "))"
      }
  }

  /// The workbook `w` with the sheet `s` that openpyxl makes of these lines.
  private func written(_ lines: String) async throws -> String {
    let path = folder.file("w.xlsx")
    let script =
      "import datetime, openpyxl\nw = openpyxl.Workbook(); s = w.active\n\(lines)\nw.save('\(path)')"
    let made = try await run("/usr/bin/python3", ["-c", script])
    try #require(made.status == 0, "\(made.output)")
    return path
  }

  /// The archive of these files.
  private func zipped(_ files: [String: String]) async throws -> String {
    let path = folder.file("w.zip")
    let script = """
      import sys, zipfile
      z = zipfile.ZipFile('\(path)', 'w', zipfile.ZIP_DEFLATED)
      words = sys.argv[1:]
      for name, text in zip(words[::2], words[1::2]): z.writestr(name, text)
      z.close()
      """
    let words = files.flatMap { [$0.key, $0.value] }
    let made = try await run("/usr/bin/python3", ["-c", script] + words)
    try #require(made.status == 0, "\(made.output)")
    return path
  }
}
