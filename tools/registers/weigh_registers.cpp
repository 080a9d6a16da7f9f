// Makes the figures of the models of `infer_register`, or measures how good its answers are (docs/comm-b.md).
//
//   weigh_registers fit RECORDING > src/marsad/wire/modes/register_model.hpp    from aircraft of even address
//   weigh_registers judge RECORDING [odd]                                       all aircraft, or those of odd address
//   weigh_registers errors RECORDING                                            each that was not named rightly
//   weigh_registers name < LINES      address,56 bits in hex,altitude ft,ground speed kt,track °,ft/min (or nothing) to
//                                     lines of the most probable register and its probability

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "marsad/wire/modes/register_features.hpp"
#include "register_cases.hpp"

namespace {

using marsad::registers::RegisterCase;
using marsad::wire::modes::infer_register;
using marsad::wire::modes::Register;
using marsad::wire::modes::RegisterContext;
using marsad::wire::modes::RegisterGuesses;
namespace features = marsad::wire::modes::features;
namespace modes = marsad::wire::modes;

// ---- fit ----

using Counts = std::array<std::array<double, features::kMostBins>, features::kSlots>;

/// The share that is spread evenly over all values of a slot: what this recording didn't see may come all the same.
constexpr double kUnseen = 0.02;
/// The same of patterns of five status bits, but spread as if the bits were set independently of each other.
constexpr double kUnseenPattern = 0.1;
constexpr std::size_t kPatterns = 32;
constexpr double kBitUnseen = 0.02;
constexpr double kBeforeCounting = 0.5;  // added to each count (Jeffreys)

features::Features take_apart(std::uint8_t bds, Register reg, const RegisterContext& context) {
  if (bds == 0x40) return features::take_apart_40(reg, context);
  return bds == 0x50 ? features::take_apart_50(reg, context) : features::take_apart_60(reg, context);
}

bool has_features(std::uint8_t bds) { return bds == 0x40 || bds == 0x50 || bds == 0x60; }

/// With all that is known, without speed and track, without altitude too, so that each slot is counted.
std::array<RegisterContext, 3> contexts_of(const RegisterCase& known) {
  RegisterContext altitude;
  altitude.altitude_ft = known.context.altitude_ft;
  return {known.context, altitude, RegisterContext{}};
}

void count_features(const RegisterCase& known, Counts& counts) {
  // A slot that several contexts reach counts once.
  std::set<std::pair<features::Slot, unsigned>> seen;
  for (const RegisterContext& context : contexts_of(known))
    for (const auto& feature : take_apart(known.bds, known.reg, context).list) seen.insert({feature.slot, feature.bin});
  for (const auto& [slot, bin] : seen) counts[static_cast<std::size_t>(slot)][bin] += 1.0;
}

/// How probable each pattern is if its bits are set independently, each as often as it was counted, but neither always
/// nor never.
std::array<double, kPatterns> independent_patterns(const std::array<double, features::kMostBins>& counts) {
  constexpr double kNever = 0.1;
  std::array<double, kPatterns> probability;
  probability.fill(1.0);
  double total = 0.0;
  for (const double count : counts) total += count;
  for (std::size_t bit = 1; bit < kPatterns; bit *= 2) {
    double set = 0.0;
    for (std::size_t pattern = 0; pattern < kPatterns; ++pattern) set += (pattern & bit) != 0 ? counts[pattern] : 0.0;
    const double share = std::clamp(set / total, kNever, 1.0 - kNever);
    for (std::size_t pattern = 0; pattern < kPatterns; ++pattern)
      probability[pattern] *= (pattern & bit) != 0 ? share : 1.0 - share;
  }
  return probability;
}

/// The probability of one value of each bin.
std::vector<double> densities(const features::Bins& bins, const std::array<double, features::kMostBins>& counts) {
  double total = 0.0, all = 0.0;
  for (std::size_t i = 0; i < bins.count(); ++i) {
    total += counts[i] + kBeforeCounting;
    all += bins.width(i);
  }
  const bool is_pattern = bins.count() == kPatterns;
  const auto patterns = independent_patterns(counts);
  std::vector<double> out;
  for (std::size_t i = 0; i < bins.count(); ++i) {
    const double seen = (counts[i] + kBeforeCounting) / total / bins.width(i);
    out.push_back(is_pattern ? (1.0 - kUnseenPattern) * seen + kUnseenPattern * patterns[i]
                             : (1.0 - kUnseen) * seen + kUnseen / all);
  }
  return out;
}

void print_slot(std::size_t number, const Counts& counts) {
  const auto& bins = features::bins_of(static_cast<features::Slot>(number));
  const auto density = densities(bins, counts[number]);
  std::printf("    {{  // %.*s\n", static_cast<int>(bins.name.size()), bins.name.data());
  for (std::size_t i = 0; i < density.size(); ++i)
    std::printf("%s%.2fF,%s", i % 8 == 0 ? "        " : " ", std::log(density[i]),
                i % 8 == 7 || i + 1 == density.size() ? "\n" : "");
  std::printf("    }},\n");
}

void print_bits(const char* name, unsigned first, unsigned last, const std::vector<Register>& registers) {
  double none = 0.0;
  std::printf("inline constexpr BitModel<%u> %s{{\n", last - first + 1, name);
  for (unsigned bit = first; bit <= last; ++bit) {
    double set = 0.0;
    for (const Register reg : registers) set += reg.bit(bit) ? 1.0 : 0.0;
    const double share = (set + kBeforeCounting) / (static_cast<double>(registers.size()) + 2 * kBeforeCounting);
    const double trusted = kBitUnseen + (1.0 - 2.0 * kBitUnseen) * share;
    none += std::log(1.0 - trusted);
    std::printf("%s%.2fF,%s", (bit - first) % 8 == 0 ? "    " : " ", std::log(trusted / (1.0 - trusted)),
                (bit - first) % 8 == 7 || bit == last ? "\n" : "");
  }
  std::printf("}, %.2fF};\n", none);
}

int fit(const std::vector<RegisterCase>& cases) {
  Counts counts{};
  std::map<std::uint8_t, std::vector<Register>> whole;
  std::set<std::tuple<std::uint32_t, std::uint8_t, std::uint64_t>> done;  // each content of an aircraft counts once
  std::size_t used = 0;
  for (const RegisterCase& known : cases) {
    if (known.address % 2 != 0 || !done.insert({known.address, known.bds, known.reg.value()}).second) continue;
    ++used;
    if (has_features(known.bds)) {
      count_features(known, counts);
    } else {
      whole[known.bds].push_back(known.reg);
    }
  }
  std::printf("#pragma once\n\n#include <array>\n\n#include \"marsad/wire/modes/register_features.hpp\"\n\n");
  std::printf(
      "// Written by tools/registers (`weigh_registers fit`) from %zu registers whose names a radar told, those of "
      "aircraft\n// of even address in one hour of traffic: do not edit. Figures of our own about them, not the "
      "registers.\n\n",
      used);
  std::printf(
      "namespace marsad::wire::modes::features {\n\n/// Natural logarithm of the probability of one value in "
      "each bin of each slot.\n");
  std::printf("inline constexpr std::array<std::array<float, kMostBins>, kSlots> kLogDensity{{\n");
  for (std::size_t slot = 0; slot < features::kSlots; ++slot) print_slot(slot, counts);
  std::printf("}};\n\n/// Bits 9 to 56 of BDS 1,0 and bits 1 to 28 of BDS 1,7.\n");
  print_bits("kCapabilityBits", 9, 56, whole[0x10]);
  print_bits("kCommonUsageBits", 1, 28, whole[0x17]);
  std::printf("\n}  // namespace marsad::wire::modes::features\n");
  return 0;
}

// ---- judge ----

constexpr std::array<double, 8> kLevels{0.0, 0.5, 0.7, 0.9, 0.95, 0.99, 0.999, 1.0};

struct Judgement {
  std::map<std::uint8_t, std::map<int, std::size_t>> confusion;  // by true register: answered register, -1 unknown
  std::array<std::size_t, kLevels.size()> guesses{};             // by what the first guess said
  std::array<std::size_t, kLevels.size()> right{};
  std::array<double, kLevels.size()> said{};
};

void judge_one(const RegisterCase& known, const RegisterGuesses& guesses, Judgement& judgement) {
  const auto answer = modes::believed_register(guesses);
  ++judgement.confusion[known.bds][answer ? *answer : -1];
  for (const auto& guess : guesses) {
    std::size_t level = 0;
    while (level + 1 < kLevels.size() && guess.probability >= kLevels[level + 1]) ++level;
    ++judgement.guesses[level];
    judgement.right[level] += guess.bds == known.bds ? 1 : 0;
    judgement.said[level] += guess.probability;
  }
}

void print_confusion(const Judgement& judgement) {
  std::set<int> answers;
  for (const auto& [bds, row] : judgement.confusion)
    for (const auto& [answer, number] : row) answers.insert(answer);
  std::printf("| register |");
  for (const int answer : answers)
    answer < 0 ? std::printf(" unknown |") : std::printf(" %X,%X |", answer >> 4, answer & 15);
  std::printf("\n|---|");
  for (std::size_t i = 0; i < answers.size(); ++i) std::printf("---|");
  std::printf("\n");
  for (const auto& [bds, row] : judgement.confusion) {
    std::printf("| %X,%X |", bds >> 4, bds & 15);
    for (const int answer : answers) std::printf(" %zu |", row.contains(answer) ? row.at(answer) : 0);
    std::printf("\n");
  }
}

void print_calibration(const Judgement& judgement) {
  std::printf("\n| said | guesses | mean said | right |\n|---|---|---|---|\n");
  for (std::size_t level = 0; level < kLevels.size(); ++level) {
    const auto number = static_cast<double>(judgement.guesses[level]);
    if (judgement.guesses[level] == 0) continue;
    std::printf("| from %g | %zu | %.4f | %.4f |\n", kLevels[level], judgement.guesses[level],
                judgement.said[level] / number, static_cast<double>(judgement.right[level]) / number);
  }
  std::printf("\n");
}

int judge(const std::vector<RegisterCase>& cases, bool odd) {
  Judgement alone, moving, remembering;
  std::map<std::uint32_t, RegisterContext> memory;
  for (const RegisterCase& known : cases) {
    if (odd && known.address % 2 == 0) continue;
    judge_one(known, infer_register(known.reg), alone);
    judge_one(known, infer_register(known.reg, known.context), moving);
    RegisterContext& remembered = memory[known.address];
    remembered.altitude_ft = known.context.altitude_ft;
    remembered.ground_speed_kt = known.context.ground_speed_kt;
    remembered.true_track_deg = known.context.true_track_deg;
    const auto guesses = infer_register(known.reg, remembered);
    judge_one(known, guesses, remembering);
    if (const auto answer = modes::believed_register(guesses))
      modes::remember_register(remembered, *answer, known.reg, false);
  }
  const std::array<std::pair<const char*, const Judgement*>, 3> all{
      {{"nothing known", &alone}, {"altitude, speed, track", &moving}, {"and earlier registers", &remembering}}};
  for (const auto& [name, judgement] : all) {
    std::printf("%s\n\n", name);
    print_confusion(*judgement);
    print_calibration(*judgement);
  }
  return 0;
}

void print_error(const RegisterCase& known, const RegisterContext& context) {
  const RegisterGuesses guesses = infer_register(known.reg, context);
  if (modes::believed_register(guesses) == known.bds) return;
  std::printf("%06X %02X %014llX alt %.0f gs %.0f track %.0f:", known.address, known.bds,
              static_cast<unsigned long long>(known.reg.value()), context.altitude_ft.value_or(-1),
              context.ground_speed_kt.value_or(-1), context.true_track_deg.value_or(-1));
  for (const auto& guess : guesses) std::printf(" %02X %.3f", guess.bds, guess.probability);
  std::printf("\n");
}

int list_errors(const std::vector<RegisterCase>& cases) {
  for (const RegisterCase& known : cases) {
    print_error(known, RegisterContext{});
    print_error(known, known.context);
  }
  return 0;
}

std::optional<double> number_in(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return std::strtod(text.c_str(), nullptr);
}

/// Each reply with what earlier replies of the same aircraft told.
int name_lines() {
  std::map<std::string, RegisterContext> memory;
  for (std::string line; std::getline(std::cin, line);) {
    std::array<std::string, 6> columns;
    std::istringstream row(line);
    for (std::string& column : columns) std::getline(row, column, ',');
    RegisterContext& context = memory[columns[0]];
    context.altitude_ft = number_in(columns[2]);
    context.ground_speed_kt = number_in(columns[3]);
    context.true_track_deg = number_in(columns[4]);
    context.vertical_rate_ft_min = number_in(columns[5]);
    const Register reg(std::strtoull(columns[1].c_str(), nullptr, 16));
    const RegisterGuesses guesses = infer_register(reg, context);
    if (const auto answer = modes::believed_register(guesses)) modes::remember_register(context, *answer, reg, false);
    const bool any = !guesses.empty();
    std::printf("%X,%X %.5f\n", any ? guesses[0].bds >> 4U : 0U, any ? guesses[0].bds & 15U : 0U,
                any ? guesses[0].probability : 0.0);
  }
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  if (arguments.size() == 1 && arguments[0] == "name") return name_lines();
  const bool is_known =
      !arguments.empty() && (arguments[0] == "fit" || arguments[0] == "judge" || arguments[0] == "errors");
  if (arguments.size() < 2 || !is_known) {
    std::fprintf(stderr, "usage: weigh_registers fit|judge|errors RECORDING [odd], or weigh_registers name\n");
    return 2;
  }
  const auto cases = marsad::registers::read_register_cases(arguments[1]);
  if (cases.empty()) {
    std::fprintf(stderr, "%s: no registers in it\n", arguments[1].c_str());
    return 3;
  }
  if (arguments[0] == "fit") return fit(cases);
  if (arguments[0] == "errors") return list_errors(cases);
  return judge(cases, arguments.size() > 2 && arguments[2] == "odd");
}
