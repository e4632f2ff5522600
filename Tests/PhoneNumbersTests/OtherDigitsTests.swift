import PhoneNumbers
import Telephony
import Testing

@Suite("What stands in phone fields and is no number")
struct OtherDigitsTests {
  private let plan = NumberPlan()

  @Test(
    "Nothing is read",
    arguments: [
      // Dates.
      "12/05/2021", "12.05.2021", "12-05-2021", "2021-05-12", "1/5/2021", "(12/05/2021)",
      "12/05/2021 10:30", "le 12/05/2021", "depuis 01/02/2024", "01.02.2024",
      "03/2015 – 03/2016", "2015 - 03/2016",
      // The register of companies (SIREN, SIRET, RCS), taxes, banks.
      "49301234500028", "493 012 345 00028", "493.012.345.00028", "73282932000074",
      "732 829 320 00074", "SIRET 493 012 345 00028", "Siret: 49301234500036",
      "SIREN 388 202 122", "RCS Strasbourg 388 202 122", "RCS Strasbourg B 388 202 122",
      "TVA FR40303265045", "TVA FR 40 303 265 045", "FR76 3000 6000 0112 3456 7890 189",
      "NAF 4511Z", "APE 6201Z",
      // What a form wants.
      "00 00 00 00 00", "0000000000", "9999999999", "99 99 99 99 99", "11111111", "xx xx xx xx xx",
      "XXXXXXXXXX", "?", "-", "n/c", "N.C.", "néant", "liste rouge", "non communiqué",
      // Addresses and words.
      "dupont67@dupont.example", "j.dupont.1975@dupont.example", "https://dupont.example/12345678",
      "https://dupont.example/0199003161-300x159.jpg",
      "0800 SAVON", "0810 FLEURS", "3615 code", "voir compta",
      // Far too long.
      "123456789012345678", "1234567890123456789012345678901234567890",
      String(repeating: "bla ", count: 1250), String(repeating: "0", count: 5000),
      String(repeating: "é", count: 5000),
    ])
  func nothing(text: String) {
    #expect(plan.numbers(inField: text) == [])
  }

  @Test(
    "A number beside it still is",
    arguments: [
      "03 88 20 21 22 12/05/2021", "12/05/2021 : 03 88 20 21 22", "12/05/2021 03 88 20 21 22",
      "03 88 20 21 22, SIRET 493 012 345 00028", "SIRET 493 012 345 00028, tél 03 88 20 21 22",
      "TVA FR40303265045 - 03 88 20 21 22", "NAF 4511Z 03 88 20 21 22",
      "RCS Strasbourg 388 202 199 Tél 03 88 20 21 22", "dupont67@dupont.example 03 88 20 21 22",
      "03\u{FE0F}\u{20E3} 88 20 21 22", "03\u{200D}88\u{200C}20\u{2064}21\u{FE0E}22",
    ])
  func beside(text: String) {
    #expect(plan.numbers(inField: text) == [PhoneNumber(.complete, "+33388202122")])
  }

  @Test(
    "Two numbers without anything between them",
    arguments: [
      "03882021220639980011", "03 88 20 21 2206 39 98 00 11", "03.88.20.21.2206.39.98.00.11",
      "+333882021220639980011", "00333882021220639980011", "+33388202122+33639980011",
      "Tél 03882021220639980011",
    ])
  func glued(text: String) {
    #expect(plan.numbers(inField: text).map(\.key) == ["+33388202122", "+33639980011"])
  }

  @Test(
    "Where any digits may be a number",
    arguments: [
      ("DE", "2015 – 03/2016", []), ("US", "CA 03/2015 – 03/2016", []),
      ("BR", "http://x.example/uploads/2015/10/60577_175694-300x159.jpg", []),
      ("FR", "https://wa.me/33199003161", ["+33199003161"]),
      ("DE", "seit 05/2019 030 123456", ["+4930123456"]),
    ] as [(String, String, [String])])
  func anyDigits(region: String, text: String, keys: [String]) {
    let read = NumberPlan(region: region).reading(ofField: text)
    let shown = read.map { number in
      let isSure = number.isCertain && number.number.kind == .complete
      return (isSure ? "" : "*") + number.number.key
    }
    #expect(shown == keys)
  }

  @Test(
    "Registers of tax payers",
    arguments: [
      ("BR", "12.345.678/0001-95"), ("BR", "CNPJ 12.345.678/0001-95"), ("BR", "123.456.789-09"),
      ("AR", "30-12345678-9"), ("AR", "CUIT 30-12345678-9"),
    ])
  func registers(region: String, text: String) {
    #expect(plan.reading(ofField: text, region: region) == [])
  }

  @Test("Of halves of a number that is too long none is sure where lengths are open")
  func halves() {
    let text = ["+49", "7462", "20436" + "93220"].joined(separator: " ")
    #expect(NumberPlan(region: "DE").numbers(inField: text) == [])
  }

  @Test("Three groups of two digits are a number in Luxembourg")
  func luxembourg() {
    #expect(plan.numbers(inField: "12-12-12", region: "LU").map(\.key) == ["+352121212"])
    #expect(plan.numbers(inField: "+352 12-12-12").map(\.key) == ["+352121212"])
  }

  @Test("A German number of fourteen digits is one, when its country is written")
  func long() {
    #expect(plan.numbers(inField: "+49 30 123456").map(\.key) == ["+4930123456"])
    #expect(plan.numbers(inField: "0049 30 12345600").map(\.kind) == [.complete])
  }
}
