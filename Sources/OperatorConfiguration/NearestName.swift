import RecordOpener
import TextForms

/// `unknown key "statoin": did you mean "station"?`
func unknownKey(_ name: String) -> String {
  let complaint = "unknown key \"\(name.brief)\""
  guard let nearest = nearestKey(to: name) else {
    return complaint + ": screenpop.toml shows every key"
  }
  return complaint + ": did you mean \"\(nearest.rawValue)\"?"
}

/// The key that was probably meant; nil when none is near.
///
/// Near is its beginning (`asterisk.secret` for `asterisk.secret_file`), or at most a third of the letters behind the
/// table's name wrong, and two in a short word.
private func nearestKey(to name: String) -> Key? {
  let letters = Array(name.lowercased().utf8.prefix(64))
  let spelling = letters.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }
  let own = spelling.split(separator: UInt8(ascii: ".")).last ?? []
  let candidates = Key.allCases.map { key in
    let letters = Array(key.rawValue.utf8)
    return (key, own.count > 3 && letters.starts(with: spelling) ? 1 : distance(spelling, letters))
  }
  guard let best = candidates.min(by: { $0.1 < $1.1 }) else { return nil }
  return best.1 <= max(2, own.count / 3) ? best.0 : nil
}

/// Optimal string alignment: how many letters to insert, drop, replace, or swap with their neighbour.
private func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var rows = [Array(0...b.count)]
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(rows[i][j + 1], row[j]) + 1
      cost = min(cost, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, rows[i - 1][j - 1] + 1)
      }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
