// Runs the rules over an exchange. A rule is called only where what it is about is present: a problem, a field, a
// status, a method; so the time goes with the message, not with the number of rules.
#include <algorithm>
#include <array>
#include <list>
#include <map>
#include <string>

#include "base/sort.h"
#include "checks.h"
#include "lint/rules.h"
#include "statuslab/parse.h"

#ifdef STATUSLAB_PROFILE
#include "lint/profile.h"
#endif

namespace statuslab {
namespace lint {
namespace {

#include "rule_table.inc"
#include "rule_dispatch.inc"
// of the field n: from field_rules_begin[n] up to the next one's
static_assert(field_rules_begin.size() == field_count + 2 && field_rules_begin.back() == field_rules.size());

// Whether a rule for messages on `sides` is not for this one.
Sides other_side(const Message& message) { return message.is_request() ? Sides::response : Sides::request; }

class Runner {
 public:
  Runner(LintResult& result, const LintOptions& options) : result_(result), options_(options) {}

  void run(const MessageView& message) {
    Reporter reporter(result_.findings, message);
    reporter_ = &reporter;
    run_problems(message);
    run_fields(message, message.headers(), false);
    run_fields(message, message.trailers(), true);
    if (message->is_response())
      run_status(message);
    else
      run_method(message);
    const Sides other = other_side(message.message());
    for (const MessageRule& rule : message_rules)
      if (rule_rows[rule.rule].sides != other) call(rule_checks[rule.rule].message, rule.rule, message);
    run_content(message);
    if (message->is_response() && message->status / 100 != 1 && message.request() != nullptr) {
      const ExchangeView& exchange = add_exchange(message);
      for (const ExchangeRule& rule : exchange_rules) call(rule_checks[rule.rule].exchange, rule.rule, exchange);
      if (exchange.previous == nullptr) return;
      for (const ExchangesRule& rule : exchanges_rules) call(rule_checks[rule.rule].exchange, rule.rule, exchange);
    }
  }

 private:
  template <class Check, class View>
  void call(Check check, std::uint16_t rule, const View& view) {
    Severity severity = rule_rows[rule].severity;
    if (!runs(rule, severity)) return;
    reporter_->bind(rule, severity);
#ifdef STATUSLAB_PROFILE
    const profile::Timer timer(rule);
#endif
    check(view, *reporter_);
    ++result_.checks;
  }

  // False for a rule that is not to run. `severity`: its own, then that at which it runs.
  [[nodiscard]] bool runs(std::uint16_t rule, Severity& severity) const {
    const bool is_fine = severity == Severity::fine;
    if (is_fine && !options_.explain) return false;
    if (rule >= options_.levels.size()) return true;
    const Level level = options_.levels[rule];
    if (level != Level::own && !is_fine) severity = static_cast<Severity>(static_cast<int>(level) - static_cast<int>(Level::error));
    return level != Level::off;
  }

  // Most texts hold one exchange; its target is compared with nothing and not worked out.
  const ExchangeView& add_exchange(const MessageView& response) {
    const ExchangeView* const first = exchanges_.empty() ? nullptr : &exchanges_.front();
    ExchangeView& exchange = exchanges_.emplace_back(ExchangeView{*response.request(), response});
    if (first == nullptr) return exchange;
    if (exchanges_.size() == 2) latest_[key(first->request)] = first;
    const std::string target = key(exchange.request);
    if (target.empty()) return exchange;
    const ExchangeView*& latest = latest_[target];
    exchange.previous = latest;
    latest = &exchange;
    return exchange;
  }

  static std::string key(const MessageView& request) {
    const auto uri = request.target_uri();
    if (!uri) return {};
    return uri->authority + uri->path + (uri->query ? '?' + *uri->query : std::string());
  }

  void run_problems(const MessageView& message) {
    for (const Problem& problem : message->problems) {
      const ProblemView view{problem.kind, problem.span, message};
      for (const ProblemRule& rule : problem_rules)
        if (rule.kind == problem.kind) call(rule_checks[rule.rule].problem, rule.rule, view);
    }
  }

