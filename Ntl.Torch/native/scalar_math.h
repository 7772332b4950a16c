// Elementary functions written so that the compiler can run a loop of them in vector registers; no call, no branch.
#pragma once

#include <cstdint>
#include <cstring>

// A kernel is compiled for several instruction sets; the best that the machine has is taken when the library is loaded.
#if defined(__x86_64__)
#define NTL_VECTORIZED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define NTL_VECTORIZED
#endif
#define NTL_INLINE static inline __attribute__((always_inline))

namespace ntl {

NTL_INLINE float as_float(uint32_t bits) {
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

NTL_INLINE uint32_t as_bits(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

// eˣ within 2 units in the last place; 0 below −87, the largest finite power above 88.
// x = n·ln 2 + r with |r| ≤ ln 2 / 2; eʳ by its Taylor polynomial of degree 7, 2ⁿ through the exponent's bits.
NTL_INLINE float exp(float x) {
    constexpr float log2e = 1.44269504f, ln2_high = 0.693145752f, ln2_low = 1.42860677e-6f;
    constexpr float round_by_adding = 12582912.0f;  // 1.5·2²³: the sum's low bits are the nearest whole number
    constexpr float lowest = -87.0f, highest = 88.0f;
    const float bounded = x < lowest ? lowest : x > highest ? highest : x;
    const float shifted = bounded * log2e + round_by_adding;
    const float n = shifted - round_by_adding;
    const float r = (bounded - n * ln2_high) - n * ln2_low;
    float p = 1.0f / 5040;
    p = p * r + 1.0f / 720;
    p = p * r + 1.0f / 120;
    p = p * r + 1.0f / 24;
    p = p * r + 1.0f / 6;
    p = p * r + 0.5f;
    p = p * r + 1.0f;
    p = p * r + 1.0f;
    const float power = as_float((as_bits(shifted) << 23) + 0x3f800000u);  // the shift leaves n alone of the low bits
    return x < lowest ? 0.0f : p * power;
}

// bfloat16 is the upper half of a float; to nearest, ties to even. NaN stays NaN.
NTL_INLINE float widen(uint16_t value) { return as_float(static_cast<uint32_t>(value) << 16); }
NTL_INLINE uint16_t narrow(float value) {
    const uint32_t bits = as_bits(value);
    const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
    return static_cast<uint16_t>(value != value ? 0x7fc0u : rounded);
}

NTL_INLINE float load(const float* from) { return *from; }
NTL_INLINE float load(const uint16_t* from) { return widen(*from); }
NTL_INLINE void store(float* into, float value) { *into = value; }
NTL_INLINE void store(uint16_t* into, float value) { *into = narrow(value); }

}  // namespace ntl
