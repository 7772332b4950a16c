// Reverse-mode differentiation, and the switches that turn it off and on.
#include "shim.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/zeros.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

using ntl::Handle;

namespace {

torch::autograd::variable_list list(const Handle* handles, int32_t count) {
    torch::autograd::variable_list tensors;
    tensors.reserve(static_cast<size_t>(count));
    for (int32_t i = 0; i < count; i++) tensors.push_back(ntl::borrow(handles[i]));
    return tensors;
}

}  // namespace

NTL_EXPORT int32_t ntl_grad_mode_enabled() { return at::GradMode::is_enabled() ? 1 : 0; }
NTL_EXPORT void ntl_grad_mode_set(int32_t enabled) { at::GradMode::set_enabled(enabled != 0); }

NTL_EXPORT void* ntl_inference_mode_enter(int32_t enabled) {
    return ntl::guard(static_cast<void*>(nullptr), [&]() -> void* { return new c10::InferenceMode(enabled != 0); });
}
NTL_EXPORT void ntl_inference_mode_leave(void* mode) { delete static_cast<c10::InferenceMode*>(mode); }
NTL_EXPORT int32_t ntl_inference_mode_enabled() { return c10::InferenceMode::is_enabled() ? 1 : 0; }

/// Accumulates gradients into the leaves (or into `inputs`, if any). `seeds` may be empty where every root is a scalar.
NTL_EXPORT int32_t ntl_backward(
    const Handle* roots, int32_t root_count, const Handle* seeds, int32_t seed_count, int32_t retain_graph, int32_t create_graph,
    const Handle* inputs, int32_t input_count) {
    return ntl::guard([&] {
        torch::autograd::backward(
            list(roots, root_count), list(seeds, seed_count), retain_graph != 0, create_graph != 0, list(inputs, input_count));
    });
}

/// Gradients of `outputs` with respect to each of `inputs`; an unused input gets null where `allow_unused`, an error otherwise.
NTL_EXPORT int32_t ntl_grad(
    const Handle* outputs, int32_t output_count, const Handle* inputs, int32_t input_count, const Handle* seeds, int32_t seed_count,
    int32_t retain_graph, int32_t create_graph, int32_t allow_unused, Handle* gradients) {
    return ntl::guard([&] {
        auto found = torch::autograd::grad(
            list(outputs, output_count), list(inputs, input_count), list(seeds, seed_count), retain_graph != 0, create_graph != 0,
            allow_unused != 0);
        for (auto& gradient : found) {
            // libtorch may answer "zero everywhere" with a tensor that has no memory; callers read elements.
            const bool unreal = gradient.defined() && gradient._is_zerotensor();
            *gradients++ = ntl::release(unreal ? at::zeros(gradient.sizes(), gradient.options()) : gradient);
        }
    });
}
