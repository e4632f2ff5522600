import PhoneNumbers
import Testing

@Suite struct CountryTests {
  @Test(
    arguments: [
      ("FR", "FR"), ("fr", "FR"), ("UK", "GB"), ("uk", "GB"), ("FRA", "FR"), ("U.S.A.", "US"),
      ("276", "DE"), ("8", nil), ("276.0", "DE"), ("Allemagne", "DE"), ("GERMANY", "DE"),
      ("Alemania", "DE"), ("Duitsland", "DE"), ("Suède", "SE"), ("Suede", "SE"), ("Sverige", "SE"),
      ("Polska", "PL"), ("Ελλάδα", "GR"), ("The Netherlands", "NL"), ("Pays-Bas (les)", "NL"),
      ("République française", "FR"), ("Bundesrepublik Deutschland", "DE"),
      ("Slovak Republic", "SK"),
      ("Reino de España", "ES"), ("Angleterre", "GB"), ("Irlande", "IE"), ("Chine", "CN"),
      ("中国", "CN"), ("한국", "KR"),
      ("République populaire de Chine", "CN"), ("Republic of China", nil), ("Congo", nil),
      ("Korea", nil), ("Atlantis", nil), ("XX", nil), ("D", "DE"), ("f", "FR"),
      ("B", "BE"), ("A", "AT"), ("I", "IT"), ("L", "LU"), ("E.", "ES"), ("FL", "LI"), ("IRL", "IE"),
      ("D - Deutschland", "DE"), ("D/A/CH", nil), ("K", nil), ("Torino, I", nil), ("+49", "DE"),
      ("+32", "BE"), ("0056", "CL"), ("+44", "GB"), ("+352", "LU"), ("00 41", "CH"),
      ("32", nil), ("44", nil), ("032", "AR"), ("40", nil), ("+999", nil), ("33", nil), ("0", nil),
      ("", nil),
      ("Bavaria", nil), ("China (Hong Kong)", nil), ("Guinea-Bissau", "GW"), ("Guinea", "GN"),
      ("CH - Suisse", "CH"), ("Suisse (CH)", "CH"), ("Österreich / Austria", "AT"),
      ("Lyon (France)", "FR"), ("Montréal, Canada", "CA"), ("France métropolitaine", "FR"),
      ("RFA", "DE"), ("B.R.D.", "DE"), ("Allemagne (RFA)", "DE"), ("de_DE", "DE"), ("fr-CH", "CH"),
      ("BE-WAL", "BE"), ("US-DE", nil), ("D-", "DE"), ("BE Belgique", "BE"), ("Suisse CH", "CH"),
      ("Belgique FR", nil), ("Swiss", "CH"), ("République fédérale d'Allemagne", "DE"),
      ("U.S.A.", "US"), ("Deutschland (DE)", "DE"), ("FR : France", "FR"),
      ("\u{1F1E9}\u{1F1EA}", "DE"), ("\u{1F1E7}\u{1F1EA} Belgique", "BE"),
      ("\u{1F1E7}\u{1F1EA} France", nil), ("\u{1F1FD}\u{1F1FD}", nil), ("\u{1F1E9}", nil),
      ("Guyane", "GF"), ("Northern Ireland", "GB"), ("Ireland (Northern)", "GB"),
      ("Ireland (Munster)", nil),
      ("Turkey", "TR"), ("TURKEY", "TR"), ("Türkiye", "TR"), ("Turquie", "TR"), ("Tuerkei", "TR"),
      ("Oesterreich", "AT"), ("Weißrussland", "BY"), ("Ivory Coast", "CI"), ("Swaziland", "SZ"),
      ("Macedonia", "MK"), ("Bosnie", "BA"), ("Vatican", "VA"), ("Česká republika", "CZ"),
      ("Korea, Republic of", "KR"), ("Korea, Democratic People's Republic of", "KP"),
      ("P.R. China", "CN"), ("Taiwan, Province of China", "TW"), ("Rep. of Ireland", "IE"),
      ("Rép. tchèque", "CZ"),
      ("Georgia, USA", nil), ("Springfield, IL", nil), ("Suisse / Allemagne", nil),
    ] as [(String, String?)])
  func `a country as people name it`(text: String, code: String?) {
    #expect(Country.code(of: text) == code)
  }
}
