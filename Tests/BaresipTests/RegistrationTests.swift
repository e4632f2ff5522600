import Baresip
import Testing

/// What baresip 1.0.0 prints of its accounts, without the escape character, as answers are kept.
@Suite struct RegistrationTests {
  @Test(arguments: [
    ("--- User Agents (0) ---", BaresipRegistration.none),
    ("--- User Agents (1) --- > sip:1024@pbx [32mOK [;m Expires 60s", .registered),
    ("--- User Agents (1) --- > sip:1024@pbx [33mzzz[;m Expires 0s", .pending),
    (
      "--- User Agents (2) --- > sip:1024@pbx [32mOK [;m Expires 60s sip:1025@pbx [31mERR[;m Expires 0s",
      .refused
    ),
    ("--- User Agents (1) --- > sip:1024@127.0.0.1", .local),
    ("--- User Agents (1) --- > sip:zzz@OK.example", .local),
  ])
  func accountsAreRegisteredOrNot(printed: String, registration: BaresipRegistration) {
    #expect(BaresipRegistration(printed: printed) == registration)
  }
}