  void run_fields(const MessageView& message, const MessageView::Section& section, bool trailer) {
    const Sides other = other_side(message.message());
    for (const MessageView::Group& group : section.groups) {
      const FieldView field = message.view(group, trailer);
      if (structured_type(group.id)) run_structured(field);
      const std::size_t id = static_cast<std::size_t>(group.id);
      for (std::size_t i = field_rules_begin[id], end = field_rules_begin[id + 1]; i < end; ++i)
        if (const std::uint16_t rule = field_rules[i]; rule_rows[rule].sides != other) call(rule_checks[rule].field, rule, field);
    }
  }

  // Rules of a kind see what the type says: whole, and without codings.
  void run_content(const MessageView& message) {
    if (message->content.empty()) return;
    const ContentView& content = message.content();
    if (content.size() == 0) return;
    const ContentView* const opened = content.is_whole() ? content.opened() : nullptr;
    for (const ContentRule& rule : content_rules) {
      if (rule.kind == ContentKind::any) call(rule_checks[rule.rule].content, rule.rule, content);
      else if (opened != nullptr && rule.kind == content.kind()) call(rule_checks[rule.rule].content, rule.rule, *opened);
    }
  }

  void run_structured(const FieldView& field) {
    const StructuredView& view = field.structured();
    for (const StructuredRule& rule : structured_rules) call(rule_checks[rule.rule].structured, rule.rule, view);
  }

  void run_status(const MessageView& message) {
    // Sorted by their first status: those of the whole class stand before those of its codes.
    const unsigned status = message->status;
    auto rule = std::lower_bound(status_rules.begin(), status_rules.end(), status / 100 * 100,
                                 [](const StatusRule& r, unsigned first) { return r.first < first; });
    for (; rule != status_rules.end() && rule->first <= status; ++rule)
      if (status <= rule->last) call(rule_checks[rule->rule].message, rule->rule, message);
  }

  void run_method(const MessageView& message) {
    const std::string_view method = message.method();
    for (const MethodRule& rule : method_rules)
      if (rule.method == method) call(rule_checks[rule.rule].message, rule.rule, message);
  }

