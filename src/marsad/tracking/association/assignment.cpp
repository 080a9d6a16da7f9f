#include "marsad/tracking/association/assignment.hpp"

#include <algorithm>
#include <limits>

namespace marsad::tracking::association {
namespace {

constexpr std::uint8_t kUntouched = 0;
constexpr std::uint8_t kTouched = 1;
constexpr std::uint8_t kSettled = 2;

}  // namespace

std::span<const std::uint32_t> AssignmentSolver::solve(std::span<const Pairing> pairs, std::size_t rows,
                                                       std::size_t columns) {
  start(pairs, rows, columns);
  for (std::uint32_t row = 0; row < rows; ++row) augment(row);
  return column_of_row_;
}

void AssignmentSolver::start(std::span<const Pairing> pairs, std::size_t rows, std::size_t columns) {
  pairs_ = pairs;
  first_pair_.assign(rows + 1, 0);
  for (const Pairing& pair : pairs) ++first_pair_[pair.row + 1];
  for (std::size_t row = 0; row < rows; ++row) first_pair_[row + 1] += first_pair_[row];
  price_.assign(columns, 0.0);
  row_of_column_.assign(columns, kUnassigned);
  column_of_row_.assign(rows, kUnassigned);
  matched_gain_.assign(rows, 0.0);
  distance_.resize(columns);
  reached_from_.resize(columns);
  state_.assign(columns, kUntouched);
}

/// Extends the tree of shortest paths by the pairs of `row`, which it reached at `base`.
void AssignmentSolver::relax(std::uint32_t row, double base) {
  if (base < none_distance_) {
    none_distance_ = base;
    none_row_ = row;
  }
  const auto later = [](const Reached& a, const Reached& b) {
    return a.distance > b.distance || (a.distance == b.distance && a.column > b.column);
  };
  for (std::size_t i = first_pair_[row]; i < first_pair_[row + 1]; ++i) {
    const Pairing& pair = pairs_[i];
    if (pair.gain <= 0.0 || state_[pair.column] == kSettled) continue;
    const double reached = base - pair.gain - price_[pair.column];
    if (state_[pair.column] == kTouched && reached >= distance_[pair.column]) continue;
    if (state_[pair.column] == kUntouched) touched_.push_back(pair.column);
    state_[pair.column] = kTouched;
    distance_[pair.column] = reached;
    reached_from_[pair.column] = row;
    heap_.push_back({reached, pair.column});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
}

void AssignmentSolver::reprice(double shortest) {
  for (const std::uint32_t column : touched_) {
    if (state_[column] == kSettled) price_[column] += distance_[column] - shortest;
    state_[column] = kUntouched;
  }
  touched_.clear();
  heap_.clear();
}

void AssignmentSolver::augment(std::uint32_t free_row) {
  const auto later = [](const Reached& a, const Reached& b) {
    return a.distance > b.distance || (a.distance == b.distance && a.column > b.column);
  };
  none_distance_ = std::numeric_limits<double>::infinity();
  none_row_ = kUnassigned;
  relax(free_row, 0.0);
  std::uint32_t end = kUnassigned;
  double shortest = none_distance_;
  while (!heap_.empty() && heap_.front().distance < none_distance_) {
    const Reached next = heap_.front();
    std::pop_heap(heap_.begin(), heap_.end(), later);
    heap_.pop_back();
    if (state_[next.column] == kSettled || next.distance > distance_[next.column]) continue;
    if (row_of_column_[next.column] == kUnassigned) {
      end = next.column;
      shortest = next.distance;
      break;
    }
    state_[next.column] = kSettled;
    const std::uint32_t row = row_of_column_[next.column];
    relax(row, next.distance + matched_gain_[row] + price_[next.column]);
  }
  if (end == kUnassigned) shortest = none_distance_;
  reprice(shortest);
  // Back along the path; it ends in a free column, or in the "none" of a row that gives its column up.
  std::uint32_t row = end == kUnassigned ? none_row_ : reached_from_[end];
  std::uint32_t column = end;
  while (true) {
    const std::uint32_t given_up = column_of_row_[row];
    column_of_row_[row] = column;
    if (column != kUnassigned) {
      row_of_column_[column] = row;
      for (std::size_t i = first_pair_[row]; i < first_pair_[row + 1]; ++i)
        if (pairs_[i].column == column) matched_gain_[row] = pairs_[i].gain;
    }
    if (row == free_row) break;
    column = given_up;
    row = reached_from_[column];
  }
}

}  // namespace marsad::tracking::association
