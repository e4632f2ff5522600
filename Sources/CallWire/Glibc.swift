import CLibrary

// What the module Glibc adds to the C library: the launcher, into which these files are compiled too, is
// Embedded Swift, to which that module is closed.

/// Why the last step failed.
var errno: CInt { error_number() }

/// Opens a file; `mode` for one that is made.
func open(_ path: String, _ flags: CInt, _ mode: mode_t = 0) -> CInt {
  open_file(path, flags, mode)
}

extension stat {
  var isFolder: Bool { kind == 0o040000 }
  var isFile: Bool { kind == 0o100000 }
  var isSocket: Bool { kind == 0o140000 }

  /// `st_mode & S_IFMT` of inode(7).
  private var kind: mode_t { st_mode & 0o170000 }
}
