// Causal attention in bfloat16 on the tile unit. A thread computes whole heads; the scores of 32 queries at a time live in its cache,
// keys after the queries are not computed at all, and the backward pass computes the weights again from `kept`.
//
// Legend: T queries and keys, D width of a head; both multiples of 32. S scores, P weights, O output; dX gradient of X. For "paired", see tiles.h.
#include "attention.h"
#include "tiles.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>
#include <memory>

#if NTL_HAS_TILES

namespace {

using namespace ntl::tiles;

// Floats (length, D) → halves.
NTL_TILES_INLINE void write(const float* from, int64_t length, int64_t width, uint16_t* into, int64_t stride) {
    for (int64_t i = 0; i < length; i++) {
        for (int64_t d = 0; d < width; d += lanes) {
            _mm256_storeu_si256(reinterpret_cast<__m256i*>(into + i * stride + d), halves(_mm512_loadu_ps(from + i * width + d)));
        }
    }
}

// Floats (D, 32) → halves (32, D).
NTL_TILES_INLINE void write_transposed(const float* from, int64_t width, uint16_t* into, int64_t stride) {
    for (int64_t j = 0; j < block; j += lanes) {
        for (int64_t d = 0; d < width; d += lanes) {
            __m512i words[lanes];
            for (int64_t i = 0; i < lanes; i++) words[i] = _mm512_loadu_si512(from + (d + i) * block + j);
            transpose(words);
            for (int64_t i = 0; i < lanes; i++) {
                _mm256_storeu_si256(reinterpret_cast<__m256i*>(into + (j + i) * stride + d), halves(_mm512_castsi512_ps(words[i])));
            }
        }
    }
}

// eˣ for x ≤ 0 (and a little above): 2ⁿ·eʳ with |r| ≤ ln 2 / 2, eʳ to degree 5: 2e-6, far below bfloat16's 4e-3.
NTL_TILES_INLINE __m512 exponential(__m512 x) {
    const __m512 floor_of_range = _mm512_set1_ps(-87.0f);
    x = _mm512_max_ps(x, floor_of_range);
    const __m512 n = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)), _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512 r = _mm512_fnmadd_ps(n, _mm512_set1_ps(0.693147181f), x);
    __m512 p = _mm512_set1_ps(1.0f / 120);
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f / 24));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f / 6));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.5f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f));
    p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(1.0f));
    return _mm512_scalef_ps(p, n);
}

// The lanes of columns j … j + 15 that a query may see.
NTL_TILES_INLINE __mmask16 visible(int64_t seen, int64_t j) {
    const int64_t left = seen - j;
    return left >= lanes ? 0xffff : left <= 0 ? 0 : static_cast<__mmask16>((1u << left) - 1);
}

// A row of scores → weights as halves; returns log Σ eˢ of the scaled scores. Columns from `seen` to `length` become 0.
NTL_TILES_INLINE float softmax(float* scores, int64_t seen, int64_t length, float scale, uint16_t* weights) {
    __m512 highest = _mm512_set1_ps(-INFINITY);
    for (int64_t j = 0; j < length; j += lanes) {
        highest = _mm512_mask_max_ps(highest, visible(seen, j), highest, _mm512_loadu_ps(scores + j));
    }
    const float top = _mm512_reduce_max_ps(highest) * scale;
    const __m512 factor = _mm512_set1_ps(scale), shift = _mm512_set1_ps(top);
    __m512 sum = _mm512_setzero_ps();
    for (int64_t j = 0; j < length; j += lanes) {
        const __m512 power = _mm512_maskz_mov_ps(visible(seen, j), exponential(_mm512_fmsub_ps(_mm512_loadu_ps(scores + j), factor, shift)));
        _mm512_storeu_ps(scores + j, power);
        sum = _mm512_add_ps(sum, power);
    }
    const float total = _mm512_reduce_add_ps(sum);
    const __m512 inverse = _mm512_set1_ps(1 / total);
    for (int64_t j = 0; j < length; j += lanes) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(weights + j), halves(_mm512_mul_ps(_mm512_loadu_ps(scores + j), inverse)));
    }
    return top + std::log(total);
}

struct Weighted {
    __m512 weight, gradient;
};

// P and dS = scale·P·(dP − δ) of one query's columns j … j + 15.
NTL_TILES_INLINE Weighted differentiate(const float* scores, const float* outer, __mmask16 seen, float scale, float log_sum, float delta) {
    const __m512 exponent = _mm512_fmsub_ps(_mm512_loadu_ps(scores), _mm512_set1_ps(scale), _mm512_set1_ps(log_sum));
    const __m512 weight = _mm512_maskz_mov_ps(seen, exponential(exponent));
    const __m512 change = _mm512_sub_ps(_mm512_loadu_ps(outer), _mm512_set1_ps(delta));
    return {weight, _mm512_mul_ps(_mm512_mul_ps(weight, _mm512_set1_ps(scale)), change)};
}

