import CTIBlock
import Testing

@Suite("The flat text of an installation")
struct CTIBlockTextTests {
  static let sample = """
    <cliktocallevent> <with_event>1 \
    <url>http://localhost:8083/DhDivaltoServerCTI/api/cti/getevent?ident=$ident$&telorg=$telorg$ \
    <methode>GET <data> <dataencode> <headers> <contenttype> <type_return>json <json_tel>tel \
    <json_event> event <xml_tel> <xml_event> <xml_result_tel_in_attrib> <xml_tel_attrib> \
    <xml_result_event_in_attrib> <xml_event_attrib>
    """

  @Test("The sample is taken as it is")
  func sampleText() throws {
    let text = try CTIBlockText(Self.sample)
    #expect(text.blocks.map(\.purpose) == [.event])
    #expect(text.unknownKeys.isEmpty)
    #expect(text.blocks[0][.jsonEvent] == "event")
    #expect(text.blocks[0][.data] == "")
    let exchange = try CTIExchange(text.blocks[0])
    #expect(exchange.isPolled)
    let request = exchange.request(CTIVariables(ident: "Site A&B", station: "1024"))
    #expect(
      request.url == "http://localhost:8083/DhDivaltoServerCTI/api/cti/getevent"
        + "?ident=Site%20A%26B&telorg=1024")
    #expect(request.method == "GET")
    #expect(request.body == nil)
  }

  @Test("The relay's own question is the sample")
  func relay() throws {
    let url = "http://localhost:8083/DhDivaltoServerCTI/api/cti/getevent"
    let own = try CTIExchange(.relay(url: url, token: "abc"))
    let values = CTIVariables(ident: "", station: "1024")
    let sample = try CTIExchange(try CTIBlockText(Self.sample).blocks[0])
    #expect(own.request(values).url == sample.request(values).url)
    #expect(own.answer == sample.answer)
    for bare in ["http://localhost:8083", "http://localhost:8083/"] {
      #expect(try CTIExchange(.relay(url: bare)).request(values).url == own.request(values).url)
    }
    #expect(try CTIExchange(.relay(url: "http://h/q")).request(values).url.hasPrefix("http://h/q?"))
    #expect(own.request(values).headers == [CTIHeader(name: "Authorization", value: "Bearer abc")])
  }

  @Test(
    "Values, escapes and blanks",
    arguments: [
      ("<cliktocall><data>a &lt;b&gt; c", "a <b> c"),
      ("<cliktocall><data>a \\<b\\> c", "a <b> c"),
      ("<cliktocall><data>&amp;lt;", "&lt;"),
      ("<cliktocall><data>a=1&b=2", "a=1&b=2"),
      ("<cliktocall><data> \n\t x \r\n <url>", "x"),
      ("<cliktocall><data>1 < 2", "1 < 2"),
      ("<cliktocall><data>x<", "x<"),
      ("<CLIKTOCALL>< Data >x", "x"),
      ("\u{FEFF}<cliktocall><data>x", "x"),
      ("<cliktocall><data><data>x<data>", "x"),
    ])
  func values(text: String, data: String) throws {
    #expect(try CTIBlockText(text).blocks[0][.data] == data)
  }

  @Test("Several blocks in one text, and keys of other programs")
  func blocks() throws {
    let text = try CTIBlockText(
      "<cliktocallevent><url>http://a/<retry>3<cliktocall><url>http://b/")
    #expect(text.blocks.map(\.purpose) == [.event, .dial])
    #expect(text.blocks.map { $0[.url] } == ["http://a/", "http://b/"])
    #expect(text.unknownKeys == ["retry"])
  }

  @Test(
    "What is wrong is said at once",
    arguments: [
      ("", 1), ("hello", 2 - 1), ("x <cliktocall> y <url>u", 2), ("<url>u", 1),
      ("<cliktocall><data><a>1</a>", 1), ("<cliktocall><url>a<url>b<data>c<data>d", 2),
    ])
  func problems(text: String, count: Int) {
    let error = #expect(throws: CTIBlockError.self) { try CTIBlockText(text) }
    #expect(error?.problems.count == count)
  }

  @Test("No cut and no change of a byte harms")
  func hostile() {
    let bytes = Array(Self.sample.utf8)
    for index in bytes.indices {
      let head = String(decoding: bytes[..<index], as: UTF8.self)
      for text in [head, String(head.reversed())] {
        guard let blocks = try? CTIBlockText(text).blocks else { continue }
        for exchange in blocks.compactMap({ try? CTIExchange($0) }) where exchange.isPolled {
          // Whoever is asked has an address.
          let url = exchange.request(CTIVariables(ident: "", station: "1024")).url
          #expect(url.hasPrefix("http://") || url.hasPrefix("https://"), "\(text)")
        }
      }
    }
  }
}
