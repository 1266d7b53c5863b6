#include "syntax/xml10.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/sort.h"

namespace statuslab::syntax {
namespace {

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// NameStartChar (production 4): bytes above 0x7F stand for the letters of Unicode.
bool starts_name(char c) { return ascii::is_alpha(c) || c == '_' || c == ':' || ascii::byte(c) >= 0x80; }
bool is_name_char(char c) { return starts_name(c) || ascii::is_digit(c) || c == '-' || c == '.'; }

struct Attribute {
  std::string_view name;
  std::string_view value;
};

struct Binding {
  std::string_view prefix;
  std::string_view uri;
  std::size_t depth;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  XmlText run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    start_ = at_;
    while (result_.is_well_formed() && at_ < text_.size()) step();
    if (!result_.is_well_formed()) return result_;
    if (!open_.empty())
      fail(XmlFault::unclosed, offset(open_.back()) - 1, offset(open_.back()) + open_.back().size());
    else if (!has_root_)
      fail(XmlFault::no_root, start_, start_);
    return result_;
  }

 private:
  std::size_t offset(std::string_view part) const { return static_cast<std::size_t>(part.data() - text_.data()); }
  bool looking_at(std::string_view s) const { return text_.substr(at_, s.size()) == s; }

  void fail(XmlFault fault, std::size_t begin, std::size_t end, std::string_view other = {}) {
    if (!result_.is_well_formed()) return;
    result_.fault = fault;
    result_.begin = std::min(begin, text_.size());
    result_.end = std::clamp(end, result_.begin, text_.size());
    result_.other = other;
  }

  // Moves behind `end`; a fault at the construct's beginning where it does not come.
  std::string_view until(std::string_view end, std::size_t skip) {
    const std::size_t begin = at_;
    const std::size_t found = text_.find(end, std::min(at_ + skip, text_.size()));
    if (found == std::string_view::npos) {
      fail(XmlFault::unclosed, begin, begin + skip);
      at_ = text_.size();
      return {};
    }
    at_ = found + end.size();
    return text_.substr(begin + skip, found - begin - skip);
  }

  void step() {
    if (text_[at_] != '<') return character_data();
    if (looking_at("<!--")) return comment();
    if (looking_at("<![CDATA[")) {
      if (open_.empty()) return fail(has_root_ ? XmlFault::after_root : XmlFault::no_root, at_, at_ + 9);
      until("]]>", 9);
      return;
    }
    if (looking_at("<?")) return instruction();
    if (looking_at("<!DOCTYPE")) return doctype();
    if (looking_at("</")) return end_tag();
    start_tag();
  }

  void character_data() {
    const std::size_t end = std::min(text_.find('<', at_), text_.size());
    const std::string_view data = text_.substr(at_, end - at_);
    if (open_.empty()) {
      const auto other = std::find_if_not(data.begin(), data.end(), is_white);
      if (other != data.end()) {
        const std::size_t begin = at_ + static_cast<std::size_t>(other - data.begin());
        return fail(has_root_ ? XmlFault::after_root : XmlFault::no_root, begin, begin + 1);
      }
    } else {
      references(data);
    }
    at_ = end;
  }

  // Reference (production 67) and Char (production 2).
  void references(std::string_view data) {
    for (std::size_t i = 0; i < data.size(); ++i) {
      const unsigned char c = ascii::byte(data[i]);
      if (c < 0x20 && !is_white(data[i])) return fail(XmlFault::character, offset(data) + i, offset(data) + i + 1);
      if (c != '&') continue;
      const std::size_t begin = offset(data) + i;
      std::size_t end = i + 1;
      const bool numeric = end < data.size() && data[end] == '#';
      if (numeric) ++end;
      const std::size_t name = end;
      while (end < data.size() && is_name_char(data[end])) ++end;
      if (end == name || end == data.size() || data[end] != ';') return fail(XmlFault::ampersand, begin, begin + 1);
      const std::string_view word = data.substr(name, end - name);
      if (!numeric && result_.doctype.empty() && word != "amp" && word != "lt" && word != "gt" && word != "quot" && word != "apos")
        return fail(XmlFault::entity, begin, begin + (end - i) + 1);
      i = end;
    }
  }

  void comment() {
    const std::size_t begin = at_;
    const std::string_view inside = until("-->", 4);
    const std::size_t dashes = inside.find("--");
    if (dashes != std::string_view::npos) fail(XmlFault::comment_dashes, begin + 4 + dashes, begin + 6 + dashes);
  }

  void instruction() {
    const std::size_t begin = at_;
    const std::string_view inside = until("?>", 2);
    const std::string_view target = inside.substr(0, inside.find_first_of(" \t\r\n?"));
    if (!ascii::equals_ignoring_case(target, "xml")) return;
    if (begin != start_) return fail(XmlFault::declaration_late, begin, begin + 5);
    const std::size_t found = inside.find("encoding");
    if (found == std::string_view::npos) return;
    const std::size_t quote = inside.find_first_of("\"'", found);
    if (quote == std::string_view::npos) return;
    const std::size_t end = inside.find(inside[quote], quote + 1);
    if (end != std::string_view::npos) result_.encoding = inside.substr(quote + 1, end - quote - 1);
  }

