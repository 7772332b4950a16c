// Attention by libtorch's batched matrix products, with the softmax and its derivative in one pass each over the scores.
// Legend: n = B·H heads, T queries, S keys, D width of a head.
#include "attention.h"
#include "scalar_math.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <cmath>

namespace {

// One row of scores becomes weights, in place; only the first `seen` keys count.
template <typename Element>
NTL_INLINE void softmax_row(Element* row, int64_t seen, int64_t length, float scale) {
    float highest = -INFINITY;
#pragma omp simd reduction(max : highest)
    for (int64_t j = 0; j < seen; j++) highest = std::max(highest, ntl::load(row + j));
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t j = 0; j < seen; j++) sum += ntl::exp((ntl::load(row + j) - highest) * scale);
    const float inverse = 1 / sum;
#pragma omp simd
    for (int64_t j = 0; j < seen; j++) ntl::store(row + j, ntl::exp((ntl::load(row + j) - highest) * scale) * inverse);
    for (int64_t j = seen; j < length; j++) ntl::store(row + j, 0.0f);
}

// dS = scale·P·(dP − Σ P·dP), written over dP.
template <typename Element>
NTL_INLINE void softmax_row_backward(const Element* weights, Element* gradient, int64_t seen, int64_t length, float scale) {
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int64_t j = 0; j < seen; j++) sum += ntl::load(weights + j) * ntl::load(gradient + j);
#pragma omp simd
    for (int64_t j = 0; j < seen; j++) {
        ntl::store(gradient + j, scale * ntl::load(weights + j) * (ntl::load(gradient + j) - sum));
    }
    for (int64_t j = seen; j < length; j++) ntl::store(gradient + j, 0.0f);
}

struct Rows {
    int64_t first, last, queries, keys;
    bool causal;
    int64_t seen(int64_t row) const { return causal ? std::min(row % queries + 1, keys) : keys; }
};

NTL_VECTORIZED void softmax_rows(float* scores, Rows rows, float scale) {
    for (int64_t i = rows.first; i < rows.last; i++) softmax_row(scores + i * rows.keys, rows.seen(i), rows.keys, scale);
}
NTL_VECTORIZED void softmax_rows(uint16_t* scores, Rows rows, float scale) {
    for (int64_t i = rows.first; i < rows.last; i++) softmax_row(scores + i * rows.keys, rows.seen(i), rows.keys, scale);
}
NTL_VECTORIZED void softmax_rows_backward(const float* weights, float* gradient, Rows rows, float scale) {
    for (int64_t i = rows.first; i < rows.last; i++) {
        softmax_row_backward(weights + i * rows.keys, gradient + i * rows.keys, rows.seen(i), rows.keys, scale);
    }
}
NTL_VECTORIZED void softmax_rows_backward(const uint16_t* weights, uint16_t* gradient, Rows rows, float scale) {
    for (int64_t i = rows.first; i < rows.last; i++) {
        softmax_row_backward(weights + i * rows.keys, gradient + i * rows.keys, rows.seen(i), rows.keys, scale);
    }
}

template <typename Body>
void each_row(const at::Tensor& scores, bool causal, Body body) {
    const int64_t queries = scores.size(1), keys = scores.size(2);
    constexpr int64_t grain = 64;
    at::parallel_for(0, scores.size(0) * queries, grain, [&](int64_t first, int64_t last) { body(Rows{first, last, queries, keys, causal}); });
}

uint16_t* halves(const at::Tensor& tensor) { return static_cast<uint16_t*>(tensor.data_ptr()); }
float* floats(const at::Tensor& tensor) { return static_cast<float*>(tensor.data_ptr()); }

float scale_of(const at::Tensor& query) { return 1.0f / std::sqrt(static_cast<float>(query.size(-1))); }

// (B, H, T, D) → (n, T, D)
at::Tensor heads(const at::Tensor& tensor) { return tensor.reshape({-1, tensor.size(-2), tensor.size(-1)}); }

// The product in the layout (B, T, H, D), seen as (B, H, T, D).
at::Tensor joined(const at::Tensor& left, const at::Tensor& right, const at::Tensor& like) {
    const auto product = at::bmm(left, right);  // (n, T, D)
    return product.view({like.size(0), like.size(1), product.size(1), product.size(2)});
}

}  // namespace

bool ntl::batched_attention_fits(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value) {
    const auto type = query.scalar_type();
    return query.device().is_cpu() && (type == at::kFloat || type == at::kBFloat16) && query.dim() == 4 && key.dim() == 4 && value.dim() == 4
        && key.scalar_type() == type && value.scalar_type() == type && key.sizes() == value.sizes() && query.size(0) == key.size(0)
        && query.size(1) == key.size(1) && query.size(3) == key.size(3) && query.numel() > 0 && key.numel() > 0;
}

ntl::AttentionForward ntl::batched_attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, bool causal) {
    auto weights = at::bmm(heads(query), heads(key).transpose(1, 2));  // (n, T, S)
    const float scale = scale_of(query);
    each_row(weights, causal, [&](Rows rows) {
        if (weights.scalar_type() == at::kFloat) softmax_rows(floats(weights), rows, scale);
        else softmax_rows(halves(weights), rows, scale);
    });
    return {joined(weights, heads(value), query), weights};
}

ntl::AttentionGradients ntl::batched_attention_backward(
    const at::Tensor& gradient, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const AttentionForward& forward, bool causal) {
    const auto& weights = forward.kept;
    const auto outer = heads(gradient);                                      // (n, T, D)
    const auto scores = at::bmm(outer, heads(value).transpose(1, 2));        // (n, T, S)
    const float scale = scale_of(query);
    each_row(weights, causal, [&](Rows rows) {
        if (weights.scalar_type() == at::kFloat) softmax_rows_backward(floats(weights), floats(scores), rows, scale);
        else softmax_rows_backward(halves(weights), halves(scores), rows, scale);
    });
    return {joined(scores, heads(key), query), joined(scores.transpose(1, 2), heads(query), key), joined(weights.transpose(1, 2), outer, value)};
}
