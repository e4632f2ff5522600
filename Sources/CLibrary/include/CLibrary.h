// The C library for what is compiled as Embedded Swift, to which the module Glibc is closed; and what
// Swift does not take from C's headers: variadic functions, macros of casts, the words of `main`.
#pragma once
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

/// The words that the program was started with, its own name first; a null pointer ends them.
char *const *program_words(void);

static inline int error_number(void) { return errno; }

static inline int open_file(const char *path, int flags, mode_t mode) {
  return open(path, flags, mode);
}

/// Whether the number is that of an open file.
static inline _Bool is_open(int descriptor) { return fcntl(descriptor, F_GETFD) >= 0; }

/// A signal that does nothing from now on.
static inline void ignore_signal(int number) { signal(number, SIG_IGN); }

/// Lets all signals come that whoever started the program held back.
static inline void hold_back_no_signal(void) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}
