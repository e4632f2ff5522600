#include "CPhoneNumber.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

#include <atomic>
#include <cstdlib>
#include <cstring>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace {

const PhoneNumberUtil &util() { return *PhoneNumberUtil::GetInstance(); }

/// A thread's own scratch number: its strings keep their memory from one call to the next.
PhoneNumber &scratch() {
  thread_local PhoneNumber number;
  number.Clear();
  return number;
}

PhoneNumber &scratch(const cpn_number &number) {
  PhoneNumber &library = scratch();
  library.set_country_code(number.country_code);
  library.set_national_number(number.national);
  if (number.leading_zeros > 0) {
    library.set_italian_leading_zero(true);
    library.set_number_of_leading_zeros(number.leading_zeros);
  }
  return library;
}

uint8_t origin(const PhoneNumber &number) {
  switch (number.country_code_source()) {
    case PhoneNumber::FROM_NUMBER_WITH_PLUS_SIGN: return cpn_origin_plus;
    case PhoneNumber::FROM_NUMBER_WITH_IDD: return cpn_origin_idd;
    case PhoneNumber::FROM_NUMBER_WITHOUT_PLUS_SIGN: return cpn_origin_bare;
    default: return cpn_origin_national;
  }
}

cpn_number told(const PhoneNumber &number) {
  const int zeros = number.italian_leading_zero() ? number.number_of_leading_zeros() : 0;
  return {number.national_number(), static_cast<uint16_t>(number.country_code()),
          static_cast<uint8_t>(zeros), origin(number), false};
}

size_t copy(const std::string &text, char *buffer, size_t capacity) {
  if (text.size() >= capacity) return 0;
  std::memcpy(buffer, text.c_str(), text.size() + 1);
  return text.size();
}

/// Reads the commonest forms of an import, `+33388202122`, and `0388202122` in France, without the library's
/// parser, whose many regular expressions are most of an import's work.
///
/// In the closed plan of +33 a digit from 1 to 9 and eight more are a number, and nothing else; a plus says
/// so in every region. Elsewhere than in France an international prefix may begin like the trunk prefix
/// (Israel: 012), so that only the parser can tell. False when the digits are of another form, or not valid so.
bool readFrenchForm(const char *text, const char *region, cpn_number *number) {
  const char *digits;
  uint8_t origin;
  if (std::strncmp(text, "+33", 3) == 0) {
    digits = text + 3;
    origin = cpn_origin_plus;
  } else if (text[0] == '0' && std::strcmp(region, "FR") == 0) {
    digits = text + 1;
    origin = cpn_origin_national;
  } else {
    return false;
  }
  if (digits[0] == '0') return false;
  if (std::strspn(digits, "0123456789") != 9 || digits[9] != '\0') return false;
  *number = {std::strtoull(digits, nullptr, 10), 33, 0, origin, false};
  // What was read is read again in another form: to be weighed, and to be shown.
  thread_local uint64_t latest = 0;
  number->is_valid =
      number->national == latest || util().IsValidNumberForRegion(scratch(*number), "FR");
  if (number->is_valid) latest = number->national;
  return number->is_valid;
}

/// Runs `body`; what it throws (only memory can run out) becomes `failure`.
template <typename Value, typename Body>
Value guarded(Value failure, Body body) noexcept {
  try {
    return body();
  } catch (...) {
    return failure;
  }
}

}  // namespace

bool cpn_parse(const char *text, const char *region, cpn_number *number) {
  return guarded(false, [&] {
    if (readFrenchForm(text, region, number)) return true;
    PhoneNumber &library = scratch();
    // The variant that keeps the input is the one that says where the country comes from.
    if (util().ParseAndKeepRawInput(text, region, &library) != PhoneNumberUtil::NO_PARSING_ERROR) {
      return false;
    }
    *number = told(library);
    return true;
  });
}

int cpn_fit(const cpn_number *number) {
  return guarded(static_cast<int>(cpn_fit_none), [&]() -> int {
    if (number->is_valid) return cpn_fit_valid;
    const PhoneNumber &library = scratch(*number);
    if (util().IsValidNumber(library)) return cpn_fit_valid;
    // As a telephone of a place or a person: services have other lengths, and stand in the library's ranges.
    const auto reason = util().IsPossibleNumberForTypeWithReason(
        library, PhoneNumberUtil::FIXED_LINE_OR_MOBILE);
    return reason == PhoneNumberUtil::IS_POSSIBLE ? cpn_fit_possible : cpn_fit_none;
  });
}

