// What Swift needs of ncurses and cannot import by itself: macros, variables that hide behind
// them, and the declarations that the wide-character settings switch on.
#ifndef SCREENPOP_CCURSES_H
#define SCREENPOP_CCURSES_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#define NCURSES_WIDECHAR 1
// Plain functions instead of function-like macros, which do not cross into Swift.
#define NCURSES_NOMACROS 1
// No `bool`, `TRUE` or `OK` games with C++ headers.
#define NCURSES_ENABLE_STDBOOL_H 1

#include <curses.h>
#include <sys/mman.h>
#include <term.h>
#include <wchar.h>

// The header declares it for _XOPEN_SOURCE only.
extern int wcwidth(wchar_t);

// glibc declares them for _GNU_SOURCE only.
extern int memfd_create(const char *, unsigned int);
extern int dup3(int, int, int);

static inline WINDOW *screenpop_stdscr(void) { return stdscr; }
static inline int screenpop_colors(void) { return COLORS; }

static inline attr_t screenpop_bold(void) { return A_BOLD; }
static inline attr_t screenpop_dim(void) { return A_DIM; }
static inline attr_t screenpop_reverse(void) { return A_REVERSE; }
static inline attr_t screenpop_underline(void) { return A_UNDERLINE; }

#endif
