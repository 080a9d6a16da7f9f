// Drives a fuzz target without a fuzzer: every seed file, every truncation of it, and seeded random mutations of it.
// A file that ends in .hex is a corpus, one input a line in hexadecimal digits: each is run as it is. The same
// arguments always run the same inputs.
//
//   NAME_smoke [--mutations N] [--truncations N] FILE-OR-FOLDER...

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "marsad/base/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Octets = std::vector<std::uint8_t>;

struct Options {
  std::size_t mutations = 2000;    ///< of all seeds together
  std::size_t truncations = 4096;  ///< of each seed: at every octet up to here
  std::vector<std::filesystem::path> files;
};

void add_files(const std::filesystem::path& path, std::vector<std::filesystem::path>& files) {
  if (!std::filesystem::is_directory(path)) {
    if (std::filesystem::exists(path)) files.push_back(path);
    return;
  }
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--mutations" && i + 1 < argc) {
      options.mutations = std::strtoull(argv[++i], nullptr, 10);
    } else if (word == "--truncations" && i + 1 < argc) {
      options.truncations = std::strtoull(argv[++i], nullptr, 10);
    } else {
      add_files(word, options.files);
    }
  }
  std::sort(options.files.begin(), options.files.end());
  return options;
}

Octets read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The inputs of a corpus file.
std::vector<Octets> read_corpus(const std::filesystem::path& path) {
  std::vector<Octets> inputs;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    Octets input;
    for (std::size_t i = 0; i + 1 < line.size(); i += 2)
      input.push_back(static_cast<std::uint8_t>(std::stoul(line.substr(i, 2), nullptr, 16)));
    inputs.push_back(std::move(input));
  }
  return inputs;
}

/// Runs on a heap block of exactly the input's size, so that one octet too many is noticed.
void run(const Octets& input) {
  const Octets exact(input);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void truncate_everywhere(const Octets& seed, std::size_t most) {
  for (std::size_t length = 0; length < std::min(seed.size(), most); ++length) {
    run(Octets(seed.begin(), seed.begin() + static_cast<std::ptrdiff_t>(length)));
  }
}

std::size_t below(marsad::base::Random& random, std::size_t limit) {
  return static_cast<std::size_t>(random.below(std::max<std::uint64_t>(limit, 1)));
}

/// One to eight changes: an octet replaced, a bit flipped, a run cut out, a run doubled.
void mutate(Octets& octets, marsad::base::Random& random) {
  for (std::size_t change = 0, changes = 1 + below(random, 8); change < changes && !octets.empty(); ++change) {
    const std::size_t at = below(random, octets.size());
    const auto begin = octets.begin() + static_cast<std::ptrdiff_t>(at);
    const auto length = static_cast<std::ptrdiff_t>(std::min(1 + below(random, 16), octets.size() - at));
    switch (below(random, 6)) {
      case 0:
        octets.erase(begin, begin + length);
        break;
      case 1: {
        const Octets copy(begin, begin + length);
        octets.insert(begin, copy.begin(), copy.end());
        break;
      }
      case 2:
        *begin = static_cast<std::uint8_t>(random.bits());
        break;
      case 3:
        *begin = 0xFF;
        break;
      default:
        *begin = static_cast<std::uint8_t>(*begin ^ (1U << below(random, 8)));
        break;
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  std::vector<Octets> seeds;
  std::size_t corpus = 0;
  for (const auto& file : options.files) {
    if (file.extension() != ".hex") {
      seeds.push_back(read(file));
      continue;
    }
    for (const Octets& input : read_corpus(file)) {
      run(input);
      ++corpus;
    }
  }
  for (const Octets& seed : seeds) {
    run(seed);
    truncate_everywhere(seed, options.truncations);
  }
  marsad::base::Random random(20240601);
  run({});
  for (std::size_t i = 0; i < options.mutations; ++i) {
    Octets input;
    if (seeds.empty() || i % 8 == 0) {  // pure noise now and then
      input.resize(below(random, 512));
      for (std::uint8_t& octet : input) octet = static_cast<std::uint8_t>(random.bits());
    } else {
      input = seeds[i % seeds.size()];
      mutate(input, random);
    }
    run(input);
  }
  std::printf("%zu inputs of a corpus, %zu seeds with their truncations, %zu mutations: nothing found\n", corpus,
              seeds.size(), options.mutations);
  return 0;
}
