#include "CPhoneNumber.h"

#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

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

size_t copy(const std::string &text, char *buffer, size_t capacity) {
  if (text.size() >= capacity) return 0;
  std::memcpy(buffer, text.c_str(), text.size() + 1);
  return text.size();
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
    PhoneNumber &library = scratch();
    // The variant that keeps the input is the one that says where the country comes from.
    if (util().ParseAndKeepRawInput(text, region, &library) != PhoneNumberUtil::NO_PARSING_ERROR) {
      return false;
    }
    number->national = library.national_number();
    number->country_code = static_cast<uint16_t>(library.country_code());
    number->leading_zeros =
        library.italian_leading_zero()
            ? static_cast<uint8_t>(library.number_of_leading_zeros())
            : 0;
    number->origin = origin(library);
    return true;
  });
}

int cpn_fit(const cpn_number *number) {
  return guarded(static_cast<int>(cpn_fit_none), [&]() -> int {
    const PhoneNumber &library = scratch(*number);
    if (util().IsValidNumber(library)) return cpn_fit_valid;
    return util().IsPossibleNumberWithReason(library) == PhoneNumberUtil::IS_POSSIBLE
               ? cpn_fit_possible
               : cpn_fit_none;
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

bool cpn_is_short_number(const char *digits, const char *region) {
  return guarded(false, [&] {
    static const ShortNumberInfo shortNumbers;
    PhoneNumber &library = scratch();
    return util().Parse(digits, region, &library) == PhoneNumberUtil::NO_PARSING_ERROR &&
           shortNumbers.IsValidShortNumberForRegion(library, region);
  });
}
