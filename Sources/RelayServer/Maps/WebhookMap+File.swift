import FoundationEssentials
import TOMLKit
import TextForms

extension WebhookMap {
  /// The maps in these files, each with a path of its own; throws ``RelayError/badMap(path:problem:)``.
  ///
  /// - Parameter withSecrets: Whether signatures are checked, which takes their secrets.
  static func all(
    _ files: [String], withSecrets: Bool = true
  ) throws(RelayError) -> [WebhookMap] {
    var maps: [WebhookMap] = []
    for file in files {
      let map = try WebhookMap(file, withSecrets: withSecrets)
      guard !maps.contains(where: { $0.path == map.path }) else {
        throw .badMap(path: file, problem: "path: another map has \(map.path), too")
      }
      maps.append(map)
    }
    return maps
  }

  private init(_ file: String, withSecrets: Bool) throws(RelayError) {
    do throws(MapProblem) {
      self = try MapFile(path: file, withSecrets: withSecrets).map()
    } catch {
      throw .badMap(path: file, problem: error.sentence)
    }
  }
}

/// What is wrong with a map: the key and what should stand there.
private struct MapProblem: Error {
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
  init(_ key: String, _ problem: String) { sentence = "\(key): \(problem)" }
}

/// One file, read key by key.
private struct MapFile {
  /// The keys below `fields`, and what they are in a report.
  private static let fieldKeys: [(key: String, parameter: Parameter)] = [
    ("station", .station), ("number", .number), ("name", .name), ("event", .event), ("id", .id),
    ("reason", .reason), ("direction", .direction), ("ident", .ident), ("token", .token),
  ]

  let path: String
  let withSecrets: Bool

  func map() throws(MapProblem) -> WebhookMap {
    var map = WebhookMap()
    for (key, value) in try table() {
      switch key {
      case "path": map.path = try ownPath(value)
      case "each": map.each = try elements(value)
      case "others":
        map.offersOthers = try word("others", value, of: ["ignore", "offer"]) == "offer"
      case "fields": try readFields(try table("fields", value), into: &map)
      case "words": map.words = try words(try table("words", value))
      case "stations": map.stations = try stations(try table("stations", value))
      case "signature": map.signature = try signature(try table("signature", value))
      case "answer": map.answer = try answer(try table("answer", value))
      default:
        throw unknown(
          key, ["path", "each", "others", "fields", "words", "stations", "signature", "answer"])
      }
    }
    guard !map.path.isEmpty else { throw MapProblem("path", "is missing") }
    guard map.fields[.station] != nil else { throw MapProblem("fields.station", "is missing") }
    let all = Array(map.fields.values) + Array(map.outgoing.values)
    guard map.each != nil || !all.joined().contains(where: \.needsElement) else {
      throw MapProblem("each", "is missing, and a field begins with @")
    }
    return map
  }

  private func table() throws(MapProblem) -> TOMLTable {
    let bytes: [UInt8]
    do throws(SecretFile.Problem) {
      bytes = try SecretFile.read(path, isOpen: true)
    } catch {
      throw MapProblem(error.sentence)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw MapProblem("the text is not UTF-8")
    }
    do {
      return try TOMLTable(string: TOMLText.harmless(text))
    } catch let error as TOMLParseError {
      throw MapProblem("line \(error.source.begin.line)", "this is not TOML: \(error.description)")
    } catch {
      throw MapProblem("this is not TOML: \(error)")
    }
  }

