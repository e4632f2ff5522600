import ERPSync
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// Tryton's tables on a real PostgreSQL, in the shapes that its versions and modules have.
@Suite(.postgreSQL, .serialized) struct TrytonShapesTests {
  private let server: PostgreSQLServer

  init() throws { server = try #require(PostgreSQLTrait.server) }

  struct Shape: Sendable, CustomTestStringConvertible {
    var name: String
    /// The table that links parties with categories: another one from 7.2.
    var link = "party_category_rel"
    /// The columns of an address that hold its street: others from 7.6.
    var street = ["street": "12 rue des Tanneurs"]
    /// Tables of optional modules.
    var modules = ""
    /// What Dupont SA, Weber and Fournitures Muller are.
    var kinds: [ThirdPartyKind] = [.other, .prospect, .other]
    /// Who has Marie Dupont's number.
    var contact = "Marie Dupont"
    var testDescription: String { name }
  }

  private static let sale = """
    CREATE TABLE sale_sale (id serial, party integer, state varchar, secret text);
    INSERT INTO sale_sale (party, state) VALUES (1, 'done'), (3, 'cancelled');
    """
  private static let purchase = """
    CREATE TABLE purchase_purchase (id serial, party integer, state varchar);
    INSERT INTO purchase_purchase (party, state) VALUES (3, 'done'), (1, 'cancelled');
    """
  private static let invoice = """
    CREATE TABLE account_invoice (id serial, party integer, type varchar, state varchar);
    INSERT INTO account_invoice (party, type, state) VALUES (1, 'out', 'paid'), (3, 'in', 'posted');
    """
  private static let relation = """
    CREATE TABLE party_relation (id serial, from_ integer, "to" integer, type integer);
    INSERT INTO party_relation (from_, "to") VALUES (4, 1);
    """
  private static let split = ["building_number": "12", "street_name": "rue des Tanneurs"]

  private static let shapes = [
    Shape(name: "tryton60"),
    Shape(
      name: "tryton60sale", modules: sale, kinds: [.customer, .prospect, .other]),
    Shape(
      name: "tryton70all", modules: sale + purchase + invoice + relation,
      kinds: [.customer, .prospect, .supplier], contact: "Dupont SA/Marie Dupont"),
    Shape(
      name: "tryton72invoice", link: "party_party-party_category", modules: invoice,
      kinds: [.customer, .prospect, .supplier]),
    Shape(
      name: "tryton80purchase", link: "party_party-party_category", street: split,
      modules: purchase, kinds: [.other, .prospect, .supplier]),
  ]

  private static func tables(_ shape: Shape) -> String {
    let streets = shape.street.sorted { $0.key < $1.key }
    return """
      CREATE TABLE country_country (id integer PRIMARY KEY, code varchar(2));
      INSERT INTO country_country VALUES (1, 'FR');
      CREATE TABLE party_party (id integer PRIMARY KEY, code varchar, name varchar, active boolean,
        replaced_by integer, create_date timestamp(6), write_date timestamp(6));
      CREATE TABLE party_contact_mechanism (id serial, party integer, type varchar, value varchar,
        value_compact varchar, name varchar, sequence integer, active boolean DEFAULT true,
        create_date timestamp(6) DEFAULT '2026-11-22 09:00', write_date timestamp(6));
      CREATE TABLE party_address (id serial, party integer, postal_code varchar, city varchar,
        country integer, sequence integer, active boolean DEFAULT true,
        \(streets.map { "\($0.key) varchar" }.joined(separator: ", ")),
        create_date timestamp(6) DEFAULT '2026-11-22 09:00', write_date timestamp(6));
      CREATE TABLE party_category (id integer PRIMARY KEY, name varchar);
      CREATE TABLE "\(shape.link)" (id serial, party integer, category integer);
      INSERT INTO party_party (id, code, name, active, create_date) VALUES
        (1, 'C1', ' Dupont SA ', true, '2026-11-22 09:00'), (2, 'C2', 'Weber', true, '2026-11-22 09:00'),
        (3, 'C3', 'Fournitures Muller', true, '2026-11-22 09:00'),
        (4, 'C4', 'Marie Dupont', true, '2026-11-22 09:00'),
        (5, 'C5', 'Replaced', false, '2026-11-22 09:00');
      INSERT INTO party_category VALUES (1, 'Prospect');
      INSERT INTO "\(shape.link)" (party, category) VALUES (2, 1);
      INSERT INTO party_address (party, postal_code, city, country,
          \(streets.map(\.key).joined(separator: ", "))) VALUES
        (1, '67000', 'Strasbourg', 1, \(streets.map { "'\($0.value)'" }.joined(separator: ", ")));
      INSERT INTO party_contact_mechanism (party, type, value, value_compact, active) VALUES
        (1, 'phone', '03 53 01 00 01', '', true), (1, 'fax', '03 53 01 00 09', NULL, true),
        (1, 'email', 'compta@dupont.example', NULL, true), (1, 'phone', '03 53 01 00 08', NULL, false),
        (2, 'mobile', '06 39 98 00 02', '+33639980002', true), (3, 'phone', '01 99 00 00 03', NULL, true),
        (4, 'mobile', '06 39 98 00 04', NULL, true), (5, 'phone', '01 99 00 00 05', NULL, true);
      \(shape.modules)
      """
  }

  @Test(arguments: shapes) func aShapeIsCopied(shape: Shape) async throws {
    try await server.database(shape.name, Self.tables(shape))
    let fixture = try SyncFixture()
    let profile = try ERPProfile.named("tryton")
    let (report, notices) = try fixture.copy(profile, from: server.access(shape.name))
    #expect(notices == [])
    #expect(report.store.added + report.store.contacts == 4)
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    #expect(try fixture.who("0639980002") == ["Weber"])
    #expect(try fixture.who("0639980004") == [shape.contact])
    for number in ["0353010008", "0199000005"] { #expect(try fixture.who(number) == []) }
    let kinds = try ["C1", "C2", "C3"].map { try fixture.store.record($0)?.summary.kind }
    #expect(kinds == shape.kinds)
    let record = try fixture.store.record("C1")
    #expect(record?.address == "12 rue des Tanneurs")
    #expect(record?.email == "compta@dupont.example")

    // A number that is changed on its own moves the mechanism's date only.
    try await server.sql(
      """
      UPDATE party_contact_mechanism SET value = '04 65 71 00 01', write_date = '2026-11-22 10:00'
      WHERE value = '03 53 01 00 01'
      """, in: shape.name)
    #expect(try fixture.copy(profile, from: server.access(shape.name)).report.extent == .changes)
    #expect(try fixture.who("0465710001") == ["Dupont SA"])
    #expect(try fixture.who("0353010001") == [])
  }
}
