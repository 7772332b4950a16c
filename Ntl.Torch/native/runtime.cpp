// The library itself: version, errors, threads, random generators, CUDA.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/Version.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>
#include <torch/version.h>

#include <dlfcn.h>

#include <algorithm>
#include <mutex>

namespace {
thread_local std::string last_error;
}

void ntl::set_error(const char* message) { last_error = message; }

/// The message of this thread's last failure; valid until its next one.
NTL_EXPORT const char* ntl_last_error() { return last_error.c_str(); }

/// Changes with every change of the boundary that managed code must know of.
NTL_EXPORT int32_t ntl_abi() { return 1; }

/// The libtorch that the shim was compiled against, such as 1.13.1.
NTL_EXPORT const char* ntl_built_for() { return TORCH_VERSION; }

/// The libtorch that is loaded, as its own build settings tell it; empty if they do not.
NTL_EXPORT const char* ntl_running_on() {
    static const std::string version = [] {
        const std::string settings = at::show_config(), key = "TORCH_VERSION=";
        const auto start = settings.find(key);
        return start == std::string::npos ? std::string() : settings.substr(start + key.size(), settings.find(',', start) - start - key.size());
    }();
    return version.c_str();
}

NTL_EXPORT int32_t ntl_threads() { return at::get_num_threads(); }
NTL_EXPORT int32_t ntl_set_threads(int32_t count) {
    return ntl::guard([&] { at::set_num_threads(count); });
}
NTL_EXPORT int32_t ntl_interop_threads() { return at::get_num_interop_threads(); }
NTL_EXPORT int32_t ntl_set_interop_threads(int32_t count) {
    return ntl::guard([&] { at::set_num_interop_threads(count); });
}

// Random generators. A handle owns a Generator, which shares its state with every copy.

NTL_EXPORT at::Generator* ntl_generator_default(int32_t device_type, int32_t device_index) {
    return ntl::guard(static_cast<at::Generator*>(nullptr), [&] {
        const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
        return new at::Generator(at::globalContext().defaultGenerator(device));
    });
}

NTL_EXPORT at::Generator* ntl_generator_new(int32_t device_type, int32_t device_index, uint64_t seed) {
    return ntl::guard(static_cast<at::Generator*>(nullptr), [&] {
        const c10::Device device(static_cast<c10::DeviceType>(device_type), static_cast<c10::DeviceIndex>(device_index));
        auto generator = device.is_cpu() ? at::detail::createCPUGenerator(seed) : at::globalContext().defaultGenerator(device).clone();
        generator.set_current_seed(seed);
        return new at::Generator(generator);
    });
}

NTL_EXPORT void ntl_generator_release(at::Generator* generator) { delete generator; }

NTL_EXPORT int32_t ntl_generator_seed(at::Generator* generator, uint64_t seed) {
    return ntl::guard([&] {
        const std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_current_seed(seed);
    });
}

NTL_EXPORT uint64_t ntl_generator_initial_seed(at::Generator* generator) { return generator->current_seed(); }

NTL_EXPORT ntl::Handle ntl_generator_state(at::Generator* generator) {
    return ntl::guard(static_cast<ntl::Handle>(nullptr), [&] {
        const std::lock_guard<std::mutex> lock(generator->mutex());
        return ntl::release(generator->get_state());
    });
}

NTL_EXPORT int32_t ntl_generator_set_state(at::Generator* generator, ntl::Handle state) {
    return ntl::guard([&] {
        const std::lock_guard<std::mutex> lock(generator->mutex());
        generator->set_state(ntl::borrow(state));
    });
}

/// Seeds the default generators of the CPU and of every GPU.
NTL_EXPORT int32_t ntl_manual_seed(uint64_t seed) {
    return ntl::guard([&] { at::manual_seed(seed); });
}

// CUDA, through libtorch's own hooks, so that the shim needs no CUDA header: a libtorch without CUDA answers "none".

NTL_EXPORT int32_t ntl_cuda_device_count() {
    return ntl::guard(int32_t{0}, []() -> int32_t {
        constexpr auto cuda = c10::DeviceType::CUDA;
        return c10::impl::hasDeviceGuardImpl(cuda) ? static_cast<int32_t>(c10::impl::getDeviceGuardImpl(cuda)->deviceCount()) : 0;
    });
}

NTL_EXPORT int32_t ntl_cuda_synchronize(int32_t device_index) {
    return ntl::guard([&] {
        TORCH_CHECK(at::hasCUDA(), "This libtorch was built without CUDA, or sees no GPU.");
        at::detail::getCUDAHooks().deviceSynchronize(static_cast<c10::DeviceIndex>(std::max(device_index, 0)));
    });
}

/// Free and total memory of the current GPU in bytes, as its driver tells.
NTL_EXPORT int32_t ntl_cuda_memory(uint64_t* free_bytes, uint64_t* total_bytes) {
    return ntl::guard([&] {
        using MemGetInfo = int (*)(size_t*, size_t*);
        auto query = reinterpret_cast<MemGetInfo>(dlsym(RTLD_DEFAULT, "cudaMemGetInfo"));
        TORCH_CHECK(at::hasCUDA() && query != nullptr, "This libtorch was built without CUDA, or sees no GPU.");
        size_t free_now = 0, total = 0;
        const int status = query(&free_now, &total);
        TORCH_CHECK(status == 0, "CUDA does not tell its memory: error ", status, ".");
        *free_bytes = free_now;
        *total_bytes = total;
    });
}
