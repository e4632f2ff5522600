import TestSupport

/// Twinkle (console version 1.10.2 of Debian 12) on the operator's station, without sound or registrar.
///
/// It keeps everything in `.twinkle` of its HOME, and wants a terminal for its prompt. Each event of a
/// call runs a script by `execve`, in Twinkle's own environment with the call's variables added: an
/// absolute path, then arguments. They are split at blanks; quotes keep a blank but stay in the word.
struct Softphone {
  /// Where it listens for SIP.
  let port: UInt16
  private let screen: TmuxScreen

  /// Starts the phone and waits for its prompt.
  ///
  /// - Parameters:
  ///   - station: The user part of its address.
  ///   - script: The command for every event of a call.
  ///   - folder: Holds its HOME.
  ///   - environment: For the phone, and through it for the script.
  init(
    station: String, script: String, in folder: TemporaryFolder, environment: [String: String]
  ) async throws {
    port = try LoopbackPort.free()
    try folder.folder("softphone/.twinkle")
    // ALSA's null device exists without sound hardware, and nothing plays on it.
    try folder.write(
      """
      dev_ringtone=alsa:null
      dev_speaker=alsa:null
      dev_mic=alsa:null
      validate_audio_dev=no
      play_ringtone=no
      play_ringback=no
      sip_port=\(port)
      rtp_port=\(try LoopbackPort.free())
      start_user_profile=station

      """, to: "softphone/.twinkle/twinkle.sys")
    // Without a registrar, publishing its presence at the start only fails with a message.
    let triggers = [
      "incoming_call", "in_call_answered", "in_call_failed", "outgoing_call", "out_call_answered",
      "out_call_failed", "local_release", "remote_release",
    ]
    try folder.write(
      """
      user_name=\(station)
      user_domain=127.0.0.1
      sip_transport=udp
      register_at_startup=no
      pres_publish_startup=no
      mwi_sollicited=no
      \(triggers.map { "script_\($0)=\(script)" }.joined(separator: "\n"))

      """, to: "softphone/.twinkle/station.cfg")

    var environment = environment
    environment["HOME"] = folder.file("softphone")
    screen = try await TmuxScreen("twinkle-console", environment: environment)
    try await screen.wait(for: "Twinkle>")
  }

  /// Waits until the phone shows these words.
  func wait(for words: String) async throws { try await screen.wait(for: words) }

  /// Types a command at the prompt: `answer`, `reject`, `bye`.
  func command(_ words: String) async throws {
    try await screen.type(words)
    try await screen.press("Enter")
  }
}
