// Leaves out of ICU's data what neither Foundation nor ScreenPop reads here: standard input and output are a
// package of ICU's (the form "CmnD" of udata.h).
//
// Kept are the names of all countries in all languages, which files of third parties are read by, and what is of no
// language: normal forms of letters, time zones, what belongs to what. All else that has a language is left out: the window
// has words of its own, and the C library converts character sets.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kept[] = {
    "root.res", "pool.res", "res_index.res", "langInfo.res", "likelySubtags.res", "supplementalData.res", "metadata.res",
    "keyTypeData.res", "numberingSystems.res", "dayPeriods.res", "plurals.res", "zoneinfo64.res", "timezoneTypes.res",
    "metaZones.res", "windowsZones.res", "currencyNumericCodes.res", "icustd.res", "icuver.res",
    "brkitr/root.res", "curr/root.res", "lang/root.res", "rbnf/root.res", "unit/root.res", "zone/root.res",
};

static int begins(const char *text, const char *start) { return strncmp(text, start, strlen(start)) == 0; }

static int ends(const char *text, const char *end) {
  size_t length = strlen(text);
  return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

static int is_kept(const char *name) {
  const char *slash = strchr(name, '/');
  name = slash ? slash + 1 : name;
  if (begins(name, "region/") || ends(name, ".nrm")) return 1;
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
    if (strcmp(name, kept[i]) == 0) return 1;
  return 0;
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
  uint32_t count = number(table), left = 0, names = 0;
  if (head + 4 + 8 * (uint64_t)count > size) fail("the package is cut short");
  for (uint32_t i = 0; i < count; i++) {
    uint32_t name = number(table + 4 + 8 * i);
    if (head + (uint64_t)name >= size) fail("the package is damaged");
    const char *text = (const char *)table + name;
    if (is_kept(text)) left++, names += strlen(text) + 1;
  }
  memcpy(out, data, head);
  unsigned char *made = out + head;
  put(made, left);
  uint32_t entry = 4, name = 4 + 8 * left, place = (name + names + 15) & ~15u;
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