bool cpn_is_subscriber(const cpn_number *number) {
  return guarded(false, [&] {
    switch (util().GetNumberType(scratch(*number))) {
      case PhoneNumberUtil::FIXED_LINE:
      case PhoneNumberUtil::MOBILE:
      case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      case PhoneNumberUtil::VOIP: return true;
      default: return false;
    }
  });
}

int cpn_area_length(const cpn_number *number) {
  return guarded(0, [&] {
    const PhoneNumber &library = scratch(*number);
    switch (util().GetNumberType(library)) {
      case PhoneNumberUtil::FIXED_LINE:
      case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
        return util().GetLengthOfGeographicalAreaCode(library);
      case PhoneNumberUtil::MOBILE: return -1;
      default: return 0;
    }
  });
}

bool cpn_is_open(int country_code) {
  // Asked of each caller: the answer is kept, 0: not yet known, 1: no, 2: yes.
  static std::atomic<uint8_t> known[1000];
  if (country_code <= 0 || country_code >= 1000) return false;
  std::atomic<uint8_t> &answer = known[country_code];
  if (answer.load(std::memory_order_relaxed) == 0) {
    const bool isOpen = guarded(false, [&] {
      PhoneNumber number;
      number.set_country_code(country_code);
      int lengths = 0;
      uint64_t digits = 22;
      for (int length = 3; length <= 15; length++) {
        digits = digits * 10 + 2;
        number.set_national_number(digits);
        lengths += util().IsPossibleNumberForTypeWithReason(number, PhoneNumberUtil::FIXED_LINE) ==
                   PhoneNumberUtil::IS_POSSIBLE;
      }
      return lengths >= 3;
    });
    answer.store(isOpen ? 2 : 1, std::memory_order_relaxed);
  }
  return answer.load(std::memory_order_relaxed) == 2;
}

size_t cpn_format(const cpn_number *number, int style, char *buffer, size_t capacity) {
  return guarded(static_cast<size_t>(0), [&] {
    thread_local std::string text;
    util().Format(scratch(*number),
                  style == cpn_style_national ? PhoneNumberUtil::NATIONAL
                                              : PhoneNumberUtil::INTERNATIONAL,
                  &text);
    return copy(text, buffer, capacity);
  });
}

size_t cpn_format_from(const cpn_number *number, const char *region, char *buffer, size_t capacity) {
  return guarded(static_cast<size_t>(0), [&] {
    thread_local std::string text;
    util().FormatOutOfCountryCallingNumber(scratch(*number), region, &text);
    return copy(text, buffer, capacity);
  });
}

int cpn_country_code(const char *region) {
  return guarded(0, [&] { return util().GetCountryCodeForRegion(region); });
}

size_t cpn_trunk_prefix(const char *region, char *buffer, size_t capacity) {
  return guarded(static_cast<size_t>(0), [&] {
    std::string prefix;
    util().GetNddPrefixForRegion(region, true, &prefix);
    return copy(prefix, buffer, capacity);
  });
}

size_t cpn_main_region(int country_code, char *buffer, size_t capacity) {
  return guarded(static_cast<size_t>(0), [&] {
    std::string region;
    util().GetRegionCodeForCountryCode(country_code, &region);
    return copy(region, buffer, capacity);
  });
}

bool cpn_is_short_number(const char *digits, const char *region) {
  return guarded(false, [&] {
    static const ShortNumberInfo shortNumbers;
    PhoneNumber &library = scratch();
    return util().Parse(digits, region, &library) == PhoneNumberUtil::NO_PARSING_ERROR &&
           shortNumbers.IsValidShortNumberForRegion(library, region);
  });
}

bool cpn_example(const char *region, bool mobile, cpn_number *number) {
  return guarded(false, [&] {
    PhoneNumber &library = scratch();
    if (!util().GetExampleNumberForType(
            region, mobile ? PhoneNumberUtil::MOBILE : PhoneNumberUtil::FIXED_LINE, &library)) {
      return false;
    }
    *number = told(library);
    return true;
  });
}
