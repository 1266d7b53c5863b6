#include "base/digest.h"

#include <array>
#include <cstdint>

#include "base/ascii.h"

namespace statuslab {
namespace {

// FIPS 180-4 sections 4.2.3 and 5.3.5: the first 64 bits of the fractional parts of the cube roots of the first eighty
// primes, and of the square roots of the first eight. SHA-256 has the first 32 of them.
constexpr std::array<std::uint64_t, 80> cube_roots{
    0x428A2F98D728AE22, 0x7137449123EF65CD, 0xB5C0FBCFEC4D3B2F, 0xE9B5DBA58189DBBC,
    0x3956C25BF348B538, 0x59F111F1B605D019, 0x923F82A4AF194F9B, 0xAB1C5ED5DA6D8118,
    0xD807AA98A3030242, 0x12835B0145706FBE, 0x243185BE4EE4B28C, 0x550C7DC3D5FFB4E2,
    0x72BE5D74F27B896F, 0x80DEB1FE3B1696B1, 0x9BDC06A725C71235, 0xC19BF174CF692694,
    0xE49B69C19EF14AD2, 0xEFBE4786384F25E3, 0x0FC19DC68B8CD5B5, 0x240CA1CC77AC9C65,
    0x2DE92C6F592B0275, 0x4A7484AA6EA6E483, 0x5CB0A9DCBD41FBD4, 0x76F988DA831153B5,
    0x983E5152EE66DFAB, 0xA831C66D2DB43210, 0xB00327C898FB213F, 0xBF597FC7BEEF0EE4,
    0xC6E00BF33DA88FC2, 0xD5A79147930AA725, 0x06CA6351E003826F, 0x142929670A0E6E70,
    0x27B70A8546D22FFC, 0x2E1B21385C26C926, 0x4D2C6DFC5AC42AED, 0x53380D139D95B3DF,
    0x650A73548BAF63DE, 0x766A0ABB3C77B2A8, 0x81C2C92E47EDAEE6, 0x92722C851482353B,
    0xA2BFE8A14CF10364, 0xA81A664BBC423001, 0xC24B8B70D0F89791, 0xC76C51A30654BE30,
    0xD192E819D6EF5218, 0xD69906245565A910, 0xF40E35855771202A, 0x106AA07032BBD1B8,
    0x19A4C116B8D2D0C8, 0x1E376C085141AB53, 0x2748774CDF8EEB99, 0x34B0BCB5E19B48A8,
    0x391C0CB3C5C95A63, 0x4ED8AA4AE3418ACB, 0x5B9CCA4F7763E373, 0x682E6FF3D6B2B8A3,
    0x748F82EE5DEFB2FC, 0x78A5636F43172F60, 0x84C87814A1F0AB72, 0x8CC702081A6439EC,
    0x90BEFFFA23631E28, 0xA4506CEBDE82BDE9, 0xBEF9A3F7B2C67915, 0xC67178F2E372532B,
    0xCA273ECEEA26619C, 0xD186B8C721C0C207, 0xEADA7DD6CDE0EB1E, 0xF57D4F7FEE6ED178,
    0x06F067AA72176FBA, 0x0A637DC5A2C898A6, 0x113F9804BEF90DAE, 0x1B710B35131C471B,
    0x28DB77F523047D84, 0x32CAAB7B40C72493, 0x3C9EBE0A15C9BEBC, 0x431D67C49C100D4C,
    0x4CC5D4BECB3E42B6, 0x597F299CFC657E2A, 0x5FCB6FAB3AD6FAEC, 0x6C44198C4A475817,
};
constexpr std::array<std::uint64_t, 8> square_roots{
    0x6A09E667F3BCC908, 0xBB67AE8584CAA73B, 0x3C6EF372FE94F82B, 0xA54FF53A5F1D36F1,
    0x510E527FADE682D1, 0x9B05688C2B3E6C1F, 0x1F83D9ABFB41BD6B, 0x5BE0CD19137E2179,
};
// RFC 1321 section 3.4: 4294967296 times abs(sin(i)), i in radians.
constexpr std::array<std::uint32_t, 64> sines{
    0xD76AA478, 0xE8C7B756, 0x242070DB, 0xC1BDCEEE, 0xF57C0FAF, 0x4787C62A, 0xA8304613, 0xFD469501,
    0x698098D8, 0x8B44F7AF, 0xFFFF5BB1, 0x895CD7BE, 0x6B901122, 0xFD987193, 0xA679438E, 0x49B40821,
    0xF61E2562, 0xC040B340, 0x265E5A51, 0xE9B6C7AA, 0xD62F105D, 0x02441453, 0xD8A1E681, 0xE7D3FBC8,
    0x21E1CDE6, 0xC33707D6, 0xF4D50D87, 0x455A14ED, 0xA9E3E905, 0xFCEFA3F8, 0x676F02D9, 0x8D2A4C8A,
    0xFFFA3942, 0x8771F681, 0x6D9D6122, 0xFDE5380C, 0xA4BEEA44, 0x4BDECFA9, 0xF6BB4B60, 0xBEBFBC70,
    0x289B7EC6, 0xEAA127FA, 0xD4EF3085, 0x04881D05, 0xD9D4D039, 0xE6DB99E5, 0x1FA27CF8, 0xC4AC5665,
    0xF4292244, 0x432AFF97, 0xAB9423A7, 0xFC93A039, 0x655B59C3, 0x8F0CCC92, 0xFFEFF47D, 0x85845DD1,
    0x6FA87E4F, 0xFE2CE6E0, 0xA3014314, 0x4E0811A1, 0xF7537E82, 0xBD3AF235, 0x2AD7D2BB, 0xEB86D391,
};

template <class Word>
constexpr Word rotate_right(Word x, int n) {
  return static_cast<Word>(x >> n | x << (sizeof(Word) * 8 - static_cast<unsigned>(n)));
}

template <class Word>
Word read_big(const unsigned char* p) {
  Word word = 0;
  for (std::size_t i = 0; i < sizeof(Word); ++i) word = static_cast<Word>(word << 8 | p[i]);
  return word;
}

// The numbers of FIPS 180-4 sections 4.1.2 and 4.1.3.
template <class Word>
struct Sha2;
template <>
struct Sha2<std::uint32_t> {
  static constexpr int rounds = 64, a[3]{2, 13, 22}, e[3]{6, 11, 25}, s0[3]{7, 18, 3}, s1[3]{17, 19, 10};
};
template <>
struct Sha2<std::uint64_t> {
  static constexpr int rounds = 80, a[3]{28, 34, 39}, e[3]{14, 18, 41}, s0[3]{1, 8, 7}, s1[3]{19, 61, 6};
};

template <class Word>
constexpr Word top(std::uint64_t constant) {
  return static_cast<Word>(constant >> (64 - sizeof(Word) * 8));
}

template <class Word>
void sha2_block(std::array<Word, 8>& state, const unsigned char* block) {
  using S = Sha2<Word>;
  std::array<Word, 80> w{};
  for (std::size_t i = 0; i < 16; ++i) w[i] = read_big<Word>(block + i * sizeof(Word));
  for (std::size_t i = 16; i < S::rounds; ++i) {
    const Word x = w[i - 15];
    const Word y = w[i - 2];
    const Word s0 = rotate_right(x, S::s0[0]) ^ rotate_right(x, S::s0[1]) ^ x >> S::s0[2];
    const Word s1 = rotate_right(y, S::s1[0]) ^ rotate_right(y, S::s1[1]) ^ y >> S::s1[2];
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  std::array<Word, 8> v = state;
  for (std::size_t i = 0; i < S::rounds; ++i) {
    const Word a = v[0];
    const Word e = v[4];
    const Word sum1 = rotate_right(e, S::e[0]) ^ rotate_right(e, S::e[1]) ^ rotate_right(e, S::e[2]);
    const Word t1 = v[7] + sum1 + ((e & v[5]) ^ (~e & v[6])) + top<Word>(cube_roots[i]) + w[i];
    const Word sum0 = rotate_right(a, S::a[0]) ^ rotate_right(a, S::a[1]) ^ rotate_right(a, S::a[2]);
    const Word t2 = sum0 + ((a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]));
    for (std::size_t k = 7; k > 0; --k) v[k] = v[k - 1];
    v[4] += t1;
    v[0] = t1 + t2;
  }
  for (std::size_t i = 0; i < 8; ++i) state[i] += v[i];
}

void md5_block(std::array<std::uint32_t, 4>& state, const unsigned char* block) {
  constexpr int shifts[4][4]{{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
  std::array<std::uint32_t, 16> m{};
  for (std::size_t i = 0; i < 64; ++i) m[i / 4] |= static_cast<std::uint32_t>(block[i]) << i % 4 * 8;
  std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (std::uint32_t i = 0; i < 64; ++i) {
    std::uint32_t f = 0, g = 0;
    switch (i / 16) {
      case 0: f = (b & c) | (~b & d), g = i; break;
      case 1: f = (d & b) | (~d & c), g = (5 * i + 1) % 16; break;
      case 2: f = b ^ c ^ d, g = (3 * i + 5) % 16; break;
      default: f = c ^ (b | ~d), g = 7 * i % 16; break;
    }
    const std::uint32_t sum = a + f + sines[i] + m[g];
    a = d, d = c, c = b;
    b += rotate_right(sum, 32 - shifts[i / 16][i % 4]);
  }
  state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

// Blocks of the text, then padding: a one bit, zeros, and the length in bits in the last bytes.
template <std::size_t block_size, std::size_t length_size, class Block>
void each_block(std::string_view text, bool big_endian, Block block) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t rest = text.size();
  for (; rest >= block_size; rest -= block_size, bytes += block_size) block(bytes);
  std::array<unsigned char, 2 * block_size> tail{};
  for (std::size_t i = 0; i < rest; ++i) tail[i] = bytes[i];
  tail[rest] = 0x80;
  const std::size_t size = rest + 1 + length_size <= block_size ? block_size : 2 * block_size;
  std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 8;
  for (std::size_t i = 0; i < 8; ++i, bits >>= 8)
    tail[big_endian ? size - 1 - i : size - 8 + i] = static_cast<unsigned char>(bits);
  for (std::size_t at = 0; at < size; at += block_size) block(tail.data() + at);
}

template <class Word>
std::string sha2(std::string_view text) {
  std::array<Word, 8> state{};
  for (std::size_t i = 0; i < 8; ++i) state[i] = top<Word>(square_roots[i]);
  each_block<16 * sizeof(Word), 2 * sizeof(Word)>(text, true, [&](const unsigned char* b) { sha2_block<Word>(state, b); });
  std::string digest;
  for (const Word word : state)
    for (std::size_t i = sizeof(Word); i > 0; --i) digest += static_cast<char>(word >> (i - 1) * 8 & 0xFF);
  return digest;
}

}  // namespace

std::string sha256(std::string_view text) { return sha2<std::uint32_t>(text); }
std::string sha512(std::string_view text) { return sha2<std::uint64_t>(text); }

std::string md5(std::string_view text) {
  std::array<std::uint32_t, 4> state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476};
  each_block<64, 8>(text, false, [&](const unsigned char* b) { md5_block(state, b); });
  std::string digest;
  for (const std::uint32_t word : state)
    for (std::uint32_t i = 0; i < 4; ++i) digest += static_cast<char>(word >> i * 8 & 0xFF);
  return digest;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    const std::size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (k < count ? ascii::byte(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= count ? alphabet[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

}  // namespace statuslab
