// Leaves out of ICU's data what neither Foundation nor ScreenPop reads here: standard input and output are a
// package of ICU's (the form "CmnD" of udata.h).
//
// Kept is what is of no language, the texts of the window's languages and of those in which countries are named, and
// the names of all countries in all languages. Left out are character sets (glibc converts), the order of letters by
// languages, dictionaries of scripts without blanks, transliterations, names of zones, units, currencies and languages.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const languages[] = {"root", "pool", "res_index", "en", "fr", "de", "es", "it", "nl"};
static const char *const families[] = {"region/", "nrm"};
static const char *const texts[] = {"lang/", "curr/", "zone/", "unit/", "rbnf/", "coll/", "brkitr/"};

static int begins(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static int ends(const char *text, const char *end) {
  size_t length = strlen(text);
  return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

// `de.res`, `de_AT.res`, of the languages above.
static int is_known(const char *name) {
  for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
    size_t length = strlen(languages[i]);
    if (begins(name, languages[i]) && (name[length] == '.' || name[length] == '_')) return 1;
  }
  return 0;
}

// Whether a text of a language: `ja.res`, `sr_Latn.res`; `supplementalData.res` is of none.
static int is_language(const char *name) {
  size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyz");
  return (length == 2 || length == 3) && (name[length] == '.' || name[length] == '_');
}

static int is_kept(const char *name) {
  const char *slash = strchr(name, '/');
  name = slash ? slash + 1 : name;
  for (size_t i = 0; i < sizeof families / sizeof *families; i++)
    if (begins(name, families[i])) return 1;
  if (ends(name, ".cnv") || ends(name, ".dict") || begins(name, "translit/")) return 0;
  if (ends(name, ".brk") || ends(name, ".icu") || ends(name, ".nrm") || ends(name, ".spp")) return 1;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (begins(name, texts[i])) return is_known(name + strlen(texts[i]));
  return is_known(name) || !is_language(name);
}

static uint32_t number(const unsigned char *at) {
  return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void put(unsigned char *at, uint32_t value) {
  for (int i = 0; i < 4; i++) at[i] = value >> (8 * i);
}

static void fail(const char *why) {
  fprintf(stderr, "icudata: %s\n", why);
  exit(70);
}

int main(void) {
  size_t room = 64 << 20, size;
  unsigned char *data = malloc(room), *out = calloc(1, room);
  if (!data || !out) fail("out of memory");
  size = fread(data, 1, room, stdin);
  if (size < 32 || size == room || memcmp(data + 12, "CmnD", 4) != 0) fail("this is no package of ICU's data");
  uint32_t head = data[0] | (uint32_t)data[1] << 8;
  const unsigned char *table = data + head;
  uint32_t count = number(table), kept = 0, names = 0;
  if (head + 4 + 8 * (uint64_t)count > size) fail("the package is cut short");
  for (uint32_t i = 0; i < count; i++) {
    uint32_t name = number(table + 4 + 8 * i);
    if (head + (uint64_t)name >= size) fail("the package is damaged");
    const char *text = (const char *)table + name;
    if (is_kept(text)) kept++, names += strlen(text) + 1;
  }
  memcpy(out, data, head);
  unsigned char *made = out + head;
  put(made, kept);
  uint32_t entry = 4, name = 4 + 8 * kept, place = (name + names + 15) & ~15u;
  for (uint32_t i = 0; i < count; i++) {
    const char *text = (const char *)table + number(table + 4 + 8 * i);
    if (!is_kept(text)) continue;
    uint32_t from = number(table + 8 + 8 * i);
    uint32_t to = i + 1 < count ? number(table + 16 + 8 * i) : size - head;
    if (from > to || head + (uint64_t)to > size) fail("the package is damaged");
    put(made + entry, name);
    put(made + entry + 4, place);
    memcpy(made + name, text, strlen(text) + 1);
    memcpy(made + place, table + from, to - from);
    entry += 8;
    name += strlen(text) + 1;
    place = (place + (to - from) + 15) & ~15u;
  }
  return fwrite(out, 1, head + place, stdout) == head + place ? 0 : 70;
}
