// softmax(q·kᵀ/√d)·v as one operator, differentiable any number of times on every libtorch.
//
// The forward pass runs the fastest kernel that fits. A backward pass that is not itself recorded runs that kernel's own derivative;
// one that is (create_graph) differentiates the same formula written in libtorch's operators, so every order is right.
#include "attention.h"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/library.h>
#include <torch/version.h>

#include <cmath>
#include <limits>

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

// The formula itself. Shapes: (…, T, D), (…, S, D), (…, S, D) → (…, T, D).
at::Tensor composed(
    const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const c10::optional<at::Tensor>& mask, double dropout, bool causal) {
    auto scores = at::matmul(query * (1.0 / std::sqrt(static_cast<double>(query.size(-1)))), key.transpose(-2, -1));  // (…, T, S)
    const auto blocked = -std::numeric_limits<double>::infinity();
    if (causal) {
        const auto ones = at::ones({query.size(-2), key.size(-2)}, query.options().dtype(at::kBool));
        scores = scores.masked_fill(ones.tril().logical_not(), blocked);
    } else if (mask.has_value()) {
        scores = mask->scalar_type() == at::kBool ? scores.masked_fill(mask->logical_not(), blocked) : scores + *mask;
    }
    auto weights = at::softmax(scores, -1);
    return at::matmul(dropout > 0 ? at::dropout(weights, dropout, true) : weights, value);
}

// Gradients by way of the formula, themselves differentiable.
variable_list composed_gradients(const at::Tensor& gradient, const variable_list& inputs, const c10::optional<at::Tensor>& mask, bool causal) {
    variable_list wanted;
    for (const auto& input : inputs) {
        if (input.requires_grad()) wanted.push_back(input);
    }
    const auto output = composed(inputs[0], inputs[1], inputs[2], mask, 0.0, causal);
    auto found = torch::autograd::grad({output}, wanted, {gradient}, /*retain_graph=*/true, /*create_graph=*/true);
    variable_list all;
    size_t next = 0;
    for (const auto& input : inputs) all.push_back(input.requires_grad() ? found[next++] : at::Tensor());
    return all;
}

#if TORCH_VERSION_MAJOR < 2

struct Attention : torch::autograd::Function<Attention> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, bool causal) {
        const bool tiled = causal && ntl::tiled_attention_fits(query, key, value);
        auto result = tiled ? ntl::tiled_attention(query, key, value) : ntl::batched_attention(query, key, value, causal);
        context->save_for_backward({query, key, value, result.output, result.kept});
        context->saved_data["causal"] = causal;
        context->saved_data["tiled"] = tiled;
        return result.output;
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        const bool causal = context->saved_data["causal"].toBool();
        if (!gradients[0].defined()) return {at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
        if (at::GradMode::is_enabled()) {
            auto all = composed_gradients(gradients[0], {saved[0], saved[1], saved[2]}, c10::nullopt, causal);
            all.emplace_back();
            return all;
        }
        const ntl::AttentionForward forward{saved[3], saved[4]};
        const auto found = context->saved_data["tiled"].toBool()
            ? ntl::tiled_attention_backward(gradients[0], saved[0], saved[1], saved[2], forward)
            : ntl::batched_attention_backward(gradients[0], saved[0], saved[1], saved[2], forward, causal);
        return {found.query, found.key, found.value, at::Tensor()};
    }
};

at::Tensor attention(
    const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const c10::optional<at::Tensor>& mask, double dropout, bool causal) {
    TORCH_CHECK(!(causal && mask.has_value()), "scaled_dot_product_attention: give a mask or ask for a causal one, not both.");
    const bool plain = !mask.has_value() && dropout == 0 && ntl::batched_attention_fits(query, key, value);
    return plain ? Attention::apply(query, key, value, causal) : composed(query, key, value, mask, dropout, causal);
}

#else

// libtorch's own attention, whose fused kernels have a first derivative only. It is recorded apart from the caller's graph, so that
// its first derivative stays at hand and the formula serves the others.
struct Attention : torch::autograd::Function<Attention> {
    static at::Tensor forward(
        AutogradContext* context, const at::Tensor& query, const at::Tensor& key, const at::Tensor& value,
        const c10::optional<at::Tensor>& mask, double dropout, bool causal) {
        at::AutoGradMode record(true);
        variable_list apart;
        for (const auto& input : {query, key, value}) apart.push_back(input.detach().requires_grad_(true));
        auto output = at::scaled_dot_product_attention(apart[0], apart[1], apart[2], mask, dropout, causal);
        context->save_for_backward({query, key, value, mask.has_value() ? *mask : at::Tensor()});
        context->saved_data["causal"] = causal;
        context->saved_data["dropout"] = dropout;
        context->saved_data["apart"] = apart;
        context->saved_data["output"] = output;
        return output.detach();
    }

    static variable_list backward(AutogradContext* context, variable_list gradients) {
        const auto saved = context->get_saved_variables();
        variable_list found(3);
        if (gradients[0].defined() && at::GradMode::is_enabled()) {
            TORCH_CHECK(context->saved_data["dropout"].toDouble() == 0, "scaled_dot_product_attention with dropout can be differentiated once only.");
            const auto mask = saved[3].defined() ? c10::optional<at::Tensor>(saved[3]) : c10::nullopt;
            found = composed_gradients(gradients[0], {saved[0], saved[1], saved[2]}, mask, context->saved_data["causal"].toBool());
        } else if (gradients[0].defined()) {
            const auto apart = context->saved_data["apart"].toTensorVector();
            found = torch::autograd::grad({context->saved_data["output"].toTensor()}, apart, {gradients[0]}, /*retain_graph=*/true);
        }
        found.resize(6);
        return found;
    }
};

at::Tensor attention(
    const at::Tensor& query, const at::Tensor& key, const at::Tensor& value, const c10::optional<at::Tensor>& mask, double dropout, bool causal) {
    const bool records = at::GradMode::is_enabled() && (query.requires_grad() || key.requires_grad() || value.requires_grad());
    const bool learnt_mask = mask.has_value() && mask->requires_grad();
    return records && !learnt_mask ? Attention::apply(query, key, value, mask, dropout, causal)
                                   : at::scaled_dot_product_attention(query, key, value, mask, dropout, causal);
}

#endif

}  // namespace

TORCH_LIBRARY(ntl, library) {
    library.def("attention(Tensor query, Tensor key, Tensor value, Tensor? mask, float dropout, bool causal) -> Tensor", &attention);
}
