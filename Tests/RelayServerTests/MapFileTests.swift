import RelayServer
import TestSupport
import Testing

/// Maps of webhooks that make no sense, and what is said of them (R64).
struct MapFileTests {
  /// What is wrong with a map, and what is said of it.
  @Test func aMapThatIsNotRightIsSaid() throws {
    let fields = "\n[fields]\nstation = \"user\"\n"
    let good = "path = \"x\"" + fields
    let cases: [(text: String, sentence: String)] = [
      ("", "path: is missing"), (#"path = "hook""#, "fields.station: is missing"),
      ("path = ", "line 1: this is not TOML"), ("[+fields]", "line 1: this is not TOML"),
      ("path = 1" + fields, "path: must be a text in quotes"),
      (#"path = "a/b""# + fields, "path: a/b is no name"),
      (#"path = """# + fields, "path:  is no name"),
      (#"path = "SetEvent""# + fields, "path: setevent is a path of the relay's own"),
      (#"path = "health""# + fields, "path: health is a path of the relay's own"),
      ("path = \"x\"\nsecret = 1" + fields, "secret: is unknown; there are path, each, others"),
      ("path = \"x\"\nothers = \"drop\"" + fields, "others: drop is none of ignore, offer"),
      ("path = \"x\"\neach = \"calls\"" + fields, "each: calls leads to no elements"),
      ("path = \"x\"\nfields = 1", "fields: must be a table"),
      (
        good + "tel = \"from\"",
        "fields.tel: is unknown; there are station, number"
      ),
      (good + "number = [1]", "fields.number: must be a text in quotes"),
      (good + "number = \"a..b\"", "fields.number: a..b is no path"),
      (good + "number = \"a{0}\"", "fields.number: a{0} is no path"),
      (good + "number = \"header a b\"", "fields.number: header a b is no path"),
      (good + "number = \"@.from\"", "each: is missing"),
      (good + "[fields.outgoing]\nto = \"a\"", "fields.outgoing.to: is unknown"),
      (good + "[words.name]\na = \"b\"", "words.name: is unknown"),
      (
        good + "[words.event]\na = \"rung\"",
        "words.event.a: rung is none of our words"
      ),
      (good + "[words.reason]\na = \"ring\"", "words.reason.a: ring is none"),
      (good + "[words.direction]\na = \"up\"", "words.direction.a: up is none"),
      (good + "[stations]\na = true", "stations.a: must be a text"),
      (good + "[signature]\nkey = \"a\"", "signature.key: is unknown"),
      (
        good + "[signature]\nsecret_file = \"s\"", "signature.header: is missing"
      ),
      (
        good + "[signature]\nheader = \"X\"", "signature.secret_file: is missing"
      ),
      (
        good + "[signature]\nheader = \"X\"\nalgorithm = \"md5\"",
        "signature.algorithm: md5 is none of sha256, sha1"
      ),
      (
        good + "[signature]\nheader = \"X\"\nsecret_file = \"nowhere\"",
        "signature.secret_file: nowhere: No such file"
      ),
      (
        good + "[signature]\nheader = \"X\"\nsecret_file = \"s\"\nof = \"{time}{body}\"",
        "signature.of: {time}{body} is no text with {body} or {form}"
      ),
      (
        good
          + "[signature]\nheader = \"X\"\nsecret_file = \"s\"\nof = \"{header A + header B}{body}\"",
        "signature.of: {header A + header B}{body} is no text with {body} or {form}"
      ),
      (
        good + "[signature]\nheader = \"X\"\nsecret_file = \"s\"\nof = \"{header X-Time}\"",
        "signature.of: {header X-Time} is no text with {body} or {form}"
      ),
      (
        good + "[signature]\nheader = \"X\"\nsecret_file = \"s\"\nof = \"{url}{form}\"",
        "signature.url: goes with {url} in signature.of"
      ),
      (
        good + "[answer]\necho = \"zd_echo\"",
        "answer.echo: write query NAME or header NAME"
      ),
      (
        good + "[answer]\nkind = \"x\"",
        "answer.kind: is unknown; there are echo"
      ),
      (
        good + "[answer]\ntype = \"a\\nb\"", "answer.type: is no media type"
      ),
      (good + "[answer]\ntext = 1", "answer.text: must be a text in quotes"),
    ]
    let folder = try TemporaryFolder()
    for (text, sentence) in cases {
      let file = try folder.write(text, to: "map.toml")
      let problem = Self.problem([file])
      #expect(
        problem?.hasPrefix("could not take the map of webhooks from \(file): \(sentence)") == true,
        "\(problem ?? "none")")
    }
    let file = try folder.write(good, to: "map.toml")
    let same = try folder.write("path = \"X\"" + fields, to: "same.toml")
    #expect(Self.problem([file, same])?.contains("path: another map has x, too") == true)
    #expect(Self.problem(["/nonexistent/map"])?.contains("/nonexistent/map: No such file") == true)
    #expect(Self.problem(["/dev/null"])?.contains("/dev/null: it is not a regular file") == true)
  }

  private static func problem(_ maps: [String]) -> String? {
    do throws(RelayError) {
      _ = try Relay(options { $0.maps = maps })
      return nil
    } catch {
      return error.sentence
    }
  }
}
