import PhoneNumbers
import Telephony
import Testing

/// Words beside digits say whether these are a telephone's, and still are.
@Suite("Words in phone fields")
struct FieldWordTests {
  /// `*` before a key: not certain.
  private func shown(_ text: String, _ region: String) -> [String] {
    NumberPlan(region: region).reading(ofField: text).map { number in
      (number.isCertain ? "" : "*") + number.number.key
    }
  }

  @Test(
    "Another number than a telephone's",
    arguments: [
      ("DE", "St.-Nr. 123/456/78901"), ("DE", "Steuer-Nr. 030 123456"),
      ("DE", "USt-IdNr. DE123456789"), ("DE", "USt-ID: DE 301 234 567"),
      ("FR", "SIRET 123 456 789 00012"), ("FR", "SIRET n° 123 456 789 00012"),
      ("FR", "No. de compte 0639981234"),
      ("FR", "Compte n° 0639981234"), ("FR", "cde n°0639981234"), ("FR", "code client 0639981234"),
      ("DE", "Kd-Nr. 030 123456"), ("DE", "Kundennummer 030123456"), ("DE", "KdNr 030123456"),
      ("DE", "Re.-Nr. 030123456"), ("DE", "Mitgliedsnr. 030123456"), ("DE", "BLZ 03012345"),
      ("DE", "Konto-Nr. 030123456"), ("US", "Account # 2125550123"),
      ("US", "Order no. 2125550123"), ("GB", "VAT no 020 7946 0123"),
      ("IT", "P. IVA: 06123456789"),
      ("IT", "C.F. 06123456789"), ("IT", "cod. cliente 0612345678"),
      ("NL", "klantnr. 0201234567"), ("NL", "KvK-nummer 0201234567"),
      ("BE", "ondernemingsnummer 0475.123.456"),
    ])
  func other(region: String, text: String) { #expect(shown(text, region) == []) }

  @Test(
    "Perhaps another number",
    arguments: [
      ("FR", "commande 0639981234", ["*+33639981234"]),
      ("FR", "réf. 0639981234", ["*+33639981234"]),
      ("DE", "Auftrag 030123456", ["*+4930123456"]),
      ("FR", "N° client Dupont 0639981234", ["*+33639981234"]),
      ("FR", "N° client 4521 - 06 39 98 12 34", ["+33639981234"]),
      ("FR", "N° client 06 39 98 12 34", ["*+33639981234"]),
      ("FR", "numéro entreprise 06 39 98 12 34", ["*+33639981234"]),
      ("FR", "N° CAF 06 39 98 12 34", ["*+33639981234"]),
      ("FR", "n° allocataires 06 39 98 12 34", ["*+33639981234"]),
      ("DE", "SV-Nr. 030123456", ["*+4930123456"]), ("US", "Cust# 2125550123", ["*+12125550123"]),
      ("GB", "Company No. +33 1 99 00 31 61", ["*+33199003161"]),
      ("ES", "nº cliente +33 1 99 00 31 61", ["*+33199003161"]),
      ("FR", "code 1234 06 39 98 12 34", ["+33639981234"]),
    ])
  func perhaps(region: String, text: String, keys: [String]) {
    #expect(shown(text, region) == keys)
  }

  @Test(
    "A number of yesterday",
    arguments: [
      ("FR", "ancien 01 99 00 31 61"), ("FR", "01 99 00 31 61 (ancien numéro)"),
      ("FR", "01 99 00 31 61 HS"), ("FR", "01 99 00 31 61 (plus attribué)"),
      ("FR", "01 99 00 31 61 faux numéro"), ("FR", "plus valable 01 99 00 31 61"),
      ("FR", "ex-01 99 00 31 61"), ("FR", "jusqu'en 2020 : 01 99 00 31 61"),
      ("FR", "01 99 00 31 61 jusqu’au 31/12/2020"), ("FR", "01 99 00 31 61, l'ancien"),
      ("FR", "01 99 00 31 61 (avant 2020)"), ("US", "old 212-555-0123"),
      ("US", "212-555-0123 (disconnected)"), ("US", "212-555-0123 wrong number"),
      ("US", "no longer in service 212-555-0123"), ("US", "212-555-0123 no longer valid"),
      ("US", "old cell: 212-555-0123"), ("DE", "alt: 030 123456"), ("DE", "alte Nr. 030 123456"),
      ("DE", "030 123456 (bis 31.12.2020)"), ("DE", "030 123456 bis 2020"),
      ("DE", "ehem. 030 123456"), ("DE", "früher 030 123456"), ("DE", "030 123456 ungültig"),
      ("DE", "030 123456 nicht mehr gültig"), ("DE", "kein Anschluss 030 123456"),
      ("DE", "alte Handynummer 030 123456"), ("DE", "030 123456 (falsche Nummer)"),
      ("DE", "030 123456 existiert nicht mehr"),
      ("DE", "nicht mehr: 030 123456"), ("DE", "030 123456 bis März 2020"),
      ("DE", "bis Ende 2020: 030 123456"), ("GB", "020 7946 0123 (until March)"),
      ("GB", "020 7946 0123 out of service"), ("ES", "no válido 911 234 567"),
      ("FR", "01 99 00 31 61 n'est plus en service"), ("FR", "mauvais n° 01 99 00 31 61"),
      ("FR", "01 99 00 31 61 jusqu'en mars 2020"),
      ("NL", "niet meer in gebruik 020-1234567"), ("IT", "vecchio 06 12345678"),
      ("ES", "antiguo 911 234 567"), ("NL", "oud 020-1234567"),
    ])
  func yesterday(region: String, text: String) {
    let keys = shown(text, region)
    #expect(!keys.isEmpty && keys.allSatisfy { $0.hasPrefix("*") }, "\(keys)")
  }

  @Test(
    "Of two, the other one is right",
    arguments: [
      ("DE", "alt 030 123456, neu 030 123457", ["*+4930123456", "+4930123457"]),
      ("DE", "030 123456 (alt), 030 123457 (neu)", ["*+4930123456", "+4930123457"]),
      ("DE", "030 123456 alt 030 123457 neu", ["*+4930123456", "+4930123457"]),
      ("DE", "bis 2020: 030 123456; ab 2020: 030 123457", ["*+4930123456", "+4930123457"]),
      ("US", "212-555-0123 (old) 212-555-0124 (new)", ["*+12125550123", "+12125550124"]),
      ("US", "old: 212-555-0123 new: 212-555-0124", ["*+12125550123", "+12125550124"]),
      ("FR", "06 39 98 12 34 (ancien : 01 99 00 31 61)", ["+33639981234", "*+33199003161"]),
      (
        "FR", "ancien n° 01 99 00 31 61, nouveau 06 39 98 12 34", ["*+33199003161", "+33639981234"]
      ),
      ("FR", "01 99 00 31 61 (ancien) 06 39 98 12 34", ["*+33199003161", "+33639981234"]),
      ("FR", "Réf client: 0639981234 tél 0199003161", ["+33199003161"]),
      ("DE", "Kd.-Nr.: 030123456, Tel. 030 123457", ["+4930123457"]),
    ])
  func both(region: String, text: String, keys: [String]) {
    #expect(shown(text, region) == keys)
  }

  @Test(
    "What a word does not take away",
    arguments: [
      ("FR", "client 01 99 00 31 61"), ("FR", "service client 01 99 00 31 61"),
      ("FR", "N° tél client 01 99 00 31 61"), ("FR", "commande par tél. au 01 99 00 31 61"),
      ("FR", "nouveau n° 01 99 00 31 61"), ("FR", "client Dupont, n° 01 99 00 31 61"),
      ("FR", "facturation 01 99 00 31 61"), ("FR", "01 99 00 31 61 bis"),
      ("FR", "01 99 00 31 61 depuis 2020"), ("FR", "ne plus appeler 01 99 00 31 61"),
      ("FR", "pas avant 14h : 01 99 00 31 61"), ("FR", "01 99 00 31 61 avant 9h"),
      ("FR", "M. Ancien 01 99 00 31 61"), ("US", "Old Town Office +33 1 99 00 31 61"),
      ("US", "alt: +33 1 99 00 31 61"), ("US", "order desk +33 1 99 00 31 61"),
      ("FR", "numéro personnel : 01 99 00 31 61"), ("FR", "N° d'urgence 01 99 00 31 61"),
      ("FR", "DUPONT n° 01 99 00 31 61"), ("FR", "Police : 01 99 00 31 61"),
      ("GB", "best number +33 1 99 00 31 61"), ("GB", "personal no. +33 1 99 00 31 61"),
      ("GB", "Reno +33 1 99 00 31 61"), ("GB", "Old Bakery +33 1 99 00 31 61"),
      ("DE", "Hotel Alte Post +33 1 99 00 31 61"), ("DE", "Firmennummer +33 1 99 00 31 61"),
      ("DE", "+33 1 99 00 31 61 bis 18 Uhr"), ("FR", "Tél.2 01 99 00 31 61"),
      ("FR", "01 99 00 31 61 (2 lignes)"), ("US", "#1 +33 1 99 00 31 61"),
      ("DE", "Kundendienst +33 1 99 00 31 61"), ("DE", "Hans Alt +33 1 99 00 31 61"),
      ("DE", "Büronummer +33 1 99 00 31 61"), ("DE", "Servicenummer +33 1 99 00 31 61"),
    ])
  func stays(region: String, text: String) { #expect(shown(text, region) == ["+33199003161"]) }

  @Test(
    "Endings behind words, ranges and marks inside a number",
    arguments: [
      ("DE", "089 99998-0 / Fax -57", ["+4989999980", "+49899999857"]),
      ("DE", "089 99998-0, Fax: -47", ["+4989999980", "+49899999847"]),
      ("DE", "089 99998-0 (Fax -47)", ["+4989999980", "+49899999847"]),
      (
        "DE", "Tel. 089 99998-0 Fax -47 Mobil 0171 1234567",
        ["+4989999980", "+49899999847", "+491711234567"]
      ),
      ("DE", "089 99998-0 DW: 12", ["+4989999980", "+49899999812"]),
      ("DE", "069 90009 100-199", ["*+496990009100199", "*+496990009100", "*+496990009199"]),
      ("DE", "030 12-34-56", ["+4930123456"]),

      ("DE", "030;123456", ["+4930123456"]), ("DE", "030; 123456", ["+4930123456"]),
      ("DE", "030;123456;0171;1234567", ["+4930123456", "+491711234567"]),
      ("FR", "01;99;00;31;61", ["+33199003161"]), ("FR", "1025;1026", ["1025", "1026"]),
    ])
  func endings(region: String, text: String, keys: [String]) {
    #expect(shown(text, region) == keys)
  }
}
