// What every part of the shim shares: exported names, errors as codes, and how a tensor crosses the boundary.
#pragma once

#include <ATen/core/Generator.h>
#include <ATen/core/Tensor.h>
#include <torch/version.h>

#include <cstdint>
#include <exception>
#include <string>

#define NTL_EXPORT extern "C" __attribute__((visibility("default")))

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
// By now libtorch's optional is the standard one; its old name, which 1.13 needs, is on its way out.
#include <optional>
namespace c10 {
using std::nullopt;
using std::optional;
}  // namespace c10
#endif

namespace ntl {

// A tensor handle is the TensorImpl itself, holding one reference; null is the undefined tensor.
using Handle = at::TensorImpl*;

inline Handle release(at::Tensor tensor) {
    return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr;
}

// A second owner of the same tensor; the handle keeps its own reference.
inline at::Tensor borrow(Handle handle) {
    return handle == nullptr
        ? at::Tensor()
        : at::Tensor(c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim_copy(handle));
}

// The message of this thread's last failure; managed code reads it when a call returns `failed`.
void set_error(const char* message);
constexpr int32_t failed = -1;

// No exception may cross the C boundary: run `body`, or note its message and return `failure`.
template <typename Result, typename Body>
Result guard(Result failure, Body&& body) noexcept {
    try {
        return body();
    } catch (const c10::Error& error) {
        set_error(error.what_without_backtrace());
    } catch (const std::exception& error) {
        set_error(error.what());
    } catch (...) {
        set_error("libtorch threw something that is not an exception.");
    }
    return failure;
}

template <typename Body>
int32_t guard(Body&& body) noexcept {
    return guard(failed, [&]() -> int32_t { body(); return 0; });
}

}  // namespace ntl
