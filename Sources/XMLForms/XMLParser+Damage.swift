package import FoundationXML

extension XMLParser {
  /// Whether what was parsed is no XML.
  ///
  /// libxml2 also complains of namespaces that are not named as they should be: a prefix that is not declared, an
  /// address that is none (`xmlns="KashFlow"`). Elements are known by their local names, and programs that write such
  /// documents are read all the same.
  package var isBroken: Bool {
    guard let error = parserError else { return false }
    return !Self.complaints.contains { $0.contains(error._code) }
  }

  /// XML_WAR_UNKNOWN_VERSION to XML_WAR_NS_COLUMN, and the XML_NS_ERR, of libxml2's xmlerror.h.
  private static let complaints = [97...101, 200...205]
}