NTL_TILES_INLINE float dot(const uint16_t* left, const uint16_t* right, int64_t length) {
    __m512 sum = _mm512_setzero_ps();
    for (int64_t d = 0; d < length; d += block) {
        sum = _mm512_dpbf16_ps(sum, (__m512bh)_mm512_loadu_si512(left + d), (__m512bh)_mm512_loadu_si512(right + d));
    }
    return _mm512_reduce_add_ps(sum);
}

// One head of a (B, H, T, D) tensor whose last dimension lies in a row.
struct Head {
    uint16_t* start;
    int64_t stride;  // between queries or keys
};

Head head(const at::Tensor& tensor, int64_t index) {
    const int64_t count = tensor.size(1);
    auto* start = static_cast<uint16_t*>(tensor.data_ptr());
    return {start + index / count * tensor.stride(0) + index % count * tensor.stride(1), tensor.stride(2)};
}

// A thread's working memory, used anew for each head: parts are handed out aligned to a cache line.
class Workspace {
public:
    explicit Workspace(char* memory) : next_(memory + (line - reinterpret_cast<uintptr_t>(memory) % line) % line) {}
    template <typename Element>
    Element* take(int64_t count) {
        auto* part = reinterpret_cast<Element*>(next_);
        next_ += (count * static_cast<int64_t>(sizeof(Element)) + line - 1) / line * line;
        return part;
    }

private:
    static constexpr int64_t line = 64;
    char* next_;
};

NTL_TILES void forward_head(Head q, Head k, Head v, Head o, float* log_sums, int64_t length, int64_t width, float scale, Workspace work) {
    auto* keys = work.take<uint32_t>(width / 2 * length);     // kᵀ, paired
    auto* values = work.take<uint32_t>(length / 2 * width);   // v, paired
    auto* scores = work.take<float>(block * length);
    auto* weights = work.take<uint16_t>(block * length);
    auto* rows = work.take<float>(block * width);
    transpose(k.start, k.stride, length, width, keys, nullptr);
    pair(v.start, v.stride, length, width, values);
    for (int64_t i = 0; i < length; i += block) {
        const int64_t reach = i + block;
        multiply(q.start + i * q.stride, q.stride, keys, length, scores, length, block, reach, width);
        for (int64_t r = 0; r < block; r++) {
            log_sums[i + r] = softmax(scores + r * length, i + r + 1, reach, scale, weights + r * length);
        }
        multiply(weights, length, values, width, rows, width, block, width, reach);
        write(rows, block, width, o.start + i * o.stride, o.stride);
    }
}

NTL_TILES void backward_head(
    Head q, Head k, Head v, Head o, Head d_o, Head d_q, Head d_k, Head d_v, const float* log_sums, int64_t length, int64_t width, float scale,
    Workspace work) {
    auto* keys = work.take<uint32_t>(width / 2 * length);         // kᵀ, paired
    auto* values = work.take<uint32_t>(width / 2 * length);       // vᵀ, paired
    auto* key_rows = work.take<uint32_t>(length / 2 * width);     // k, paired
    auto* queries = work.take<uint16_t>(width * length);          // qᵀ
    auto* outers = work.take<uint16_t>(width * length);           // dOᵀ
    auto* scores = work.take<float>(block * length);
    auto* products = work.take<float>(block * length);            // dP
    auto* changes = work.take<uint16_t>(block * length);          // dS of a block of queries
    auto* rows = work.take<float>(block * width);
    auto* weight_pairs = work.take<uint32_t>(length / 2 * length);  // P, paired
    auto* change_pairs = work.take<uint32_t>(length / 2 * length);  // dS, paired
    transpose(k.start, k.stride, length, width, keys, nullptr);
    transpose(v.start, v.stride, length, width, values, nullptr);
    pair(k.start, k.stride, length, width, key_rows);
    transpose(q.start, q.stride, length, width, nullptr, queries);
    transpose(d_o.start, d_o.stride, length, width, nullptr, outers);

    for (int64_t i = 0; i < length; i += block) {
        const int64_t reach = i + block;
        multiply(q.start + i * q.stride, q.stride, keys, length, scores, length, block, reach, width);
        multiply(d_o.start + i * d_o.stride, d_o.stride, values, length, products, length, block, reach, width);
        for (int64_t r = 0; r < block; r += 2) {
            const int64_t even = i + r, odd = even + 1;
            const float even_delta = dot(d_o.start + even * d_o.stride, o.start + even * o.stride, width);
            const float odd_delta = dot(d_o.start + odd * d_o.stride, o.start + odd * o.stride, width);
            for (int64_t j = 0; j < reach; j += lanes) {
                const int64_t at = r * length + j;
                const auto first = differentiate(scores + at, products + at, visible(even + 1, j), scale, log_sums[even], even_delta);
                const auto second = differentiate(scores + at + length, products + at + length, visible(odd + 1, j), scale, log_sums[odd], odd_delta);
                const __m256i first_change = halves(first.gradient), second_change = halves(second.gradient);
                _mm256_storeu_si256(reinterpret_cast<__m256i*>(changes + at), first_change);
                _mm256_storeu_si256(reinterpret_cast<__m256i*>(changes + at + length), second_change);
                _mm512_storeu_si512(change_pairs + even / 2 * length + j, paired(first_change, second_change));
                _mm512_storeu_si512(weight_pairs + even / 2 * length + j, paired(halves(first.weight), halves(second.weight)));
            }
        }
        multiply(changes, length, key_rows, width, rows, width, block, width, reach);
        write(rows, block, width, d_q.start + i * d_q.stride, d_q.stride);
    }

    // dKᵀ = Qᵀ·dS and dVᵀ = dOᵀ·P, key by key from the first query that sees it.
    auto* columns = rows;  // (D, 32)
    for (int64_t j = 0; j < length; j += block) {
        const int64_t pairs_at = j / 2 * length + j;
        multiply(queries + j, length, change_pairs + pairs_at, length, columns, block, width, block, length - j);
        write_transposed(columns, width, d_k.start + j * d_k.stride, d_k.stride);
        multiply(outers + j, length, weight_pairs + pairs_at, length, columns, block, width, block, length - j);
        write_transposed(columns, width, d_v.start + j * d_v.stride, d_v.stride);
    }
}

