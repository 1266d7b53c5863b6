// How long one snippet takes: every applicable cell of the matrix, in every target, in both forms. Budget: 50 microseconds.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string_view>
#include <vector>

#include "statuslab/snippet.h"

namespace {

using Clock = std::chrono::steady_clock;
constexpr double budget = 50;

double measured(const std::vector<statuslab::snippet::Answer>& answers, const statuslab::snippet::Target& target,
                statuslab::snippet::Form form, std::size_t& bytes) {
  std::vector<double> rounds;
  for (int round = 0; round < 5; ++round) {
    const auto begin = Clock::now();
    for (const auto& answer : answers)
      for (const auto& file : statuslab::snippet::snippet(answer, target, form).files) bytes += file.text.size();
    const std::chrono::duration<double, std::micro> time = Clock::now() - begin;
    rounds.push_back(time.count() / static_cast<double>(answers.size()));
  }
  return *std::min_element(rounds.begin(), rounds.end());
}

}  // namespace

int main() {
  using namespace statuslab::snippet;
  bool within = true;
  std::size_t bytes = 0;
  for (const Target& target : targets()) {
    std::vector<Answer> answers;
    for (const std::uint16_t code : matrix_codes())
      for (const Case& column : cases()) {
        Answer answer = example(code, column);
        if (!inapplicable(answer)) answers.push_back(std::move(answer));
      }
    const double handler = measured(answers, target, Form::handler, bytes);
    const double complete = measured(answers, target, Form::complete, bytes);
    within = within && handler <= budget && complete <= budget;
    std::printf("%-12s %zu answers   handler %6.2f us   complete %6.2f us\n", std::string(target.id).c_str(), answers.size(), handler, complete);
  }
  std::printf("%s: %.0f us a snippet\n", within ? "within the budget" : "beyond the budget", budget);
  return within && bytes > 0 ? 0 : 1;
}
