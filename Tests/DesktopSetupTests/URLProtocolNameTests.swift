import DesktopSetup
import Testing

struct URLProtocolNameTests {
  @Test(arguments: [
    "ctidivalto", "tel", "callto", "a", "x-call", "web+crm", "v1.2",
    String(repeating: "a", count: 64),
  ])
  func aNameOfOnesOwn(name: String) throws {
    #expect(try URLProtocolName(name).description == name)
  }

  @Test(arguments: [
    "", "CTI", "ctiDivalto", "1cti", "+cti", "cti:", "cti divalto", "cti/divalto", "cti;x", "cti=x",
    "cti\n", "../cti", "télé", "cti\u{0}", String(repeating: "a", count: 65),
  ])
  func noName(name: String) {
    let error = #expect(throws: SetupError.self) { try URLProtocolName(name) }
    #expect(error?.kind == .name)
    #expect(error?.sentence.contains("small letters") == true)
  }

  @Test(arguments: ["http", "https", "file", "mailto", "javascript", "data", "ssh", "ftp"])
  func theSystemsNames(name: String) {
    let error = #expect(throws: SetupError.self) { try URLProtocolName(name) }
    #expect(error?.kind == .name)
    #expect(
      error?.sentence
        == "\(name): belongs to the system or to other programs: choose a name of your own")
  }
}
