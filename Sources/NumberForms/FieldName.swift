/// What programs call the number and the name of a caller.
///
///     NMBR   CALLERID(num)   caller_id_number   Caller-Caller-ID-Number
enum FieldName {
  static func isNumber(_ name: Bytes) -> Bool {
    folded(name).isOne(
      of: """
        nmbr number num numero nummer tel phone telephone mobile caller callerid calleridnum calleridnumber \
        callercalleridnumber agicallerid cid cidnum cli clid ani from f callernumber phonenumber callingnumber \
        callingpartynumber remotenumber remote src fromnumber msisdn
        """)
  }

  static func isName(_ name: Bytes) -> Bool {
    folded(name).isOne(
      of: """
        name nom callername cidname calleridname callercalleridname displayname fromname displayremote agicalleridname \
        contactname
        """)
  }

  /// The letters, where nothing else is but what joins them.
  private static func folded(_ name: Bytes) -> [UInt8] {
    guard name.count <= 32, name.allSatisfy({ $0.isLetter || " _-.()".utf8.contains($0) }) else {
      return []
    }
    return name.filter { $0.isLetter }
  }
}
