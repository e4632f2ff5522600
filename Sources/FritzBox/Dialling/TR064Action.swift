import TextForms
import XMLForms

/// What a box can be asked of its telephony (AVM, "X_VoIP"), as a SOAP message.
///
///     <u:X_AVM-DE_DialNumber xmlns:u="urn:dslforum-org:service:X_VoIP:1">
///       <NewX_AVM-DE_PhoneNumber>0388202122</NewX_AVM-DE_PhoneNumber>
///     </u:X_AVM-DE_DialNumber>
struct TR064Action: Sendable {
  /// How the box calls it.
  let name: String
  /// The only argument, if there is one.
  private let argument: (name: String, value: String)?

  private init(_ name: String, _ argument: (name: String, value: String)? = nil) {
    (self.name, self.argument) = (name, argument)
  }

  /// Where the box tells, and is told, a telephone's name.
  static let telephoneName = "NewX_AVM-DE_PhoneName"

  /// Calls the number; the telephone of the dialling help rings.
  static func dial(_ number: String) -> TR064Action {
    TR064Action("X_AVM-DE_DialNumber", ("NewX_AVM-DE_PhoneNumber", number))
  }
  /// Ends what the box dials.
  static let hangUp = TR064Action("X_AVM-DE_DialHangup")
  /// Which telephone the dialling help has.
  static let telephone = TR064Action("X_AVM-DE_DialGetConfig")
  /// Sets the telephone of the dialling help.
  static func choose(_ telephone: String) -> TR064Action {
    TR064Action("X_AVM-DE_DialSetConfig", (telephoneName, telephone))
  }
  /// One of the box's telephones, from 1.
  static func telephone(_ number: Int) -> TR064Action {
    TR064Action("X_AVM-DE_GetPhonePort", ("NewIndex", String(number)))
  }

  /// The message to the service.
  func message(to service: TR064Service) -> String {
    let inner = argument.map { "<\($0.name)>\(XMLWriting.escaped($0.value))</\($0.name)>" } ?? ""
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n"
      + "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\" "
      + "s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>"
      + "<u:\(name) xmlns:u=\"\(service.type)\">\(inner)</u:\(name)></s:Body></s:Envelope>\r\n"
  }

  /// What the box says to it: the values by their names, or why not.
  func answer(_ body: [UInt8]) -> Result<[String: String], TR064Fault> {
    guard let document = XMLBranch.read(body) else { return .failure(.unreadable) }
    if let answer = document.first("\(name)Response") {
      return .success(answer.children.reduce(into: [:]) { $0[$1.name] = $1.text })
    }
    guard let code = document.first("errorCode").flatMap({ Int($0.text) }) else {
      return .failure(.unreadable)
    }
    let words = document.first("errorDescription")?.text ?? ""
    return .failure(.refused(code: code, words: PlainText.cleaned(words, limit: 80)))
  }
}
