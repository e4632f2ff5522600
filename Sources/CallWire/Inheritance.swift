import CLibrary

/// Puts right what a program has from whoever starts it, and cannot work with.
///
/// To be called before anything is opened.
public func repairInheritance() {
  // Or the first socket or file would be one of the standard streams, and get what is meant for people.
  for descriptor in STDIN_FILENO...STDERR_FILENO where !is_open(descriptor) {
    _ = open("/dev/null", O_RDWR)
  }
  // A mask that holds for this user, too, would make files that the next program cannot read.
  umask(umask(0o077) & 0o077)
  // Signals that are held back would keep it from ending.
  hold_back_no_signal()
}