  void doctype() {
    const std::size_t begin = at_;
    at_ += 9;
    int brackets = 0;
    char quote = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '[') {
        ++brackets;
      } else if (c == ']') {
        --brackets;
      } else if (c == '>' && brackets <= 0) {
        break;
      }
    }
    if (at_ == text_.size()) return fail(XmlFault::unclosed, begin, begin + 9);
    ++at_;
    result_.doctype = text_.substr(begin, at_ - begin);
    const std::size_t subset = std::min(result_.doctype.find('['), result_.doctype.size());
    const std::string_view head = result_.doctype.substr(0, subset);
    const std::size_t external = std::min(head.find("SYSTEM"), head.find("PUBLIC"));
    if (external != std::string_view::npos) result_.system_id = head.substr(external, head.find_last_of("\"'") + 1 - external);
    const std::size_t entity = result_.doctype.find("<!ENTITY", subset);
    if (entity == std::string_view::npos) return;
    result_.entity = result_.doctype.substr(entity, std::min(result_.doctype.find('>', entity), result_.doctype.size()) - entity);
  }

  std::string_view name() {
    const std::size_t begin = at_;
    if (at_ < text_.size() && starts_name(text_[at_]))
      while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }

  void white() {
    while (at_ < text_.size() && is_white(text_[at_])) ++at_;
  }

  void end_tag() {
    const std::size_t begin = at_;
    at_ += 2;
    const std::string_view closed = name();
    white();
    if (at_ == text_.size() || text_[at_] != '>') return fail(XmlFault::unclosed, begin, at_);
    ++at_;
    if (open_.empty()) return fail(XmlFault::end_without_start, begin, at_);
    if (open_.back() != closed) return fail(XmlFault::end_mismatch, begin, at_, open_.back());
    leave();
  }

  void leave() {
    while (!bindings_.empty() && bindings_.back().depth == open_.size()) bindings_.pop_back();
    open_.pop_back();
  }

  void start_tag() {
    const std::size_t begin = at_++;
    const std::string_view tag = name();
    if (tag.empty()) return fail(XmlFault::less_than, begin, begin + 1);
    if (open_.empty() && has_root_) return fail(XmlFault::after_root, begin, at_);
    attributes_.clear();
    while (true) {
      white();
      if (at_ == text_.size()) return fail(XmlFault::unclosed, begin, begin + 1 + tag.size());
      if (text_[at_] == '>' || looking_at("/>")) break;
      if (!attribute()) return;
    }
    if (has_repeated()) return;
    const bool empty = text_[at_] == '/';
    at_ += empty ? 2 : 1;
    open_.push_back(tag);
    bind();
    if (!is_bound(tag)) return fail(XmlFault::prefix, begin + 1, begin + 1 + tag.find(':'));
    for (const Attribute& a : attributes_)
      if (!is_bound(a.name)) return fail(XmlFault::prefix, offset(a.name), offset(a.name) + a.name.find(':'));
    if (!has_root_) root(tag);
    has_root_ = true;
    if (empty) leave();
  }

  bool attribute() {
    const std::string_view key = name();
    if (key.empty()) return fail(XmlFault::attribute_value, at_, at_ + 1), false;
    white();
    if (at_ == text_.size() || text_[at_] != '=') return fail(XmlFault::attribute_value, offset(key), offset(key) + key.size()), false;
    ++at_;
    white();
    if (at_ == text_.size() || (text_[at_] != '"' && text_[at_] != '\''))
      return fail(XmlFault::attribute_value, offset(key), offset(key) + key.size()), false;
    const std::size_t end = text_.find(text_[at_], at_ + 1);
    if (end == std::string_view::npos) return fail(XmlFault::unclosed, at_, at_ + 1), false;
    const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    const std::size_t less = value.find('<');
    if (less != std::string_view::npos) return fail(XmlFault::less_than, offset(value) + less, offset(value) + less + 1), false;
    references(value);
    attributes_.push_back({key, value});
    return result_.is_well_formed();
  }

  // By sorting, so that a tag with very many attributes takes no square of them.
  bool has_repeated() {
    if (attributes_.size() < 2) return false;
    std::vector<std::string_view> names;
    for (const Attribute& a : attributes_) names.push_back(a.name);
    sort(names, [](std::string_view a, std::string_view b) { return a < b; });
    for (std::size_t i = 1; i < names.size(); ++i)
      if (names[i] == names[i - 1]) return fail(XmlFault::attribute_repeated, offset(names[i]), offset(names[i]) + names[i].size()), true;
    return false;
  }

  void bind() {
    for (const Attribute& a : attributes_) {
      if (a.name == "xmlns") bindings_.push_back({{}, a.value, open_.size()});
      if (a.name.starts_with("xmlns:")) bindings_.push_back({a.name.substr(6), a.value, open_.size()});
    }
  }

  const Binding* find(std::string_view prefix) const {
    std::size_t looked = 0;
    for (auto binding = bindings_.rbegin(); binding != bindings_.rend() && looked < 256; ++binding, ++looked)
      if (binding->prefix == prefix) return &*binding;
    return nullptr;
  }

  // True beyond the bindings that are looked through: not known is no fault.
  bool is_bound(std::string_view qualified) const {
    const std::size_t colon = qualified.find(':');
    if (colon == std::string_view::npos || colon == 0) return true;
    const std::string_view prefix = qualified.substr(0, colon);
    return prefix == "xml" || prefix == "xmlns" || bindings_.size() > 256 || find(prefix) != nullptr;
  }

  void root(std::string_view tag) {
    const std::size_t colon = tag.find(':');
    const Binding* binding = find(colon == std::string_view::npos ? std::string_view{} : tag.substr(0, colon));
    result_.root = colon == std::string_view::npos ? tag : tag.substr(colon + 1);
    if (binding != nullptr) result_.root_namespace = binding->uri;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t start_ = 0;
  bool has_root_ = false;
  std::vector<std::string_view> open_;
  std::vector<Binding> bindings_;
  std::vector<Attribute> attributes_;
  XmlText result_;
};

}  // namespace

XmlText parse_xml(std::string_view text) { return Parser(text).run(); }

}  // namespace statuslab::syntax
