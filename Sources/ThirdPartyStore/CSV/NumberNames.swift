/// Names of numbers, out of a file of separated values: a number and its name in each row, with or without a line
/// of headers.
public enum NumberNames {
  private static let separators = [",", ";", "\t"].map { UInt8(ascii: $0) }

  /// The names by the numbers as they are written; throws when the file cannot be read, or holds none.
  public static func load(path: String) throws(StoreError) -> [String: String] {
    var best: [String: String] = [:]
    for separator in separators {
      var names: [String: String] = [:]
      var reader = CSVReader(separator: separator, block: [], input: try InputFile(ordinary: path))
      while let record = try reader.next() {
        let (number, name) = (record.text(0), record.text(1))
        // A line of headers names no number.
        guard number.contains(where: \.isNumber), !name.isEmpty else { continue }
        names[number] = name
      }
      if names.count > best.count { best = names }
    }
    guard !best.isEmpty else {
      throw StoreError(.badInput, "\(path) has no row with a number and a name")
    }
    return best
  }
}
