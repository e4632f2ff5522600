import LauncherSupport
import PhoneNumbers
import RESTSupport
import Synchronization
import Telephony
import TestSupport
import Testing
import WebAccess

@testable import FritzBox

/// Dialling by TR-064, against a program that answers as a box does.
struct DiallingTests {
  /// What a box that stands so makes of one call to a number.
  private func dial(
    _ box: DiallingBox, _ number: String = "0388202122", telephone: String = ""
  ) async -> String? {
    guard let number = DialledNumber(number) else { return "no number" }
    do throws(DialError) {
      _ = try await dialler(box, telephone: telephone).dial(number)
      return nil
    } catch {
      return error.sentence
    }
  }

  private func dialler(_ box: DiallingBox, telephone: String = "") -> FritzBoxDialler {
    let control = FritzBoxControl(
      url: "", address: "fritz.box", user: "operator", password: "geheim", telephone: telephone)
    return FritzBoxDialler(control) { question in
      #expect(question.url.hasPrefix("https://fritz.box:49443/"))
      return .success(box.answer(question))
    }
  }

  @Test func theBoxIsAskedOnceForItsPassword() async {
    let box = DiallingBox()
    #expect(await dial(box) == nil)
    #expect(box.now.dialled == ["0388202122"])
    #expect(box.now.asked == ["DialNumber", "DialNumber"])
  }

  @Test(arguments: [
    ("+33388202122", "0033388202122"), ("**610", "**610"), ("*21#", "*21#"), ("1024", "1024"),
  ])
  func whatIsDialledIsKeys(number: String, keys: String) async {
    let box = DiallingBox()
    #expect(await dial(box, number) == nil)
    #expect(box.now.dialled == [keys])
  }

  @Test func theOperatorsTelephoneIsSetFirst() async {
    let box = DiallingBox()
    #expect(await dial(box, telephone: "DECT: Büro & Lager") == nil)
    #expect(box.now.telephone == "DECT: Büro & Lager")
    #expect(await dial(box, telephone: "DECT: Büro & Lager") == nil)
    #expect(box.now.dialled.count == 2)
    // The second time it is set already.
    #expect(box.now.asked.filter { $0 == "DialSetConfig" }.count == 1)
  }

