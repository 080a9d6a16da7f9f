// links: wire_modes base
//
// Comm-B registers: naming them, and reading them. The mix is that of European radars.

#include <benchmark/benchmark.h>

#include <cmath>
#include <vector>

#include "marsad/base/random.hpp"
#include "marsad/wire/modes/register_inference.hpp"
#include "marsad/wire/modes/register_json.hpp"

namespace {

using marsad::base::Random;
using namespace marsad::wire::modes;

/// A register put together field by field.
class Fields {
 public:
  Fields& put(unsigned first, unsigned last, std::int64_t value) {
    const std::uint64_t mask = (std::uint64_t{1} << (last - first + 1)) - 1;
    bits_ |= (static_cast<std::uint64_t>(value) & mask) << (56 - last);
    return *this;
  }
  [[nodiscard]] Register reg() const { return Register(bits_); }

 private:
  std::uint64_t bits_ = 0;
};

struct Reply {
  std::uint8_t bds;
  Register reg;
  RegisterContext context;
};

std::int64_t whole(Random& random, double low, double high) {
  return static_cast<std::int64_t>(std::lround(random.uniform(low, high)));
}

Reply intention(Random& random, const RegisterContext& context) {
  const std::int64_t altitude = std::lround(static_cast<double>(whole(random, 20, 400)) * 100.0 / 16.0);
  return {0x40, Fields().put(1, 1, 1).put(2, 13, altitude).put(27, 27, 1).put(28, 39, 2132).reg(), context};
}

Reply track(Random& random, const RegisterContext& context) {
  const std::int64_t speed = std::lround(*context.ground_speed_kt / 2.0);
  Fields fields;
  fields.put(1, 1, 1).put(2, 11, whole(random, -20, 20)).put(12, 12, 1);
  fields.put(13, 23, std::lround(*context.true_track_deg * 512.0 / 90.0)).put(24, 24, 1).put(25, 34, speed);
  fields.put(35, 35, 1).put(36, 45, whole(random, -4, 4)).put(46, 46, 1).put(47, 56, speed + whole(random, -20, 20));
  return {0x50, fields.reg(), context};
}

Reply heading(Random& random, const RegisterContext& context) {
  const std::int64_t rate = whole(random, -60, 60);
  Fields fields;
  fields.put(1, 1, 1).put(2, 12, std::lround(*context.true_track_deg * 512.0 / 90.0)).put(13, 13, 1);
  fields.put(14, 23, whole(random, 180, 320)).put(24, 24, 1).put(25, 34, whole(random, 80, 210));
  fields.put(35, 35, 1).put(36, 45, rate).put(46, 46, 1).put(47, 56, rate + whole(random, -3, 3));
  return {0x60, fields.reg(), context};
}

Reply identification(const RegisterContext& context) {
  return {0x20, Fields().put(1, 8, 0x20).put(9, 56, 0x2CC371C31DE0).reg(), context};
}

std::vector<Reply> replies(bool with_context) {
  Random random(60);
  std::vector<Reply> out;
  for (int i = 0; i < 4096; ++i) {
    const RegisterContext context{.altitude_ft = random.uniform(2000.0, 40'000.0),
                                  .ground_speed_kt = random.uniform(150.0, 500.0),
                                  .true_track_deg = random.uniform(0.0, 360.0)};
    const double share = random.uniform();
    out.push_back(share < 0.37   ? intention(random, context)
                  : share < 0.60 ? track(random, context)
                  : share < 0.92 ? heading(random, context)
                                 : identification(context));
    if (!with_context) out.back().context = {};
  }
  return out;
}

void infer(benchmark::State& state) {
  const auto all = replies(state.range(0) != 0);
  std::size_t i = 0;
  for (auto _ : state) {
    const Reply& reply = all[i++ % all.size()];
    benchmark::DoNotOptimize(infer_register(reply.reg, reply.context));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(infer)->Arg(0)->Arg(1)->Name("infer_register/context");

void print(benchmark::State& state) {
  const auto all = replies(false);
  std::string out;
  std::size_t i = 0;
  for (auto _ : state) {
    const Reply& reply = all[i++ % all.size()];
    out.clear();
    append_register_json(out, reply.bds, reply.reg);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(print)->Name("append_register_json");

}  // namespace
