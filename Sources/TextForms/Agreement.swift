/// Answers to a question that is put on a terminal, in the languages of those who are asked.
public enum Agreement {
  /// Whether an answer says yes; nil when it says neither yes nor no.
  public static func read(_ answer: String) -> Bool? {
    let word = answer.utf8.map { $0 | 0x20 }
    if ["y", "yes", "o", "oui", "j", "ja"].contains(where: { $0.utf8.elementsEqual(word) }) {
      return true
    }
    return ["n", "no", "non", "nein"].contains { $0.utf8.elementsEqual(word) } ? false : nil
  }
}
