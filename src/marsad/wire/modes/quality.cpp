#include "marsad/wire/modes/quality.hpp"

#include <array>
#include <cstddef>
#include <span>

namespace marsad::wire::modes {
namespace {

/// One row of the standard's table: a type code, what the supplements must be where they count, and what that means.
enum class Need : std::uint8_t { any, no, yes };
struct Row {
  std::uint8_t type_code;
  Need a;
  Need b;
  Need c;
  Integrity means;
};

constexpr double kNm = 1852.0;
constexpr auto kAny = Need::any;
constexpr auto kNo = Need::no;
constexpr auto kYes = Need::yes;

// DO-260, table 2-11, with the NIC of Doc 9871, C.5.2.2.5.
constexpr std::array kVersion0{
    Row{5, kAny, kAny, kAny, {11, 7.5}},        Row{6, kAny, kAny, kAny, {10, 25.0}},
    Row{7, kAny, kAny, kAny, {8, 0.1 * kNm}},   Row{9, kAny, kAny, kAny, {11, 7.5}},
    Row{10, kAny, kAny, kAny, {10, 25.0}},      Row{11, kAny, kAny, kAny, {8, 0.1 * kNm}},
    Row{12, kAny, kAny, kAny, {7, 0.2 * kNm}},  Row{13, kAny, kAny, kAny, {6, 0.5 * kNm}},
    Row{14, kAny, kAny, kAny, {5, 1.0 * kNm}},  Row{15, kAny, kAny, kAny, {4, 2.0 * kNm}},
    Row{16, kAny, kAny, kAny, {1, 10.0 * kNm}}, Row{17, kAny, kAny, kAny, {1, 20.0 * kNm}},
    Row{20, kAny, kAny, kAny, {11, 7.5}},       Row{21, kAny, kAny, kAny, {10, 25.0}},
};

// DO-260A, table 2-11.
constexpr std::array kVersion1{
    Row{5, kAny, kAny, kAny, {11, 7.5}},       Row{6, kAny, kAny, kAny, {10, 25.0}},
    Row{7, kYes, kAny, kAny, {9, 75.0}},       Row{7, kNo, kAny, kAny, {8, 0.1 * kNm}},
    Row{9, kAny, kAny, kAny, {11, 7.5}},       Row{10, kAny, kAny, kAny, {10, 25.0}},
    Row{11, kYes, kAny, kAny, {9, 75.0}},      Row{11, kNo, kAny, kAny, {8, 0.1 * kNm}},
    Row{12, kAny, kAny, kAny, {7, 0.2 * kNm}}, Row{13, kNo, kAny, kAny, {6, 0.5 * kNm}},
    Row{13, kYes, kAny, kAny, {6, 0.6 * kNm}}, Row{14, kAny, kAny, kAny, {5, 1.0 * kNm}},
    Row{15, kAny, kAny, kAny, {4, 2.0 * kNm}}, Row{16, kYes, kAny, kAny, {3, 4.0 * kNm}},
    Row{16, kNo, kAny, kAny, {2, 8.0 * kNm}},  Row{17, kAny, kAny, kAny, {1, 20.0 * kNm}},
    Row{20, kAny, kAny, kAny, {11, 7.5}},      Row{21, kAny, kAny, kAny, {10, 25.0}},
};

// DO-260B, table 2-16.
constexpr std::array kVersion2{
    Row{5, kAny, kAny, kAny, {11, 7.5}},        Row{6, kAny, kAny, kAny, {10, 25.0}},
    Row{7, kYes, kAny, kNo, {9, 75.0}},         Row{7, kNo, kAny, kNo, {8, 0.1 * kNm}},
    Row{8, kYes, kAny, kYes, {7, 0.2 * kNm}},   Row{8, kYes, kAny, kNo, {6, 0.3 * kNm}},
    Row{8, kNo, kAny, kYes, {6, 0.6 * kNm}},    Row{8, kNo, kAny, kNo, {0, {}}},
    Row{9, kAny, kAny, kAny, {11, 7.5}},        Row{10, kAny, kAny, kAny, {10, 25.0}},
    Row{11, kYes, kYes, kAny, {9, 75.0}},       Row{11, kNo, kNo, kAny, {8, 0.1 * kNm}},
    Row{12, kAny, kAny, kAny, {7, 0.2 * kNm}},  Row{13, kNo, kYes, kAny, {6, 0.3 * kNm}},
    Row{13, kNo, kNo, kAny, {6, 0.5 * kNm}},    Row{13, kYes, kYes, kAny, {6, 0.6 * kNm}},
    Row{14, kAny, kAny, kAny, {5, 1.0 * kNm}},  Row{15, kAny, kAny, kAny, {4, 2.0 * kNm}},
    Row{16, kYes, kYes, kAny, {3, 4.0 * kNm}},  Row{16, kNo, kNo, kAny, {2, 8.0 * kNm}},
    Row{17, kAny, kAny, kAny, {1, 20.0 * kNm}}, Row{20, kAny, kAny, kAny, {11, 7.5}},
    Row{21, kAny, kAny, kAny, {10, 25.0}},
};

std::span<const Row> rows_of(unsigned version) {
  if (version == 0) return kVersion0;
  if (version == 1) return kVersion1;
  return kVersion2;
}

bool allows(Need need, std::optional<bool> bit) { return need == kAny || !bit || (need == kYes) == *bit; }

bool is_worse(const Integrity& one, const Integrity& other) {
  if (!one.rc_m || !other.rc_m) return !one.rc_m && other.rc_m;
  return *one.rc_m > *other.rc_m;
}

/// The worst of the rows of a type code that the supplements allow, or of all if they allow none.
Integrity worst(std::span<const Row> rows, unsigned type_code, const NicSupplements& supplements) {
  std::optional<Integrity> allowed;
  std::optional<Integrity> any;
  const auto keep_worst = [](std::optional<Integrity>& so_far, const Integrity& next) {
    if (!so_far || is_worse(next, *so_far)) so_far = next;
  };
  for (const Row& row : rows) {
    if (row.type_code != type_code) continue;
    keep_worst(any, row.means);
    if (allows(row.a, supplements.a) && allows(row.b, supplements.b) && allows(row.c, supplements.c))
      keep_worst(allowed, row.means);
  }
  if (allowed) return *allowed;
  return any.value_or(Integrity{});
}

template <std::size_t Size>
std::optional<double> at(const std::array<double, Size>& bounds, unsigned code) {
  if (code == 0 || code > Size) return std::nullopt;
  return bounds[code - 1];
}

/// By type code 0 to 22.
template <class Value>
Value by_type_code(const std::array<Value, 23>& values, unsigned type_code) {
  return type_code < values.size() ? values[type_code] : Value{};
}

}  // namespace

namespace {

// DO-260C, table 2-11: type codes 20 and 22 by supplement D.
constexpr std::array<Integrity, 4> kHeightBySupplementD20{{{8, 0.1 * kNm}, {9, 75.0}, {10, 25.0}, {11, 7.5}}};
constexpr std::array<Integrity, 4> kHeightBySupplementD22{{{0, {}}, {4, 2.0 * kNm}, {5, 1.0 * kNm}, {6, 0.6 * kNm}}};

}  // namespace

Integrity nic_of(unsigned type_code, unsigned version, const NicSupplements& supplements) noexcept {
  if (version >= 3 && type_code >= 20 && type_code <= 22) {
    const unsigned d = supplements.d.value_or(0) & 3U;
    if (type_code == 21) return {7, 0.2 * kNm};
    return type_code == 20 ? kHeightBySupplementD20[d] : kHeightBySupplementD22[d];
  }
  return worst(rows_of(version), type_code, supplements);
}

std::uint8_t nucp_of(unsigned type_code) noexcept {
  constexpr std::array<std::uint8_t, 23> kNucp{0, 0, 0, 0, 0, 9, 8, 7, 6, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0, 9, 8, 0};
  return by_type_code(kNucp, type_code);
}

std::optional<double> nucp_containment_m(unsigned nucp) noexcept {
  constexpr std::array<double, 9> kBounds{20 * kNm,  10 * kNm,  2 * kNm, 1 * kNm, 0.5 * kNm,
                                          0.2 * kNm, 0.1 * kNm, 25.0,    7.5};
  return at(kBounds, nucp);
}

std::optional<double> nucp_accuracy_m(unsigned nucp) noexcept {
  constexpr std::array<double, 9> kBounds{10 * kNm,  5 * kNm,    1 * kNm, 0.5 * kNm, 0.25 * kNm,
                                          0.1 * kNm, 0.05 * kNm, 10.0,    3.0};
  return at(kBounds, nucp);
}

std::uint8_t nac_p_of_version_0(unsigned type_code) noexcept {
  constexpr std::array<std::uint8_t, 23> kNacp{0, 0, 0, 0, 0, 11, 10, 8, 0,  11, 10, 8,
                                               7, 6, 5, 4, 1, 1,  0,  0, 11, 10, 0};
  return by_type_code(kNacp, type_code);
}

std::uint8_t sil_of_version_0(unsigned type_code) noexcept { return nic_of(type_code, 0, {}).rc_m ? 2 : 0; }

std::optional<double> nac_p_accuracy_m(unsigned nac_p) noexcept {
  constexpr std::array<double, 11> kBounds{10 * kNm,  4 * kNm,    2 * kNm, 1 * kNm, 0.5 * kNm, 0.3 * kNm,
                                           0.1 * kNm, 0.05 * kNm, 30.0,    10.0,    3.0};
  return at(kBounds, nac_p);
}

std::optional<double> nac_v_accuracy_m_s(unsigned nac_v) noexcept {
  constexpr std::array<double, 4> kBounds{10.0, 3.0, 1.0, 0.3};
  return at(kBounds, nac_v);
}

std::optional<double> gva_accuracy_m(unsigned gva) noexcept {
  constexpr std::array<double, 2> kBounds{150.0, 45.0};
  return at(kBounds, gva);
}

std::optional<double> sil_probability(unsigned sil) noexcept {
  constexpr std::array<double, 3> kBounds{1e-3, 1e-5, 1e-7};
  return at(kBounds, sil);
}

std::optional<double> sda_probability(unsigned sda) noexcept {
  constexpr std::array<double, 3> kBounds{1e-3, 1e-5, 1e-7};
  return at(kBounds, sda);
}

}  // namespace marsad::wire::modes