  private func ownPath(_ value: any TOMLValueConvertible) throws(MapProblem) -> String {
    let text = try string("path", value).lowercased()
    let isOne =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "-_.".utf8.contains(byte)
      }
    guard isOne else {
      throw MapProblem("path", "\(text) is no name of letters, digits, -, _ and .")
    }
    guard !Route.ours.contains(where: { $0.name == text }) else {
      throw MapProblem("path", "\(text) is a path of the relay's own")
    }
    return text
  }

  private func elements(_ value: any TOMLValueConvertible) throws(MapProblem) -> FieldPath.Way {
    let text = try string("each", value)
    guard let way = FieldPath.Way(text), way.leadsToElements else {
      throw MapProblem("each", "\(text) leads to no elements: write calls[]")
    }
    return way
  }

  // MARK: - Fields

  private func readFields(_ table: TOMLTable, into map: inout WebhookMap) throws(MapProblem) {
    for (key, value) in table {
      if key == "outgoing" {
        let table = try self.table("fields.outgoing", value)
        for (key, value) in table {
          let parameter = try parameter(key, in: "fields.outgoing")
          map.outgoing[parameter] = try paths("fields.outgoing.\(key)", value)
        }
      } else {
        map.fields[try parameter(key, in: "fields")] = try paths("fields.\(key)", value)
      }
    }
  }

  private func parameter(_ key: String, in table: String) throws(MapProblem) -> Parameter {
    guard let known = Self.fieldKeys.first(where: { $0.key == key }) else {
      throw unknown("\(table).\(key)", Self.fieldKeys.map(\.key))
    }
    return known.parameter
  }

  private func paths(
    _ key: String, _ value: any TOMLValueConvertible
  ) throws(MapProblem) -> [FieldPath] {
    var texts: [String] = []
    if let array = value.array {
      for element in array { texts.append(try string(key, element)) }
    } else {
      texts = [try string(key, value)]
    }
    var paths: [FieldPath] = []
    for text in texts {
      guard let path = FieldPath(text) else {
        throw MapProblem(
          key, "\(text) is no path: write data.user.id, calls[].number, header NAME or query NAME")
      }
      paths.append(path)
    }
    return paths
  }

  // MARK: - Words and stations

  private func words(_ table: TOMLTable) throws(MapProblem) -> [Parameter: [String: String]] {
    var words: [Parameter: [String: String]] = [:]
    for (key, value) in table {
      guard let kind = MappedWord(rawValue: key) else {
        throw unknown("words.\(key)", MappedWord.allCases.map(\.rawValue))
      }
      for (word, value) in try self.table("words.\(key)", value) {
        let name = "words.\(key).\(word)"
        let ours = try string(name, value)
        guard ours.isEmpty || kind.knows(ours) else {
          throw MapProblem(name, "\(ours) is none of our words: \(kind.known)")
        }
        words[kind.parameter, default: [:]][word.lowercased()] = ours
      }
    }
    return words
  }

  private func stations(_ table: TOMLTable) throws(MapProblem) -> [String: String] {
    var stations: [String: String] = [:]
    for (user, value) in table {
      stations[user] =
        if let number = value.int { String(number) } else {
          try string("stations.\(user)", value)
        }
    }
    return stations
  }

  // MARK: - Signature

  private func signature(_ table: TOMLTable) throws(MapProblem) -> WebhookSignature {
    var (header, prefix, file) = ("", "", "")
    var (signed, url) = ("{body}", "")
    var code = MessageCode.sha256
    var encoding = WebhookSignature.Encoding.hex
    for (key, value) in table {
      let name = "signature.\(key)"
      switch key {
      case "header": header = try string(name, value)
      case "prefix": prefix = try string(name, value)
      case "of": signed = try string(name, value)
      case "url": url = try string(name, value)
      case "secret_file": file = try string(name, value)
      case "algorithm":
        let text = try word(name, value, of: MessageCode.allCases.map(\.rawValue))
        code = MessageCode(rawValue: text) ?? code
      case "encoding":
        let text = try word(name, value, of: WebhookSignature.Encoding.allCases.map(\.rawValue))
        encoding = WebhookSignature.Encoding(rawValue: text) ?? encoding
      default:
        throw unknown(
          name, ["header", "of", "url", "algorithm", "encoding", "prefix", "secret_file"])
      }
    }
    guard FieldPath("header \(header)") != nil else {
      throw MapProblem("signature.header", "is missing, or no name of a header")
    }
    guard !file.isEmpty else { throw MapProblem("signature.secret_file", "is missing") }
    guard let text = SignedText(signed, beginning: url) else {
      throw MapProblem(
        "signature.of",
        "\(signed) is no text with {body} or {form}; {url} and {header NAME} may stand beside")
    }
    guard text.needsURL != url.isEmpty else {
      throw MapProblem(
        "signature.url",
        "goes with {url} in signature.of: how the vendor's URL begins, before the path")
    }
    return WebhookSignature(
      header: header, code: code, encoding: encoding, prefix: prefix, text: text,
      secret: withSecrets ? try secret(in: file) : nil)
  }

  private func answer(_ table: TOMLTable) throws(MapProblem) -> WebhookAnswer {
    var answer = WebhookAnswer()
    for (key, value) in table {
      let name = "answer.\(key)"
      switch key {
      case "echo":
        answer.echoes = try paths(name, value).flatMap(\.places)
        // It is given back before anything is known of the body.
        let isRead = answer.echoes.allSatisfy { place in
          switch place {
          case .header, .query: true
          case .body, .element: false
          }
        }
        guard isRead else { throw MapProblem(name, "write query NAME or header NAME") }
      case "text": answer.text = try string(name, value)
      case "type":
        answer.type = try string(name, value)
        guard answer.type.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
          throw MapProblem(name, "is no media type")
        }
      default: throw unknown(name, ["echo", "text", "type"])
      }
    }
    return answer
  }

  private func secret(in file: String) throws(MapProblem) -> [UInt8] {
    // Beside the map, unless it says from the root where.
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let line: String
    do throws(SecretFile.Problem) {
      line = try SecretFile.line(of: file.hasPrefix("/") ? file : folder + file)
    } catch {
      throw MapProblem("signature.secret_file", "\(file): \(error.sentence)")
    }
    let mark = "base64:"
    guard line.hasPrefix(mark) else { return Array(line.utf8) }
    guard let key = Data(base64Encoded: String(line.dropFirst(mark.count))), !key.isEmpty else {
      throw MapProblem("signature.secret_file", "\(file): behind \(mark) there is no base64")
    }
    return Array(key)
  }

  // MARK: - Values

  private func unknown(_ key: String, _ known: [String]) -> MapProblem {
    MapProblem(key, "is unknown; there are \(known.joined(separator: ", "))")
  }

  private func table(
    _ key: String, _ value: any TOMLValueConvertible
  ) throws(MapProblem) -> TOMLTable {
    guard let table = value.table else { throw MapProblem(key, "must be a table: [\(key)]") }
    return table
  }

  private func string(
    _ key: String, _ value: any TOMLValueConvertible
  ) throws(MapProblem) -> String {
    guard let text = value.string else { throw MapProblem(key, "must be a text in quotes") }
    return text
  }

  private func word(
    _ key: String, _ value: any TOMLValueConvertible, of known: [String]
  ) throws(MapProblem) -> String {
    let text = try string(key, value)
    guard known.contains(text) else {
      throw MapProblem(key, "\(text) is none of \(known.joined(separator: ", "))")
    }
    return text
  }
}
