#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace marsad::tracking::association {

/// One pair that may be chosen, and what it is worth.
struct Pairing {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  double gain = 0.0;
};

/// In a row's place: no column.
inline constexpr std::uint32_t kUnassigned = 0xFFFF'FFFF;

/// Chooses pairs, each row and each column at most once, with the greatest sum of gains; pairs of gain 0 or less are
/// never chosen. Exact: shortest augmenting paths over the given pairs alone (Jonker and Volgenant, Computing 38, 1987,
/// doi 10.1007/BF02278710, in the sparse form), each row with a column of its own for "none". Among solutions of one
/// value the choice depends on the order of rows and columns only. Keeps its memory from call to call.
class AssignmentSolver {
 public:
  /// `pairs` grouped by row in ascending order, no pair twice; rows below `rows`, columns below `columns`. The answer,
  /// a column or `kUnassigned` for each row, is valid until the next call.
  std::span<const std::uint32_t> solve(std::span<const Pairing> pairs, std::size_t rows, std::size_t columns);

 private:
  struct Reached {
    double distance;
    std::uint32_t column;
  };

  void start(std::span<const Pairing> pairs, std::size_t rows, std::size_t columns);
  void augment(std::uint32_t free_row);
  void relax(std::uint32_t row, double base);
  void reprice(double shortest);

  std::span<const Pairing> pairs_;
  std::vector<std::size_t> first_pair_;  // by row, and one past the last
  std::vector<double> price_;            // by column
  std::vector<std::uint32_t> row_of_column_;
  std::vector<std::uint32_t> column_of_row_;
  std::vector<double> matched_gain_;         // by row
  std::vector<double> distance_;             // by column, valid where touched
  std::vector<std::uint32_t> reached_from_;  // by column: the row before it
  std::vector<std::uint8_t> state_;          // by column: 0 untouched, 1 touched, 2 settled
  std::vector<std::uint32_t> touched_;
  std::vector<Reached> heap_;
  double none_distance_ = 0.0;
  std::uint32_t none_row_ = kUnassigned;
};

}  // namespace marsad::tracking::association
