import HeaderForms
import LauncherSupport
import PhoneNumbers
import Telephony
import Testing

@testable import SIP

/// Who calls, and which number was called.
struct InvitePartiesTests {
  /// One INVITE, and whom it names.
  struct Row: Sendable, CustomTestStringConvertible {
    var from = "<sip:0388202122@pbx.example>;tag=a"
    var fields: [String] = []
    let who: String
    var name: String?
    var testDescription: String { "\(from) \(fields)" }
  }

  @Test(arguments: [
    Row(from: "\"Dupont\" <sip:0388202122@h>;tag=a", who: "+33388202122", name: "Dupont"),
    // The colleague who puts the call through is not the caller, nor is his the name.
    Row(
      from: "\"Anne\" <sip:1042@h>;tag=a",
      fields: ["P-Asserted-Identity: <sip:0388202122@h>"], who: "+33388202122"),
    Row(
      from: "\"Dupont\" <sip:+33388202122@h>;tag=a",
      fields: ["P-Asserted-Identity: <sip:0388202122@h>"], who: "+33388202122", name: "Dupont"),
    Row(
      from: "<sip:1042@h>;tag=a",
      fields: ["P-Asserted-Identity: \"Dupont, Jean\" <sip:x@h>, <tel:+33-3-88-20-21-22>"],
      who: "+33388202122"),
    Row(
      from: "<sip:1042@h>;tag=a",
      fields: [
        "Remote-Party-ID: \"Garage\" <sip:0536491201@h>;party=calling;privacy=off;screen=yes"
      ],
      who: "+33536491201", name: "Garage"),
    Row(
      fields: ["Remote-Party-ID: <sip:1024@h>;party=called"], who: "+33388202122"),
    Row(
      fields: ["P-Asserted-Identity: <sip:0536491201@h>", "Remote-Party-ID: <sip:0199004567@h>"],
      who: "+33536491201"),
    // An account at a provider is nobody, where a number is told.
    Row(fields: ["P-Asserted-Identity: <sip:trunk-7@h>"], who: "+33388202122"),
    Row(fields: ["P-Asserted-Identity: <sip:1024@h>"], who: "+33388202122"),
    Row(fields: ["P-Asserted-Identity: ,,<", "Remote-Party-ID: "], who: "+33388202122"),
    // Withheld: whoever may see the number, the caller does not wish that it is seen.
    Row(fields: ["Privacy: id"], who: "withheld"),
    Row(fields: ["Privacy: none"], who: "+33388202122"),
    Row(fields: ["Privacy: user;critical"], who: "withheld"),
    Row(
      from: "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=a",
      fields: ["P-Asserted-Identity: <sip:0388202122@h>"], who: "withheld"),
    Row(from: "Anonymous <sip:c8oqz84zk7z@anonymous.invalid>;tag=a", who: "withheld"),
    Row(
      fields: ["Remote-Party-ID: <sip:0388202122@h>;party=calling;privacy=full"], who: "withheld"),
    Row(
      from: "<sip:unknown@h>;tag=a", fields: ["P-Asserted-Identity: <sip:0388202122@h>"],
      who: "+33388202122"),
    Row(from: "<sip:1024@h>;tag=a", fields: ["Privacy: id"], who: "withheld"),
  ])
  func theCallerIsWhoTheNetworkSays(row: Row) throws {
    var phone = try ListeningPhone.registered()
    phone.send(CallRequest(from: row.from, fields: row.fields))
    let caller = try #require(phone.events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    #expect(caller.name == row.name)
  }

  @Test(arguments: [
    ("<sip:1024@pbx.example>", [], nil), ("<sip:0353011233@h>", [], "0353011233"),
    ("<sip:%2B33353011233@h;user=phone>", [], "+33353011233"),
    (
      "<sip:1024@h>",
      ["Diversion: <sip:1030@h>;reason=no-answer, <sip:0353011233@h>;reason=unconditional"],
      "0353011233"
    ),
    (
      "<sip:1024@h>",
      [
        "History-Info: <sip:+33353011233@h?Reason=SIP%3Bcause%3D302>;index=1, <sip:1024@h>;index=1.1"
      ], "+33353011233"
    ),
    ("<sip:1024@h>", ["History-Info: <sip:1024@h>;index=1"], nil),
    ("<sip:1024@h>", ["Diversion: <tel:+33353011233>;reason=unknown"], "+33353011233"),
    ("<sip:1024@h>", ["P-Called-Party-ID: <sip:0353011233@h>"], "0353011233"),
    ("<sip:1024@h>", ["Diversion: <sip:a%0Ab%1Bc@h>"], "a bc"),
  ])
  func theNumberThatWasDialledIsTold(to: String, fields: [String], called: String?) throws {
    var phone = try ListeningPhone.registered()
    phone.send(CallRequest(to: to, fields: fields))
    #expect(try #require(phone.events.first).called == called)
  }

  /// Every caller in an INVITE is who it would be elsewhere.
  @Test(arguments: CallerRow.all)
  func theDoorsAgree(row: CallerRow) throws {
    // What is not a header field of SIP, and the station itself, which is nobody here.
    guard row.who != "1024", let address = Self.address(row) else { return }
    var phone = try ListeningPhone.registered()
    phone.send(CallRequest(from: address + ";tag=a"))
    let caller = try #require(phone.events.first).caller
    #expect(CallerRow.words(caller) == row.who)
    // What stands beside a number in the user part is no name, as `Q1-0199003161`.
    let isInUserPart = row.said == nil && !row.raw.contains(":")
    #expect(caller.name == (isInUserPart ? nil : row.name))
  }

  /// The row as an address with a name; nil where it cannot be written as one.
  private static func address(_ row: CallerRow) -> String? {
    guard row.said != nil || !row.raw.contains("\""),
      !row.raw.contains(where: "<> \t\r\n\"".contains)
    else { return nil }
    let uri = row.raw.contains(":") ? row.raw : "sip:\(row.raw)@pbx.example"
    guard uri == row.raw || !row.raw.contains("@"),
      SIPAddress("<\(uri)>;tag=a")?.tag == "a"
    else { return nil }
    return (row.said.map { HeaderSyntax.quoted($0) + " " } ?? "") + "<\(uri)>"
  }
}
