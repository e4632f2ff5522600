/// What programs call the number and the name of a caller.
///
///     NMBR   CALLERID(num)   caller_id_number   Caller-Caller-ID-Number
enum FieldName {
  static func isNumber(_ name: Bytes) -> Bool {
    switch folded(name) {
    case "nmbr", "number", "num", "numero", "nummer", "tel", "phone", "telephone", "mobile",
      "caller",
      "callerid", "calleridnum", "calleridnumber", "callercalleridnumber", "agicallerid", "cid",
      "cidnum", "cli", "clid", "ani", "from", "f", "callernumber", "phonenumber", "callingnumber",
      "callingpartynumber", "remotenumber", "remote", "src", "fromnumber", "msisdn":
      true
    default: false
    }
  }

  static func isName(_ name: Bytes) -> Bool {
    switch folded(name) {
    case "name", "nom", "callername", "cidname", "calleridname", "callercalleridname",
      "displayname",
      "fromname", "displayremote", "agicalleridname", "contactname":
      true
    default: false
    }
  }

  /// In small letters and nothing else.
  private static func folded(_ name: Bytes) -> String {
    guard name.count <= 32, name.allSatisfy({ $0.isLetter || " _-.()".utf8.contains($0) }) else {
      return ""
    }
    return String(decoding: name.filter { $0.isLetter }.map { $0.lowercase }, as: UTF8.self)
  }
}
