// The functions of CPhoneNumber.h, of which the first that is called loads libscreenpop-numbers.so: libphonenumber
// brings fourteen libraries, and what reads no number is there sooner without them.
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

#include "CPhoneNumber.h"

// A window that cannot read numbers is of no use, and its package is damaged.
static void *found(const char *name) {
  void *library = dlopen("libscreenpop-numbers.so", RTLD_NOW);
  void *function = library ? dlsym(library, name) : NULL;
  if (!function) {
    fprintf(stderr, "screenpop: %s\n", dlerror());
    abort();
  }
  return function;
}

// Two threads that come first find the same function.
#define LATER(type, name, parameters, arguments) \
  type name parameters { \
    static type(*_Atomic function) parameters; \
    if (!function) function = (type(*) parameters)found(#name); \
    return function arguments; \
  }

LATER(bool, cpn_parse, (const char *text, const char *region, cpn_number *number), (text, region, number))
LATER(int, cpn_fit, (const cpn_number *number), (number))
LATER(bool, cpn_is_subscriber, (const cpn_number *number), (number))
LATER(int, cpn_area_length, (const cpn_number *number), (number))
LATER(bool, cpn_is_open, (int code), (code))
LATER(size_t, cpn_format, (const cpn_number *number, int style, char *buffer, size_t capacity),
      (number, style, buffer, capacity))
LATER(size_t, cpn_format_from, (const cpn_number *number, const char *region, char *buffer, size_t capacity),
      (number, region, buffer, capacity))
LATER(int, cpn_country_code, (const char *region), (region))
LATER(size_t, cpn_trunk_prefix, (const char *region, char *buffer, size_t capacity), (region, buffer, capacity))
LATER(size_t, cpn_main_region, (int code, char *buffer, size_t capacity), (code, buffer, capacity))
LATER(bool, cpn_is_short_number, (const char *digits, const char *region), (digits, region))
LATER(bool, cpn_example, (const char *region, bool mobile, cpn_number *number), (region, mobile, number))