  @Test func aTelephoneThatIsNotThereIsToldWithThoseThatAre() async {
    let box = DiallingBox()
    #expect(
      await dial(box, telephone: "DECT: Küche")
        == "fritz.box:49443 has no telephone \"DECT: Küche\" (fritzbox.telephone): it has "
        + "\"DECT: Empfang\", \"DECT: Büro & Lager\", \"FON1: Fax\"")
    #expect(box.now.dialled.isEmpty)
  }

  /// A nonce that is too old is no wrong password, and one that is never right ends soon.
  @Test func oldNoncesAreNoWrongPasswords() async {
    let box = DiallingBox { $0.usesOfNonce = 1 }
    #expect(await dial(box, telephone: "DECT: Büro & Lager") == nil)
    #expect(box.now.dialled.count == 1)
    let stale = DiallingBox { $0.password = "another" }
    stale.change { $0.demands = $0.demands.map { $0 + ", stale=true" } }
    #expect(await dial(stale)?.contains("refuses the password") == true)
    #expect(stale.now.asked.count == 4)
  }

  @Test(arguments: ["SHA-256", "MD5"])
  func theFirstDemandThatCanBeMetIsMet(algorithm: String) async {
    let demand = "Digest realm=\"F!Box SOAP-Auth\", nonce=\"NONCE\", qop=\"auth\", algorithm="
    let box = DiallingBox {
      $0.demands = ["Basic realm=\"box\"", demand + "SHA-512-256", demand + algorithm]
    }
    #expect(await dial(box) == nil)
    #expect(box.now.dialled.count == 1)
  }

  @Test func eachRefusalHasItsSentence() async {
    let rows: [(refusal: String, change: @Sendable (inout DiallingBox.State) -> Void)] = [
      ("refuses the password of operator: check fritzbox.user", { $0.password = "another" }),
      ("it needs digest with MD5", { $0.demands = ["Basic realm=\"box\""] }),
      ("refuses the password", { $0.demands = [] }),
      ("switch its dialling help on", { $0.telephone = nil }),
      ("allow access for applications", { $0.description = "" }),
      ("allow access for applications", { $0.faults["DialNumber"] = 401 }),
      ("does not take this number", { $0.faults["DialNumber"] = 402 }),
      ("(606 Error): give the user the right", { $0.faults["DialNumber"] = 606 }),
      ("(820 Error): an error inside", { $0.faults["DialNumber"] = 820 }),
      ("(second factor)", { $0.faults["DialNumber"] = 866 }),
      ("after too many (second factor)", { $0.faults["DialNumber"] = 867 }),
      ("try again", { $0.faults["DialNumber"] = 868 }),
      ("(899 Error): look at the events", { $0.faults["DialNumber"] = 899 }),
      ("offers no telephony", { $0.description = "<root/>" }),
      ("offers no telephony", { $0.description = "no XML" }),
      // The password goes nowhere else.
      (
        "offers no telephony",
        { $0.description = $0.description.replacing("/upnp/control/x_voip", with: "//192.0.2.9/x") }
      ),
      (
        "offers no telephony",
        { $0.description = $0.description.replacing("/upnp/control/x_voip", with: "http://x/") }
      ),
      (
        "offers no telephony",
        { $0.description = $0.description.replacing("X_VoIP:1", with: "X_VoIP:1&#10;X: y") }
      ),
    ]
    for row in rows {
      let box = DiallingBox(row.change)
      let sentence = await dial(box) ?? ""
      #expect(sentence.hasPrefix("fritz.box:49443 "))
      #expect(sentence.contains(row.refusal), "\(sentence)")
      #expect(!sentence.contains("geheim") && box.now.dialled.isEmpty)
    }
  }

  /// Whether it is called or not: what was asked once is not asked again.
  @Test func aSilentBoxIsNotAskedAgain() async {
    let control = FritzBoxControl(
      url: "http://192.0.2.1:49000/x?y", address: "", user: "operator", password: "geheim")
    let rows: [(WebFailure, String)] = [
      (.unreachable(detail: "Connection refused"), "could not be reached (Connection refused)"),
      (.insecure(detail: "self-signed"), "fritzbox.ca_file"), (.slow, "did not answer in time"),
      (.tooLarge(limit: 1), "answered too much"), (.refusedByProxy, "a proxy"),
    ]
    for (failure, words) in rows {
      for isAsked in [false, true] {
        let asked = Mutex(0)
        let dialler = FritzBoxDialler(control) { question in
          asked.withLock { $0 += 1 }
          #expect(question.url.hasPrefix("http://192.0.2.1:49000/"))
          guard isAsked, question.body == nil else { return .failure(failure) }
          return .success(WebAnswer(status: 200, body: Array(DiallingBox.description.utf8)))
        }
        let error = await #expect(throws: DialError.self) {
          _ = try await dialler.dial(try #require(DialledNumber("1024")))
        }
        let sentence = error?.sentence ?? ""
        #expect(sentence.hasPrefix("192.0.2.1:49000 ") && sentence.contains(words), "\(sentence)")
        #expect(sentence.contains("is not known") == isAsked)
        #expect(asked.withLock { $0 } == (isAsked ? 2 : 1))
      }
    }
  }

  @Test func theDoctorAsksTheBoxAndCallsNobody() async {
    let rows: [(telephone: String, box: DiallingBox, weight: Symptom.Weight, words: String)] = [
      ("", DiallingBox(), .well, "It dials; DECT: Empfang rings for it."),
      ("FON1: Fax", DiallingBox(), .well, "It dials; FON1: Fax rings for it."),
      ("", DiallingBox { $0.telephone = nil }, .mend, "its dialling help is off"),
      ("Fon", DiallingBox(), .mend, "it has \"DECT: Empfang\""),
      ("", DiallingBox { $0.password = "x" }, .mend, "refuses the password"),
    ]
    for row in rows {
      let symptom = await dialler(row.box, telephone: row.telephone).examine()
      #expect(symptom.weight == row.weight && symptom.sentence.contains(row.words), "\(symptom)")
      #expect(row.box.now.dialled.isEmpty && row.box.now.telephone != "FON1: Fax")
    }
  }

  /// Over the network, with what the driver knows of its calls.
  @Test func onlyWhatTheBoxDialsIsHungUp() async throws {
    let web = DiallingBox()
    let server = AnsweringServer { web.answer($0) }
    try await server.start()
    let control = FritzBoxControl(
      url: server.url(""), address: "", user: "operator", password: "geheim")
    let monitor = try await StandInBox()
    let dialler = FritzBoxDialler(control)
    let driver = FritzBoxDriver(
      FritzBoxMonitor(address: "127.0.0.1", port: monitor.port), dialler: dialler, station: "24",
      plan: NumberPlan(region: "DE"), now: { Moment(milliseconds: 0) })
    let heard = HeardSource(driver)
    _ = try await monitor.connected()
    _ = try await dialler.dial(try #require(DialledNumber("03090009123")))
    try await monitor.say("28.11.26 15:17:40;RING;1;03090009124;493023125012;SIP0;\n")
    try await monitor.say("28.11.26 15:17:43;CALL;2;10;493023125012;03090009123;SIP0;\n")
    try await waitUntil("both calls", instead: "\(heard.reports)") {
      heard.reports.events.count == 2
    }
    let ids = heard.reports.events.compactMap(\.callID)
    await #expect(throws: DialError.self) { try await driver.hangUp(callID: ids[0]) }
    await #expect(throws: DialError.self) { try await driver.hangUp(callID: "another") }
    await #expect(throws: DialError.self) { try await driver.answer(callID: ids[0]) }
    #expect(web.now.hungUp == 0)
    try await driver.hangUp(callID: ids[1])
    #expect(web.now.hungUp == 1 && web.now.dialled == ["03090009123"])
    await heard.stop()
    try await monitor.close()
    try await server.stop()
  }
}
