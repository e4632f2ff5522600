#include "CLibrary.h"

static char **words;

// The C library hands these to every function of this kind, as it does to `main`.
__attribute__((constructor)) static void keep_words(int count, char **given) {
  (void)count;
  words = given;
}

char *const *program_words(void) { return words; }
