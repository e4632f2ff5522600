import CLibrary

/// Puts `/dev/null` in the place of each standard stream that is closed: who starts a program may leave it none, and
/// then the first socket or file would be one, and get what is meant for people.
///
/// To be called before anything is opened.
public func fillStandardStreams() {
  for descriptor in STDIN_FILENO...STDERR_FILENO where !is_open(descriptor) {
    _ = open("/dev/null", O_RDWR)
  }
}