// What backward_head takes, which is more than forward_head does.
size_t workspace_bytes(int64_t length, int64_t width) {
    constexpr int64_t alignment = 16 * 64;
    return static_cast<size_t>(10 * width * length + 10 * block * length + 4 * block * width + 4 * length * length + alignment);
}

// (B, H, T, D) over memory laid out as (B, T, H, D).
at::Tensor interleaved(const at::Tensor& like) {
    return at::empty({like.size(0), like.size(2), like.size(1), like.size(3)}, like.options()).transpose(1, 2);
}

at::Tensor with_rows(const at::Tensor& tensor) { return tensor.stride(3) == 1 ? tensor : tensor.contiguous(); }

}  // namespace

bool ntl::tiled_attention_fits(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
    constexpr int64_t widest = 128, longest = 4096;  // a thread's weights and their gradient take 4·T² bytes
    return batched_attention_fits(query, key, value) && query.scalar_type() == at::kBFloat16 && query.sizes() == key.sizes()
        && query.size(2) % block == 0 && query.size(2) <= longest && query.size(3) % block == 0 && query.size(3) <= widest && available();
}

ntl::AttentionForward ntl::tiled_attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
    const auto q = with_rows(query), k = with_rows(key), v = with_rows(value);
    const int64_t length = query.size(2), width = query.size(3);
    AttentionForward result{interleaved(query), at::empty({query.size(0), query.size(1), length}, query.options().dtype(at::kFloat))};
    auto* log_sums = static_cast<float*>(result.kept.data_ptr());
    at::parallel_for(0, query.size(0) * query.size(1), 1, [&](int64_t first, int64_t last) {
        const Tiles tiles;
        const std::unique_ptr<char[]> memory(new char[workspace_bytes(length, width)]);
        for (int64_t i = first; i < last; i++) {
            forward_head(
                head(q, i), head(k, i), head(v, i), head(result.output, i), log_sums + i * length, length, width,
                1.0f / std::sqrt(static_cast<float>(width)), Workspace(memory.get()));
        }
    });
    return result;
}

ntl::AttentionGradients ntl::tiled_attention_backward(
    const at::Tensor& gradient, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const AttentionForward& forward) {
    const auto q = with_rows(query), k = with_rows(key), v = with_rows(value), outer = with_rows(gradient);
    const int64_t length = query.size(2), width = query.size(3);
    AttentionGradients result{interleaved(query), interleaved(key), interleaved(value)};
    const auto* log_sums = static_cast<const float*>(forward.kept.data_ptr());
    at::parallel_for(0, query.size(0) * query.size(1), 1, [&](int64_t first, int64_t last) {
        const Tiles tiles;
        const std::unique_ptr<char[]> memory(new char[workspace_bytes(length, width)]);
        for (int64_t i = first; i < last; i++) {
            backward_head(
                head(q, i), head(k, i), head(v, i), head(forward.output, i), head(outer, i), head(result.query, i), head(result.key, i),
                head(result.value, i), log_sums + i * length, length, width, 1.0f / std::sqrt(static_cast<float>(width)),
                Workspace(memory.get()));
        }
    });
    return result;
}

#else

bool ntl::tiled_attention_fits(const at::Tensor&, const at::Tensor&, const at::Tensor&) { return false; }

ntl::AttentionForward ntl::tiled_attention(const at::Tensor&, const at::Tensor&, const at::Tensor&) {
    TORCH_CHECK(false, "This processor has no tile unit.");
}

ntl::AttentionGradients ntl::tiled_attention_backward(
    const at::Tensor&, const at::Tensor&, const at::Tensor&, const at::Tensor&, const AttentionForward&) {
    TORCH_CHECK(false, "This processor has no tile unit.");
}

#endif
