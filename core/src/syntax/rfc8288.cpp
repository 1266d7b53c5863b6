#include "syntax/rfc8288.h"

#include <algorithm>

#include "base/ascii.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

class LinkReader {
 public:
  explicit LinkReader(std::string_view text) : text_(text) {}

  Links read() {
    Links links{{}, 0};
    while (true) {
      skip_spaces();
      if (at_end()) break;
      if (text_[at_] == ',') {
        ++at_;
        continue;
      }
      LinkValue link;
      if (!link_value(link)) break;
      links.values.push_back(std::move(link));
      skip_spaces();
      if (!at_end() && text_[at_] != ',') break;
    }
    links.error = at_;
    return links;
  }

 private:
  bool link_value(LinkValue& link) {
    const std::size_t begin = at_;
    if (text_[at_] != '<') return false;
    const std::size_t close = text_.find('>', at_);
    if (close == std::string_view::npos) return false;
    link.target = text_.substr(at_ + 1, close - at_ - 1);
    at_ = close + 1;
    std::size_t end = at_;
    while (true) {
      skip_spaces();
      if (at_end() || text_[at_] != ';') break;
      end = ++at_;
      skip_spaces();
      // A recipient skips what is empty between semicolons (appendix B.3).
      if (at_end() || text_[at_] == ';' || text_[at_] == ',') continue;
      if (!parameter(link)) return false;
      end = at_;
    }
    link.whole = text_.substr(begin, end - begin);
    return true;
  }

  bool parameter(LinkValue& link) {
    LinkParameter parameter;
    const std::size_t begin = at_;
    while (!at_end() && ascii::is_tchar(text_[at_])) ++at_;
    if (at_ == begin) return false;
    const std::size_t name_end = at_;
    parameter.name = text_.substr(begin, name_end - begin);
    skip_spaces();
    if (at_end() || text_[at_] != '=') {
      at_ = name_end;
      link.parameters.push_back(parameter);
      return true;
    }
    const std::size_t equals = at_++;
    skip_spaces();
    const std::size_t value = at_;
    if (!at_end() && text_[at_] == '"')
      at_ += quoted_string_length(text_.substr(at_));
    else
      while (!at_end() && ascii::is_tchar(text_[at_])) ++at_;
    if (at_ == value) {
      at_ = at_end() ? equals : value;
      return false;
    }
    parameter.value = text_.substr(value, at_ - value);
    parameter.before_value = text_.substr(name_end, value - name_end);
    link.parameters.push_back(parameter);
    return true;
  }

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  void skip_spaces() {
    while (!at_end() && ascii::is_space(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

const LinkParameter* LinkValue::find(std::string_view name) const {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [name](const LinkParameter& p) {
    return ascii::equals_ignoring_case(p.name, name);
  });
  return found == parameters.end() ? nullptr : &*found;
}

Links parse_links(std::string_view text) { return LinkReader(text).read(); }

bool has_relation(std::string_view rel, std::string_view relation) {
  while (!rel.empty()) {
    const std::size_t end = std::min(rel.find(' '), rel.size());
    if (ascii::equals_ignoring_case(rel.substr(0, end), relation)) return true;
    rel.remove_prefix(std::min(end + 1, rel.size()));
  }
  return false;
}

bool is_relation_name(std::string_view s) {
  return !s.empty() && ascii::is_alpha(s[0]) && std::all_of(s.begin(), s.end(), [](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || c == '.' || c == '-';
  });
}

}  // namespace statuslab::syntax
