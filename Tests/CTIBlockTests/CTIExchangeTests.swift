import CTIBlock
import Testing

@Suite("A checked block")
struct CTIExchangeTests {
  static let values = CTIVariables(ident: "a \"b\" é&<", station: "1024", dialled: "+33388202122")

  static func fields(_ changes: [CTIField: String], _ purpose: CTIPurpose = .event) -> CTIFields {
    var fields = CTIFields(purpose, [.url: "http://h/"])
    if purpose == .event {
      fields = CTIFields.relay(url: "http://h/q")
    }
    for (field, text) in changes { fields[field] = text }
    return fields
  }

  @Test(
    "Addresses",
    arguments: [
      ("http://h/?n=$teldest$", "http://h/?n=%2B33388202122"),
      (
        "http://h/?n=$TELDEST$&i=$ident$", "http://h/?n=%2B33388202122&i=a%20%22b%22%20%C3%A9%26%3C"
      ),
      ("http://h/a b/é|x?y=%20", "http://h/a%20b/%C3%A9%7Cx?y=%20"),
      ("http://h/?price=5$&x=$", "http://h/?price=5$&x=$"),
      ("HTTPS://[::1]:8443/q", "HTTPS://[::1]:8443/q"),
    ])
  func addresses(url: String, asked: String) throws {
    let exchange = try CTIExchange(Self.fields([.url: url], .dial))
    #expect(exchange.request(Self.values).url == asked)
  }

  @Test("User and password of an address become a header")
  func basic() throws {
    let request = try CTIExchange(Self.fields([.url: "http://jo:p%40ss@h:80/q?x=a@b"], .dial))
      .request(Self.values)
    #expect(request.url == "http://h:80/q?x=a@b")
    // base64 of `jo:p@ss`
    #expect(request.headers == [CTIHeader(name: "Authorization", value: "Basic am86cEBzcw==")])
  }

  @Test(
    "Bodies",
    arguments: [
      ("n=$teldest$", "", "", "n=+33388202122"),
      (
        "n=$teldest$&i=$ident$", "", "application/x-www-form-urlencoded; charset=utf-8",
        "n=%2B33388202122&i=a+%22b%22+%C3%A9%26%3C"
      ),
      ("{\"i\":\"$ident$\"}", "", "application/json", "{\"i\":\"a \\\"b\\\" é&<\"}"),
      ("<i>$ident$</i>", "", "text/xml", "<i>a &quot;b&quot; é&amp;&lt;</i>"),
      ("na me=a/b&n=$teldest$", "url", "", "na+me=a%2Fb&n=%2B33388202122"),
      ("$telorg$", "base64", "", "MTAyNA=="),
      ("$telorg$:x", "BASE64", "text/plain", "MTAyNDp4"),
    ])
  func bodies(data: String, encoding: String, type: String, body: String) throws {
    let fields = Self.fields(
      [.data: data, .dataEncoding: encoding, .contentType: type, .method: "post"], .dial)
    let request = try CTIExchange(fields).request(Self.values)
    #expect(request.body == body)
    #expect(request.method == "POST")
    let stated = request.headers.first { $0.name == "Content-Type" }?.value
    let implied = encoding == "url" ? "application/x-www-form-urlencoded" : nil
    #expect(stated == (type.isEmpty ? implied : type))
  }

  @Test(
    "Headers",
    arguments: [
      ("X-Key: 1", ["X-Key=1"]), ("A: 1\r\nB: 2\n\n", ["A=1", "B=2"]),
      ("A: 1; B: 2;", ["A=1", "B=2"]),
      ("Accept: text/xml;q=0.9, */*; X-Key: 1", ["Accept=text/xml;q=0.9, */*", "X-Key=1"]),
      ("Cookie: a=1; b=2", ["Cookie=a=1; b=2"]), ("Referer: x; http://y", ["Referer=x; http://y"]),
      ("A:", ["A="]), ("", []),
    ])
  func headers(text: String, list: [String]) throws {
    let request = try CTIExchange(Self.fields([.headers: text], .dial)).request(Self.values)
    #expect(request.headers.map { "\($0.name)=\($0.value)" } == list)
  }

  @Test(
    "Every wrong field is named",
    arguments: [
      ([.url: "ftp://h/"], [.url]), ([.url: ""], [.url]), ([.url: "http:///x"], [.url]),
      ([.url: "http://h/$number$"], [.url]), ([.method: "PATCH"], [.method]),
      ([.dataEncoding: "rot13"], [.dataEncoding]), ([.headers: "nonsense"], [.headers]),
      ([.headers: "Content-Length: 3"], [.headers]), ([.headers: "A: \u{1B}[2J"], [.headers]),
      ([.contentType: "a\nX: y"], [.contentType]), ([.answerType: "yaml"], [.answerType]),
      ([.answerType: ""], [.answerType]), ([.jsonNumber: ""], [.jsonNumber]),
      ([.jsonNumber: "a..b", .jsonEvent: "x[-1]"], [.jsonNumber, .jsonEvent]),
      ([.answerType: "xml"], [.xmlNumber]), ([.withEvent: "yes"], [.withEvent]),
      ([.answerType: "xml", .xmlNumber: "a//b"], [.xmlNumber]),
      ([.answerType: "xml", .xmlNumber: "a", .xmlNumberInAttribute: "1"], [.xmlNumberAttribute]),
      ([.url: "", .method: "X", .dataEncoding: "Y"], [.method, .url, .dataEncoding]),
    ] as [([CTIField: String], [CTIField])])
  func problems(changes: [CTIField: String], named: [CTIField]) {
    let error = #expect(throws: CTIBlockError.self) { try CTIExchange(Self.fields(changes)) }
    #expect(error?.problems.map(\.field) == named)
  }

  @Test("A server for dialling only needs no answer, and one that is not polled no address")
  func needs() throws {
    #expect(try CTIExchange(Self.fields([:], .dial)).answer == nil)
    let off = try CTIExchange(CTIFields(.event, [.withEvent: "0"]))
    #expect(!off.isPolled)
  }
}