  LintResult& result_;
  const LintOptions& options_;
  Reporter* reporter_ = nullptr;  // of the message that is looked at
  std::list<ExchangeView> exchanges_;
  std::map<std::string, const ExchangeView*> latest_;  // by target URI
};

// There is room for as many from the beginning.
constexpr std::size_t customary_findings = 16;

std::vector<AnswerTo> answers(const std::vector<Message>& requests, std::string_view text) {
  std::vector<AnswerTo> result;
  for (const Message& request : requests)
    if (request.is_request()) result.push_back(answer_to(request, text));
  return result;
}

bool is_final(const Message& message) {
  return message.is_response() && (message.status / 100 != 1 || message.status == 101);
}

// What a client does after this on its own: it sends another request, which the texts may leave out.
bool is_followed_up(const Message& message) {
  return message.status / 100 == 3 || message.status == 401 || message.status == 407;
}

// Makes the views of one text and pairs the n-th final response, with the interim ones before it, with the n-th request.
void add_views(const Texts& texts, const std::vector<Message>& messages, Side side, Scheme scheme,
               std::optional<std::int64_t> now, std::vector<const MessageView*>& requests,
               std::list<MessageView>& views) {
  std::size_t finals = 0;
  std::uint32_t index = 0;
  bool followed_up = false;
  for (const Message& message : messages) {
    const MessageView* request = message.is_response() && finals < requests.size() ? requests[finals] : nullptr;
    const bool unasked = message.is_response() && request == nullptr && !requests.empty() && !followed_up;
    const MessageView& view = views.emplace_back(texts, message, side, index++, scheme, request, now, unasked);
    if (message.is_request()) requests.push_back(&view);
    if (!is_final(message)) continue;
    ++finals;
    followed_up = followed_up || is_followed_up(message);
  }
}

Texts texts_of(std::string_view given, const std::optional<std::string>& unfolded) {
  return {given, unfolded ? std::string_view(*unfolded) : given};
}

bool before(const Finding& a, const Finding& b) {
  if (a.on != b.on) return a.on < b.on;
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  if (a.severity != b.severity) return a.severity < b.severity;
  if (a.rule != b.rule) return a.rule < b.rule;
  return a.span.end < b.span.end;
}

}  // namespace

std::span<const Rule> rules() { return rule_rows; }

}  // namespace lint

namespace {

// The messages of both texts. Views borrow from it and from `result`.
struct Reading {
  Reading(const Exchange& exchange, std::optional<std::int64_t> now, LintResult& result) {
    using namespace lint;
    std::vector<const MessageView*> requests;
    std::vector<AnswerTo> answered;
    if (exchange.request) {
      result.request = parse(*exchange.request, {.expect = MessageKind::request, .answers = {}, .content = exchange.content});
      answered = answers(result.request, *exchange.request);
      unfolded_request = unfold(*exchange.request, result.request);
      add_views(texts_of(*exchange.request, unfolded_request), result.request, Side::request, exchange.scheme, now, requests, views);
    }
    if (exchange.response) {
      result.response = parse(*exchange.response, {.expect = MessageKind::response, .answers = answered, .content = exchange.content});
      unfolded_response = unfold(*exchange.response, result.response);
      add_views(texts_of(*exchange.response, unfolded_response), result.response, Side::response, exchange.scheme, now, requests, views);
    }
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  std::optional<std::string> unfolded_request;
  std::optional<std::string> unfolded_response;
  std::list<lint::MessageView> views;
};

}  // namespace

LintResult lint_exchange(const Exchange& exchange, const LintOptions& options) {
  LintResult result;
  Reading reading(exchange, options.now, result);
  for (const DecodedContent& decoded : exchange.decoded)
    for (lint::MessageView& view : reading.views)
      if (view.side() == decoded.side && view.index() == decoded.index) view.set_decoded(decoded);
  result.findings.reserve(lint::customary_findings);
  lint::Runner runner(result, options);
  for (const lint::MessageView& view : reading.views) runner.run(view);
  sort(result.findings, [](const Finding& a, const Finding& b) { return lint::before(a, b); });
  return result;
}

std::vector<CodedContent> coded_contents(const Exchange& exchange) {
  LintResult messages;
  const Reading reading(exchange, std::nullopt, messages);
  std::vector<CodedContent> found;
  for (const lint::MessageView& view : reading.views) {
    if (!view.has(FieldId::content_encoding)) continue;
    const lint::ContentView& content = view.content();
    if (content.size() != 0 && content.is_whole() && content.is_as_sent() && !content.codings().empty())
      found.push_back({view.side(), view.index(), content.codings(), content.parts()});
  }
  return found;
}

std::string_view rule_id(std::uint16_t rule) {
  const std::size_t begin = lint::rule_rows[rule].id;
  const std::size_t next = rule + 1U;
  return lint::rule_ids.substr(begin, (next < rule_count() ? lint::rule_rows[next].id : lint::rule_ids.size()) - begin);
}
std::string_view rule_family(std::uint16_t rule) { return lint::rule_families[lint::rules()[rule].family]; }
Severity rule_severity(std::uint16_t rule) { return lint::rules()[rule].severity; }
std::size_t rule_count() { return lint::rules().size(); }
std::size_t fix_count(std::uint16_t rule) { return lint::rules()[rule].fixes; }

std::string apply_edits(std::string_view text, std::vector<Edit> edits) {
  sort(edits, [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::string result(text);
  std::size_t limit = text.size();
  for (auto edit = edits.rbegin(); edit != edits.rend(); ++edit) {
    if (edit->span.end > limit) continue;
    result.replace(edit->span.begin, edit->span.size(), edit->text);
    limit = edit->span.begin;
  }
  return result;
}

}  // namespace statuslab
