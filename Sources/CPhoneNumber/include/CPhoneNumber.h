#ifndef SCREENPOP_CPHONENUMBER_H
#define SCREENPOP_CPHONENUMBER_H

// libphonenumber behind plain C: values in, values out. No exception, no C++ type and no allocation
// crosses; every function may be called from any thread.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Where the country of a parsed number comes from.
enum {
  cpn_origin_plus = 1,     ///< `+33…`
  cpn_origin_idd = 2,      ///< the international prefix of the region: `0033…`
  cpn_origin_bare = 3,     ///< the region's own country code without any prefix: `33…`
  cpn_origin_national = 4  ///< not written: the region was assumed
};

/// How well a number fits the numbering plan of its country.
enum {
  cpn_fit_none = 0,      ///< too short or too long, or no such country
  cpn_fit_possible = 1,  ///< the right length
  cpn_fit_valid = 2      ///< a range that is assigned
};

/// How a number is written.
enum { cpn_style_national = 0, cpn_style_international = 1 };

/// A number with its country.
typedef struct {
  uint64_t national;       ///< the national significant number without leading zeros
  uint16_t country_code;   ///< the country calling code, 1 to 999
  uint8_t leading_zeros;   ///< zeros that belong to the number (Italy)
  uint8_t origin;          ///< one of cpn_origin
  bool is_valid;           ///< already known to be valid; false: ask cpn_fit
} cpn_number;

/// The number in `text` (digits, perhaps with a leading plus) as dialled in `region` (ISO 3166, in
/// capitals); false when it is none.
bool cpn_parse(const char *text, const char *region, cpn_number *number);

/// How well the number fits: one of cpn_fit.
int cpn_fit(const cpn_number *number);

/// Whether the number is valid and belongs to a place or a person: fixed, mobile or voice over IP,
/// not a service (free, shared cost, premium).
bool cpn_is_subscriber(const cpn_number *number);

/// How many digits of the national number are its area code, 0 where the country's plan has none or the
/// number is not of a place; -1: it can only be a mobile's.
int cpn_area_length(const cpn_number *number);

/// Whether fixed numbers of the country have no fixed length: three possible lengths or more.
bool cpn_is_open(int country_code);

/// Writes the number in this style into `buffer`; returns its length [bytes] without the closing
/// zero, 0 when it does not fit.
size_t cpn_format(const cpn_number *number, int style, char *buffer, size_t capacity);

/// Writes the number as it is dialled from `region` (from France `00 49 30 123456`) into `buffer`, with
/// a leading plus when the region has no single international prefix; returns as cpn_format.
size_t cpn_format_from(const cpn_number *number, const char *region, char *buffer, size_t capacity);

/// The country calling code of a region, 0 when the region is unknown.
int cpn_country_code(const char *region);

/// Writes the prefix that is dialled before a national number (`0` in France) into `buffer`;
/// returns its length [bytes] without the closing zero, 0 when there is none.
size_t cpn_trunk_prefix(const char *region, char *buffer, size_t capacity);

/// The region that a country calling code is named after (`FR` of 33), or the one of most of its numbers; empty: none.
size_t cpn_main_region(int country_code, char *buffer, size_t capacity);

/// Whether the digits are a public short number in the region (112, 118712).
bool cpn_is_short_number(const char *digits, const char *region);

/// An example of a fixed or mobile number of the region; false when there is none.
bool cpn_example(const char *region, bool mobile, cpn_number *number);

#ifdef __cplusplus
}
#endif

#endif
