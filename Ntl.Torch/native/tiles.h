// The tile unit of x86 processors (AMX): products of 32 × 32 blocks of bfloat16, summed in single precision.
//
// "Paired" is the form in which the unit wants a product's right factor: rows 2i and 2i + 1 side by side, element by element,
// in 32-bit words: (K, N) halves become (K/2, N) words.
#pragma once

#if defined(__x86_64__) && defined(__GNUC__)
#define NTL_HAS_TILES 1
#include <immintrin.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

#define NTL_TILES __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512bf16,amx-tile,amx-bf16,fma")))
#define NTL_TILES_INLINE NTL_TILES static inline

namespace ntl::tiles {

constexpr int64_t block = 32;  // rows or columns at a time: two tiles
constexpr int64_t lanes = 16;  // floats in a register, rows of a tile

// The kernel hands the tile registers out on request only.
inline bool granted_now() {
    constexpr long request_permission = 0x1023, tile_data = 18;
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("amx-bf16") && __builtin_cpu_supports("avx512dq")
        && syscall(SYS_arch_prctl, request_permission, tile_data) == 0;
}

inline bool available() {
    static const bool granted = granted_now();
    return granted;
}

// Eight tiles of 16 rows of 64 bytes. In static memory, as the compiler does not know that all of it is read.
struct Configuration {
    uint8_t palette = 1, start_row = 0, reserved[14] = {};
    uint16_t bytes_a_row[16] = {64, 64, 64, 64, 64, 64, 64, 64};
    uint8_t rows[16] = {16, 16, 16, 16, 16, 16, 16, 16};
};
alignas(64) inline const Configuration configuration;

// The thread's tile registers, for as long as it computes.
struct Tiles {
    NTL_TILES Tiles() { _tile_loadconfig(&configuration); }
    NTL_TILES ~Tiles() { _tile_release(); }
};

// c (m, n) = a (m, k) · b (k, n, paired); m and n multiples of 32, k of 32. Strides in elements of each.
NTL_TILES_INLINE void multiply(
    const uint16_t* a, int64_t a_stride, const uint32_t* b, int64_t b_stride, float* c, int64_t c_stride, int64_t m, int64_t n, int64_t k) {
    for (int64_t i = 0; i < m; i += block) {
        for (int64_t j = 0; j < n; j += block) {
            _tile_zero(0);
            _tile_zero(1);
            _tile_zero(2);
            _tile_zero(3);
            for (int64_t p = 0; p < k; p += block) {
                const uint16_t* rows = a + i * a_stride + p;
                const uint32_t* pairs = b + p / 2 * b_stride + j;
                _tile_loadd(4, rows, a_stride * 2);
                _tile_loadd(5, rows + lanes * a_stride, a_stride * 2);
                _tile_loadd(6, pairs, b_stride * 4);
                _tile_loadd(7, pairs + lanes, b_stride * 4);
                _tile_dpbf16ps(0, 4, 6);
                _tile_dpbf16ps(1, 4, 7);
                _tile_dpbf16ps(2, 5, 6);
                _tile_dpbf16ps(3, 5, 7);
            }
            float* into = c + i * c_stride + j;
            _tile_stored(0, into, c_stride * 4);
            _tile_stored(1, into + lanes, c_stride * 4);
            _tile_stored(2, into + lanes * c_stride, c_stride * 4);
            _tile_stored(3, into + lanes * c_stride + lanes, c_stride * 4);
        }
    }
}

NTL_TILES_INLINE __m256i halves(__m512 values) { return (__m256i)_mm512_cvtneps_pbh(values); }

// Element by element: low in the word's lower half, high in its upper.
NTL_TILES_INLINE __m512i paired(__m256i low, __m256i high) {
    return _mm512_or_si512(_mm512_cvtepu16_epi32(low), _mm512_slli_epi32(_mm512_cvtepu16_epi32(high), 16));
}

NTL_TILES_INLINE __m256i load_halves(const uint16_t* from) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)); }

// 16 × 16 words, transposed: by pairs of words, of double words, of quarters.
NTL_TILES_INLINE void transpose(__m512i r[lanes]) {
    __m512i t[lanes];
    for (int i = 0; i < lanes; i += 2) {
        t[i] = _mm512_unpacklo_epi32(r[i], r[i + 1]);
        t[i + 1] = _mm512_unpackhi_epi32(r[i], r[i + 1]);
    }
    for (int i = 0; i < lanes; i += 4) {
        r[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
        r[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
        r[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
        r[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
    }
    for (int i = 0; i < 4; i++) {
        t[i] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0x88);
        t[i + 4] = _mm512_shuffle_i32x4(r[i], r[i + 4], 0xdd);
        t[i + 8] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0x88);
        t[i + 12] = _mm512_shuffle_i32x4(r[i + 8], r[i + 12], 0xdd);
    }
    for (int i = 0; i < 4; i++) {
        r[i] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0x88);
        r[i + 4] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0x88);
        r[i + 8] = _mm512_shuffle_i32x4(t[i], t[i + 8], 0xdd);
        r[i + 12] = _mm512_shuffle_i32x4(t[i + 4], t[i + 12], 0xdd);
    }
}

// (length, D) halves → its transpose (D, length): as a right factor, paired; and, if asked for, as a left factor, plain.
NTL_TILES_INLINE void transpose(const uint16_t* from, int64_t stride, int64_t length, int64_t width, uint32_t* pairs, uint16_t* plain) {
    for (int64_t j = 0; j < length; j += lanes) {
        for (int64_t p = 0; p < width / 2; p += lanes) {
            __m512i words[lanes];
            for (int64_t i = 0; i < lanes; i++) words[i] = _mm512_loadu_si512(from + (j + i) * stride + 2 * p);
            transpose(words);
            for (int64_t i = 0; i < lanes; i++) {
                if (pairs != nullptr) _mm512_storeu_si512(pairs + (p + i) * length + j, words[i]);
                if (plain != nullptr) {
                    auto* rows = reinterpret_cast<__m256i*>(plain + 2 * (p + i) * length + j);
                    _mm256_storeu_si256(rows, _mm512_cvtepi32_epi16(words[i]));
                    _mm256_storeu_si256(
                        reinterpret_cast<__m256i*>(plain + (2 * (p + i) + 1) * length + j), _mm512_cvtepi32_epi16(_mm512_srli_epi32(words[i], 16)));
                }
            }
        }
    }
}

// (length, D) halves → paired, as a right factor.
NTL_TILES_INLINE void pair(const uint16_t* from, int64_t stride, int64_t length, int64_t width, uint32_t* pairs) {
    for (int64_t i = 0; i < length; i += 2) {
        for (int64_t d = 0; d < width; d += lanes) {
            const auto words = paired(load_halves(from + i * stride + d), load_halves(from + (i + 1) * stride + d));
            _mm512_storeu_si512(pairs + i / 2 * width + d, words);
        }
    }
}

}  // namespace ntl::tiles

#endif
