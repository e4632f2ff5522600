internal import PhoneNumbers

/// The records in a tree of JSON, XML or LDIF, as a table: those nodes that have a name and numbers, wherever they
/// are nested.
///
///     [{"name": "A", "phones": [{"type": "mobile", "number": "…"}]}]      `name`, `phones number mobile`
///     <contact><person><realName>A</realName></person><telephony>…        `person realName`, …
struct RecordTable {
  let header: ImportHeader
  /// A row for each record.
  let rows: [CSVRecord]

  /// The most fields of one header, and headers: what has more is no record.
  private static let mostAlike = 20
  private static let mostHeaders = 500
  /// The records by which a way is judged.
  static let sample = 50

  /// Nil when nothing in the tree has a name and numbers.
  init?(_ root: DataNode, map: ImportMap = ImportMap()) {
    var ways: [(names: [String], nodes: [DataNode])] = []
    Self.collect(root, [], &ways)
    let sorted = ways.sorted { $0.names.count < $1.names.count }
    let tables = sorted.lazy.compactMap { way in
      Self.table(Self.listsApart(way.nodes, map) ?? way.nodes, map).map { (way.names, $0.nodes) }
    }
    // Outer ones first: a person's telephones may have names, too. Of those that are alone, that which says
    // nearest to itself who it is: the others stand around it, or in it.
    let best =
      tables.first { $0.1.count > 1 }
      ?? tables.min { Self.distance($0.1[0], map) < Self.distance($1.1[0], map) }
    guard let (way, found) = best else { return nil }
    let nodes = found.count > 1 ? found : Self.company(around: way, ways, map) ?? found
    guard let header = Self.header(nodes[...], map) else { return nil }
    let rows = nodes.enumerated().map { index, node in
      Self.row(node, header.texts, line: node.line > 0 ? node.line : index + 1)
    }
    self.header = header
    self.rows = rows
  }

  /// The nodes as a table, if each says who it is and has numbers.
  static func table(
    _ nodes: [DataNode], _ map: ImportMap
  ) -> (nodes: [DataNode], header: ImportHeader)? {
    // A telephone may have a key of its own.
    guard let header = header(nodes.prefix(sample), map), header.isUsable,
      header.columns.contains(where: { $0?.isIdentity == true && $0 != .id }),
      isOneEach(nodes.prefix(sample), map)
    else { return nil }
    return (nodes, header)
  }

  /// How far below a node its name and, above all, its numbers stand: a list has a name of its own.
  private static func distance(_ node: DataNode, _ map: ImportMap) -> Int {
    func nearest(_ node: DataNode, _ isMeant: (DataNode) -> Bool) -> Int {
      if node.children.contains(where: isMeant) { return 1 }
      return 1 + (node.children.map { nearest($0, isMeant) }.min() ?? DataNode.deepest)
    }
    let name = nearest(node) { child in
      let column = map.column(of: child.name) ?? ImportColumn(header: child.name)
      return !child.text.isEmpty
        && column.map { $0.isIdentity && $0 != .id && $0 != .email } ?? false
    }
    let number = nearest(node) { child in
      let words = HeaderWords(child.name)
      return words.use != nil
        || (!child.text.isEmpty && (words.isBareNumber || words.isBarePlace))
        || map.column(of: child.name)?.isNumber == true
    }
    return name + 2 * number
  }

  private static func collect(
    _ node: DataNode, _ way: [String], _ ways: inout [(names: [String], nodes: [DataNode])]
  ) {
    guard !node.children.isEmpty else { return }
    // What is keyed is a list: `{"C001": {…}, "C002": {…}}`.
    let isKey = node.name.utf8.contains { (0x30...0x39).contains($0) }
    let names = way + [isKey ? "*" : node.name]
    if let known = ways.firstIndex(where: { $0.names == names }) {
      ways[known].nodes.append(node)
    } else {
      ways.append((names, [node]))
    }
    for child in node.children { collect(child, names, &ways) }
  }

  static func header(_ nodes: ArraySlice<DataNode>, _ map: ImportMap) -> ImportHeader? {
    var counts: [String: Int] = [:]
    var order: [String] = []
    for node in nodes {
      var own: [String: Int] = [:]
      for field in fields(node) { own[field.key, default: 0] += 1 }
      for (key, count) in own {
        if counts[key] == nil { order.append(key) }
        counts[key] = max(counts[key] ?? 0, min(count, mostAlike))
      }
      guard order.count <= mostHeaders else { return nil }
    }
    let texts = order.sorted().flatMap { [String](repeating: $0, count: counts[$0] ?? 1) }
    let rows = nodes.prefix(sample).map { row($0, texts, line: 0) }
    return ImportHeader(record(texts, line: 1), map: map, isOrdered: false)
      .settled(by: rows[...])
  }

  /// Whether nearly each node says once who it is: what says it many times is a list of such.
  private static func isOneEach(_ nodes: ArraySlice<DataNode>, _ map: ImportMap) -> Bool {
    let lists = nodes.count { node in
      var names: Set<String> = []
      return !fields(node).allSatisfy { field in
        // `contacts name`, unless it is the name of a telephone.
        let last = field.key.split(separator: " ").last.map { String($0) } ?? field.key
        guard HeaderWords(field.key).use == nil,
          let column = map.column(of: field.key) ?? ImportColumn(header: last),
          column.isIdentity, column != .email, column != .id
        else { return true }
        return names.insert(field.key).inserted
      }
    }
    return lists * 5 <= nodes.count
  }

