/// The stations whose channels are followed: `PJSIP/1024-00000001` is one of station 1024.
struct AMIStations: Hashable {
  /// What stands before the station in a channel's name, without the slash: `PJSIP`.
  let technology: String
  /// The operator's extension, under which all is reported; nil: each station under its own name.
  let own: String?
  /// The names of the stations' devices.
  let names: [String]
  /// The beginnings of the channels' names: `PJSIP/1024-`.
  private let prefixes: [[UInt8]]

  /// The stations with these names on this channel technology.
  init(technology: String, own: String?, names: [String]) {
    self.technology = technology
    self.own = own
    self.names = names
    prefixes = names.map { Array("\(technology)/\($0)-".utf8) }
  }

  /// Which of the stations the channel belongs to, by its place in `names`.
  ///
  /// After the name comes a serial number in hexadecimal digits: `PJSIP/1024-home-00000001` is no
  /// channel of 1024. The technology may be written in small letters.
  func index(ofChannel channel: UnsafeRawBufferPointer) -> Int? {
    prefixes.firstIndex { prefix in
      guard channel.count > prefix.count, channel.count <= prefix.count + 16 else { return false }
      for index in prefix.indices where channel[index] != prefix[index] {
        let isLetter = index < technology.utf8.count
        guard isLetter, channel[index] | 0x20 == prefix[index] | 0x20 else { return false }
      }
      return channel[prefix.count...].allSatisfy(Self.isHexadecimal)
    }
  }

  /// The station that a call at the device with this index is reported for.
  func station(_ index: Int) -> String { own ?? names[index] }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
