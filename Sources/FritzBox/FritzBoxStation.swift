import PhoneNumbers
import Telephony

/// Which calls at the box are the operator's, and who is at the other end of them.
struct FritzBoxStation: Sendable {
  /// The operator's extension, which events carry; nil: none is configured.
  let name: String?
  /// The numbers that are followed, as digits in normal form.
  private var numbers: [String] = []
  private let lines: Set<String>
  private let extensions: Set<Int>
  private let areaCode: String
  /// The area code with its country, as digits: `4930`; empty: it is not known.
  private var areaDigits = ""
  private let plan: NumberPlan

  /// The station of the monitor's configuration.
  init(_ monitor: FritzBoxMonitor, name: String?, plan: NumberPlan) {
    self.name = name
    self.plan = plan
    areaCode = monitor.areaCode
    extensions = Set(monitor.extensions.compactMap { FritzBoxMonitor.extensionNumber($0) })
    lines = Set(monitor.numbers.filter(FritzBoxMonitor.isLine).map { $0.uppercased() })
    if !areaCode.isEmpty, let sample = plan.caller(areaCode + Self.subscriber).number?.key,
      sample.hasPrefix("+"), sample.hasSuffix(Self.subscriber)
    {
      areaDigits = String(sample.dropFirst().dropLast(Self.subscriber.count))
    }
    numbers = monitor.numbers.filter { !FritzBoxMonitor.isLine($0) }.map { spelling($0) }
  }

  /// Whether calls of all numbers are followed.
  var hasAllNumbers: Bool { numbers.isEmpty && lines.isEmpty }
  /// Whether all telephones are the operator's.
  var hasAllExtensions: Bool { extensions.isEmpty }

  /// Whether the extension is one of the operator's telephones; nil: the box itself.
  func isOwn(_ number: Int?) -> Bool {
    hasAllExtensions ? !Self.isMachine(number) : number.map(extensions.contains) ?? false
  }

  /// Whether it is an answering machine of the box.
  static func isMachine(_ number: Int?) -> Bool { number.map((40..<50).contains) ?? false }

  /// Whether the box's own number, or its line, is followed. It may come without the area code, or with the country but
  /// without a mark before it: the shorter of two spellings decides.
  func isFollowed(_ number: String, line: String) -> Bool {
    if hasAllNumbers || lines.contains(line.uppercased()) { return true }
    let told = spelling(number)
    guard told.count >= 3 else { return false }
    return numbers.contains { own in
      let (short, long) = own.count < told.count ? (own, told) : (told, own)
      return long.hasSuffix(short)
    }
  }

  /// The digits of one of the box's own numbers in its normal form.
  private func spelling(_ number: String) -> String {
    FritzBoxMonitor.significant(caller(ownNumber(number)).number?.key ?? number)
  }

  // MARK: - The other end

  /// Who a number is; withheld when there is none.
  func caller(_ text: String) -> Caller {
    let number = Self.dialled(text)
    var caller = plan.caller(number)
    if let completed = completed(number) {
      let local = plan.caller(completed)
      if local.number?.kind == .complete {
        (caller.identity, caller.text) = (local.identity, local.text)
      }
    }
    // The box leaves the area code out, and no trunk prefix: 23125012 is not of the area 0231.
    if caller.number?.kind == .national, Self.isLocal(number) {
      (caller.identity, caller.text) = (.number(PhoneNumber(.fragment, number)), number)
      caller.assumedPrefix = nil
    }
    return caller
  }

  /// The box's own number as its place would dial it; nil without one.
  func called(_ number: String) -> String? { number.isEmpty ? nil : ownNumber(number) }

  /// One of the box's own numbers with its area code. Some boxes tell theirs with the country: `493023125012`.
  private func ownNumber(_ number: String) -> String {
    guard let completed = completed(number) else { return number }
    let isWhole =
      !areaDigits.isEmpty && number.hasPrefix(areaDigits)
      && number.utf8.count >= areaDigits.utf8.count + Self.subscriber.utf8.count
    return isWhole ? "+" + number : completed
  }

  /// A subscriber's number, as short as one with its country before it would be.
  private static let subscriber = "234567"

  /// Whether somebody calls from a place whose area code is missing.
  func lacksAreaCode(_ number: String) -> Bool {
    guard areaCode.isEmpty, Self.isLocal(number) else { return false }
    return caller(number).number?.kind == .fragment
  }

  /// A number of the place with its area code; nil: it is none, or the code is not known.
  private func completed(_ number: String) -> String? {
    areaCode.isEmpty || !Self.isLocal(number) ? nil : areaCode + number
  }

  /// Whether a number was dialled, or comes, without an area code: no subscriber's number begins with 0, nor with 1, as
  /// those of services do.
  private static func isLocal(_ number: String) -> Bool {
    number.utf8.count >= 3 && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
      && !"01".utf8.contains(number.utf8.first ?? 0)
  }

  /// A number without the code before it that chooses a line or hides the caller (`*121#`, `*31#`), and without the
  /// key that ends dialling (`#`).
  private static func dialled(_ text: String) -> String {
    guard text.utf8.allSatisfy("+0123456789*#".utf8.contains),
      let part = text.split(separator: "#").last, part.utf8.count >= 3, !part.contains("*")
    else { return text }
    return String(part)
  }
}