  private static func row(_ node: DataNode, _ headers: [String], line: Int) -> CSVRecord {
    var texts: [String: [String]] = [:]
    for field in fields(node).reversed() { texts[field.key, default: []].append(field.text) }
    return record(headers.map { texts[$0]?.popLast() ?? "" }, line: line)
  }

  private static func record(_ texts: [String], line: Int) -> CSVRecord {
    var record = CSVRecord(line: line)
    for text in texts {
      record.bytes += Array(text.utf8)
      record.ends.append(record.bytes.count)
    }
    return record
  }

  /// The texts below a node, each with the names on the way to it.
  private static func fields(
    _ node: DataNode, _ way: [String] = []
  ) -> [(key: String, text: String)] {
    let texts = node.children.filter { labels.contains($0.name.lowercased()) }.map(\.text)
    // That of a record itself is not said of its telephones alone.
    let isOwn = way.isEmpty || texts.allSatisfy { HeaderWords($0).isOwn() }
    let isTelephone = !way.isEmpty && HeaderWords(way.joined(separator: " ")).use != nil
    let isGone =
      isTelephone && node.children.contains { gone.contains($0.name) && $0.text == "true" }
    let use =
      isGone ? otherLabel : texts.first { HeaderWords($0).use != nil } ?? (isOwn ? nil : otherLabel)
    let area = isTelephone ? Self.area(node) : nil
    var fields: [(key: String, text: String)] = []
    if !node.text.isEmpty, !way.isEmpty { fields.append((key(way, use), node.text)) }
    for child in node.children where !labels.contains(child.name.lowercased()) || way.isEmpty {
      let below = way + [child.name]
      if !child.children.isEmpty {
        fields += Self.fields(child, below)
      } else if !isTelephone {
        fields.append((key(below, use), child.text))
      } else if isValue(child) {
        let isWhole = child.text.isEmpty || child.text.hasPrefix("+") || child.text.hasPrefix("00")
        fields.append(
          (key(below, use), isWhole ? child.text : [area, child.text].compactMap(\.self).joined()))
      }
    }
    return fields
  }

  /// Whether a number stands in a node within a telephone's, and not its rank or its key. It may be called by where
  /// the telephone is, or by whose it is: `{"phone": {"work": …, "wife": …}}`.
  private static func isValue(_ node: DataNode) -> Bool {
    let words = HeaderWords(node.name)
    return words.use != nil || words.isBareNumber
      || words.words.count == 1 && ImportHeader.valueWords.contains(words.words[0])
      || ["text", "uri", "content", "canonicalform", "e164"].contains(node.name.lowercased())
      || !words.isAbout && node.text.isPlainTelephone
  }

  /// The country or the area of a number that stands beside it.
  private static func area(_ node: DataNode) -> String? {
    for child in node.children {
      let digits = child.text.filter { ("0"..."9").contains($0) }
      guard (1...5).contains(digits.utf8.count) else { continue }
      switch child.name.lowercased().filter(\.isLetter) {
      case "countrycode", "callingcode", "countrycallingcode", "dialcode", "dialingcode":
        return "+\(digits) "
      case "areacode", "vorwahl": return "\(digits) "
      default: continue
      }
    }
    return nil
  }

  /// What stands in a header for all labels that may name somebody: as one word, for there are many.
  private static let otherLabel = "somebody"

  /// What says of a number that it is none any more: `{"phoneNumber": …, "invalid": true}`.
  private static let gone: Set<String> = ["invalid", "deleted", "isDeleted"]

  /// What a number is for, beside it.
  private static let labels: Set<String> = ["type", "label", "kind", "typ", "art"]

  /// What holds the fields of a record and says nothing of them: `{"properties": {"company": …}}`.
  private static let containers: Set<String> = [
    "properties", "fields", "attributes", "values", "_source",
  ]

  /// The last names of the way; those that are keys of a map say nothing: `phones/p1/number`.
  private static func key(_ way: [String], _ use: String?) -> String {
    let names = way.filter { name in
      !containers.contains(name.lowercased())
        && (name.utf8.count > 3 || !name.utf8.contains { (0x30...0x39).contains($0) })
    }
    if let use, HeaderWords(use).use == .extension { return use }
    return (names.suffix(2) + [use].compactMap(\.self)).joined(separator: " ")
  }
}

/// The rows of a file whose records are nested.
struct TableRows: RowSource {
  let columns: Set<ImportColumn>
  let isCards = false
  let bytesRead: Int
  private let rows: [CSVRecord]
  private var position = 0
  private let reader: RowReader

  init(_ table: RecordTable, bytesRead: Int, plan: NumberPlan) {
    rows = table.rows
    columns = table.header.present
    self.bytesRead = bytesRead
    reader = RowReader(header: table.header, plan: plan)
  }

  mutating func next() throws(StoreError) -> UnreadRow? {
    guard position < rows.count else { return nil }
    defer { position += 1 }
    return UnreadRow { [reader, record = rows[position]] in reader.read(record) }
  }
}
