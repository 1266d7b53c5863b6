// Finds the first byte that a field value may not simply contain: everything but HTAB, SP and VCHAR
// (RFC 9110 section 5.5), so line endings, controls and bytes above 0x7E. 16 bytes a step where the target has it.
#pragma once

#include "base/ascii.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__wasm_simd128__)
#include <wasm_simd128.h>
#endif

namespace statuslab {

[[nodiscard]] inline bool is_plain(char c) {
  const unsigned char b = ascii::byte(c);
  return (b >= 0x20 && b < 0x7F) || b == '\t';
}

// `end` where there is none.
[[nodiscard]] inline const char* find_special(const char* p, const char* end) {
  // As signed bytes, both controls and bytes above 0x7F are below 0x20.
#if defined(__SSE2__)
  while (end - p >= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20));
    const __m128i tab = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\t'));
    const __m128i del = _mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F));
    const int mask = _mm_movemask_epi8(_mm_or_si128(_mm_andnot_si128(tab, low), del));
    if (mask != 0) return p + __builtin_ctz(static_cast<unsigned>(mask));
    p += 16;
  }
#elif defined(__wasm_simd128__)
  while (end - p >= 16) {
    const v128_t bytes = wasm_v128_load(p);
    const v128_t low = wasm_i8x16_lt(bytes, wasm_i8x16_splat(0x20));
    const v128_t tab = wasm_i8x16_eq(bytes, wasm_i8x16_splat('\t'));
    const v128_t del = wasm_i8x16_eq(bytes, wasm_i8x16_splat(0x7F));
    const unsigned mask = wasm_i8x16_bitmask(wasm_v128_or(wasm_v128_andnot(low, tab), del));
    if (mask != 0) return p + __builtin_ctz(mask);
    p += 16;
  }
#endif
  while (p != end && is_plain(*p)) ++p;
  return p;
}

#if defined(__SSE2__)
// One bit for each of 16 bytes: set where it is no letter and no "-". As signed bytes, "a" to "z" moved up to 127 are
// greater than everything else.
[[nodiscard]] inline unsigned not_of_a_name(const char* p) {
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
  const __m128i other = _mm_cmplt_epi8(_mm_add_epi8(lower, _mm_set1_epi8(127 - 'z')), _mm_set1_epi8(127 - 25));
  const __m128i dash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('-'));
  return static_cast<unsigned>(_mm_movemask_epi8(_mm_andnot_si128(dash, other)));
}
#elif defined(__wasm_simd128__)
[[nodiscard]] inline unsigned not_of_a_name(const char* p) {
  const v128_t bytes = wasm_v128_load(p);
  const v128_t lower = wasm_v128_or(bytes, wasm_i8x16_splat(0x20));
  const v128_t other = wasm_i8x16_lt(wasm_i8x16_add(lower, wasm_i8x16_splat(127 - 'z')), wasm_i8x16_splat(127 - 25));
  const v128_t dash = wasm_i8x16_eq(bytes, wasm_i8x16_splat('-'));
  return wasm_i8x16_bitmask(wasm_v128_andnot(other, dash));
}
#endif

// Finds the first byte that is not a tchar: the end of a field name. Nearly all names are letters and "-".
[[nodiscard]] inline const char* find_token_end(const char* p, const char* end) {
#if defined(__SSE2__) || defined(__wasm_simd128__)
  while (end - p >= 16) {
    const unsigned other = not_of_a_name(p);
    if (other == 0) {
      p += 16;
      continue;
    }
    p += __builtin_ctz(other);
    if (*p == ':') return p;
    break;
  }
#endif
  while (p != end && ascii::is_tchar(*p)) ++p;
  return p;
}

}  // namespace statuslab
