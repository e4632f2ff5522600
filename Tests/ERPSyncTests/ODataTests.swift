import ERPSync
import Foundation
import PhoneNumbers
import RESTSupport
import Telephony
import TestSupport
import Testing
import ThirdPartyStore

/// ERPs behind an OData service, over real HTTP.
struct ODataTests {
  private typealias Answer = AnsweringServer.Answer

  private let fixture: SyncFixture
  private let server: AnsweringServer

  init() async throws {
    fixture = try SyncFixture()
    server = AnsweringServer { _ in .status(404) }
    try await server.start()
  }

  private static let profile = """
    record_url = "{base}/customer/{id}"

    [[odata]]
    set = "Customers"
    filter = "Blocked eq false"
    changes = "ModifiedOn ge {since}"
    lookup = "endswith(Phone,'{digits}')"
    [odata.columns]
    id = "C{No}"
    code = "{No}"
    name = "{Name}"
    kind = "customer"
    phone = "{Phone}"
    city = "{Address.City}"
    changed = "{ModifiedOn}"

    [[odata]]
    set = "Contacts"
    expand = "Company($select=No)"
    changes = "ModifiedOn ge {date}"
    [odata.columns]
    id = "P{Id}"
    name = "{First} {Last}"
    company_id = "C{Company.No}"
    mobile = "{Mobile}"
    changed = "{ModifiedOn}"
    """

  private func access(_ profile: ERPProfile, _ user: String = "", password: String? = nil) throws
    -> ERPAccess
  {
    try ERPAccess(
      for: profile,
      connection: server.url("/odata?company=7").replacing("//127", with: "//\(user)127"),
      password: password)
  }

  private static func page(_ records: String, _ rest: String = "") -> Answer {
    .ok(
      "{\"@odata.context\": \"http://erp.invalid/odata/$metadata#x\", \"value\": [\(records)]\(rest)}"
    )
  }

  private static let dupont =
    #"{"No": "0007", "Name": "Dupont SA", "Phone": "03 53 01 00 01", "Address": {"City": "Colmar"}, "ModifiedOn": "2026-11-22T12:00:00+02:00"}"#
  private static let marie =
    #"{"Id": 1, "First": "Marie", "Last": "D", "Company": {"No": "0007"}, "Mobile": "0639980001", "ModifiedOn": "2026-11-22T08:00:00Z"}"#

  private func failure(_ answer: Answer) throws -> ERPError {
    server.answer { _ in answer }
    let profile = try fixture.profile(Self.profile)
    return try fixture.failure(profile, from: access(profile))
  }

