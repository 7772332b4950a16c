// The two ways to compute causal attention without a mask in memory.
#pragma once

#include "shim.h"

namespace ntl {

struct AttentionForward {
    at::Tensor output;  // (B, H, T, D), laid out as (B, T, H, D): joining the heads again is a view
    at::Tensor kept;    // what the backward pass wants beside the inputs and the output
};

struct AttentionGradients {
    at::Tensor query, key, value;  // laid out as the output is
};

// bfloat16 with the tile unit (AMX): weights are never written to memory; `kept` is each row's log Σ eˢ, (B, H, T).
bool tiled_attention_fits(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value);
AttentionForward tiled_attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value);
AttentionGradients tiled_attention_backward(
    const at::Tensor& gradient, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const AttentionForward& forward);

// Any type on the CPU through batched products; `kept` is the weights, (B·H, T, S).
bool batched_attention_fits(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value);
AttentionForward batched_attention(const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, bool causal);
AttentionGradients batched_attention_backward(
    const at::Tensor& gradient, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const AttentionForward& forward, bool causal);

}  // namespace ntl