  @Test func setsAreCopiedPageAfterPage() async throws {
    server.answer { question in
      switch question.uri {
      case let uri where uri.contains("skip=1"):
        Self.page(
          #"{"No": "8", "Name": "Weber", "Phone": "0353010008", "ModifiedOn": null}"#,
          #", "odata.nextLink": "Customers?skip=2""#)
      case let uri where uri.contains("skip=2"): Self.page("")
      case let uri where uri.hasPrefix("/odata/Customers"):
        Self.page(Self.dupont, ", \"@odata.nextLink\": \"/odata/Customers?a=b&skip=1\"")
      default: .ok("{\"value\": [\(Self.marie)]}")
      }
    }
    let profile = try fixture.profile(Self.profile)
    let access = try access(profile, "reader@", password: "word")
    let full = try fixture.copy(profile, from: access, .full)
    #expect(full.report.rows == 3)
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
    #expect(try fixture.who("0353010008") == ["Weber"])
    #expect(try fixture.who("0639980001") == ["Dupont SA/Marie D"])
    #expect(
      server.questions.map(\.uri) == [
        "/odata/Customers?company=7&$filter=Blocked%20eq%20false"
          + "&$select=Address%2CModifiedOn%2CName%2CNo%2CPhone",
        "/odata/Customers?a=b&skip=1", "/odata/Customers?skip=2",
        "/odata/Contacts?company=7&$select=First%2CId%2CLast%2CMobile%2CModifiedOn"
          + "&$expand=Company%28%24select%3DNo%29",
      ])
    #expect(server.questions.allSatisfy { $0.headers["authorization"] == "Basic cmVhZGVyOndvcmQ=" })

    server.answer { _ in Self.page("") }
    let changes = try fixture.copy(profile, from: access, .changes)
    #expect(changes.report.extent == .changes)
    let asked = server.questions.suffix(2).map { $0.uri.removingPercentEncoding ?? "" }
    #expect(
      asked[0].contains("$filter=(Blocked eq false) and (ModifiedOn ge 2026-11-22T09:50:00Z)"))
    #expect(asked[1].contains("$filter=ModifiedOn ge 2026-11-22&"))
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
  }

  @Test func aPageInAnOldCharacterSetIsRead() throws {
    let zoe = #"{"No": "9", "Name": "Zoé", "Phone": "0353010009"}"#
    server.answer { question in
      let rows = question.uri.contains("Customers") ? zoe : ""
      return .bytes(
        "application/json; charset=iso-8859-1",
        "{\"value\": [\(rows)]}".unicodeScalars.map { UInt8(clamping: $0.value) })
    }
    let profile = try fixture.profile(Self.profile)
    try fixture.copy(profile, from: access(profile), .full)
    #expect(try fixture.who("0353010009") == ["Zoé"])
  }

  @Test func aTokenIsShownAndOneNumberIsAskedFor() throws {
    server.answer { _ in Self.page(Self.dupont) }
    let profile = try fixture.profile(Self.profile)
    let question = try #require(
      ERPQuestion(
        profile, to: access(profile, password: "token-word"), for: fixture.store,
        plan: fixture.plan))
    #expect(try question.ask(#require(fixture.plan.number("03 53 01 00 01"))) == .copied)
    #expect(server.asked == 1)
    let asked = try #require(server.questions.first)
    #expect(asked.uri.contains("endswith%28Phone%2C%2753010001%27%29"), "\(asked.uri)")
    #expect(asked.headers["authorization"] == "Bearer token-word")
  }

  @Test func theDoctorAsksEachSetForOne() throws {
    server.answer { $0.uri.contains("Contacts") ? .status(403) : Self.page("") }
    let profile = try fixture.profile(Self.profile)
    let access = try access(profile)
    try access.check()
    let error = try #require(throws: ERPError.self) { _ = try access.check(profile, mark: nil) }
    #expect(error.kind == .denied)
    #expect(error.sentence.contains("may not read Contacts"), "\(error.sentence)")
    #expect(server.questions.dropFirst().allSatisfy { $0.uri.contains("$top=1") })
    #expect(access.reached.hasPrefix("The service answers: http://127.0.0.1:"))
  }

  private static let failures: [(answer: Answer, kind: ERPError.Kind, words: String)] = [
    (.status(401), .refused, "refuses the user, the password or the token"),
    (.whole(403, [], #"{"error": {"message": "no\u001b[2J"}}"#), .denied, "Customers: no[2J"),
    (.status(404), .badAnswer, "no such thing as Customers"),
    (.whole(400, [], #"{"error": {"message": "no Blocked"}}"#), .badAnswer, "no Blocked"),
    (.status(302, [("Location", "http://erp.invalid/")]), .badProfile, "http://erp.invalid/"),
    (.status(500), .failed, "answered 500"),
    (.status(429, [("Retry-After", "100000")]), .failed, "left alone for 100000 s (429)"),
    (.status(503, [("Retry-After", "Sun, 06 Nov 2094 08:49:37 GMT")]), .failed, "(503)"),
    (.hangUp, .unreachable, "asking http://127"),
    (.ok("<html>login</html>", type: "text/html"), .badAnswer, "is no JSON, or not all of it"),
    (.ok(#"{"value": [{"No": 1}"#), .badAnswer, "not all of it"),
    (.ok(#"{"d": {"results": []}}"#), .badAnswer, "OData 2 or 3"),
    (.ok(#"{"value": [1]}"#), .badAnswer, "no entities"),
    (
      .ok(#"{"value": [], "error": {"message": "timed out"}}"#), .failed,
      "Customers ends with an error: timed out"
    ),
    (
      page(dupont, #", "@odata.nextLink": "http://erp.invalid/odata/Customers?skip=1""#),
      .badAnswer,
      "elsewhere (http://erp.invalid"
    ),
    (page(dupont, #", "@odata.nextLink": "Customers?skip=1""#), .badAnswer, "have no end"),
  ]

  @Test(arguments: failures.indices) func aFailureChangesNothing(_ index: Int) throws {
    let row = Self.failures[index]
    server.answer { $0.uri.contains("Contacts") ? Self.page("") : Self.page(Self.dupont) }
    let profile = try fixture.profile(Self.profile)
    try fixture.copy(profile, from: access(profile), .full)
    let error = try failure(row.answer)
    #expect(error.kind == row.kind, "\(error.sentence)")
    #expect(error.sentence.contains(row.words), "\(error.sentence)")
    #expect(!error.sentence.unicodeScalars.contains("\u{1b}"))
    #expect(try fixture.who("0353010001") == ["Dupont SA"])
  }

  @Test func whoAsksToBeLeftAloneIsAskedAgain() throws {
    server.answer { question in
      switch question.number {
      case 0: .status(429, [("Retry-After", "1")])
      case 1: Self.page(Self.dupont)
      default: Self.page("")
      }
    }
    let profile = try fixture.profile(Self.profile)
    #expect(try fixture.copy(profile, from: access(profile), .full).report.rows == 1)
    #expect(server.asked == 3)
  }

  @Test func aServiceThatIsSilentIsGivenUp() throws {
    server.answer { _ in .headOnly }
    let profile = try fixture.profile(Self.profile)
    let copy = ERPCopy(
      profile, from: try access(profile), into: fixture.store, plan: fixture.plan, timeLimit: 1)
    let error = try #require(throws: ERPError.self) {
      try copy.run(.full, at: WallTime(milliseconds: 0)) { _ in }
    }
    #expect(error.kind == .timedOut)
  }

  private static let addresses: [(address: String, password: String?, words: String)] = [
    ("Driver=SQLite3", nil, "must be the address of the OData service"),
    ("ftp://erp.example/odata", nil, "must be the address"),
    ("http://erp.example/odata", "secret-word", "use https:"),
    ("http://127.erp.example/odata", "secret-word", "use https:"),
    ("https://reader@erp.example/odata", nil, "whose password erp.password_file holds"),
  ]

  @Test(arguments: addresses.indices) func anAddressThatCannotBeUsedIsNamed(_ index: Int) throws {
    let row = Self.addresses[index]
    let profile = try fixture.profile(Self.profile)
    let error = try #require(throws: ERPError.self) {
      _ = try ERPAccess(for: profile, connection: row.address, password: row.password)
    }
    #expect(error.sentence.contains(row.words), "\(error.sentence)")
    #expect(!error.sentence.contains("secret-word"))
  }
}
