// A tensor's lifetime, what it knows of itself, its bytes and its gradient.
#include "shim.h"

using ntl::Handle;

NTL_EXPORT void ntl_tensor_release(Handle tensor) {
    c10::intrusive_ptr<at::TensorImpl, at::UndefinedTensorImpl>::reclaim(tensor);
}

/// A second handle of the same tensor.
NTL_EXPORT Handle ntl_tensor_alias(Handle tensor) { return ntl::release(ntl::borrow(tensor)); }

NTL_EXPORT int64_t ntl_tensor_dim(Handle tensor) { return tensor->dim(); }
NTL_EXPORT int64_t ntl_tensor_numel(Handle tensor) { return tensor->numel(); }
NTL_EXPORT int64_t ntl_tensor_element_size(Handle tensor) { return static_cast<int64_t>(tensor->itemsize()); }
NTL_EXPORT int64_t ntl_tensor_storage_offset(Handle tensor) { return tensor->storage_offset(); }
NTL_EXPORT int32_t ntl_tensor_dtype(Handle tensor) { return static_cast<int32_t>(c10::typeMetaToScalarType(tensor->dtype())); }
NTL_EXPORT int32_t ntl_tensor_device_type(Handle tensor) { return static_cast<int32_t>(tensor->device().type()); }
NTL_EXPORT int32_t ntl_tensor_device_index(Handle tensor) { return tensor->device().index(); }
NTL_EXPORT int32_t ntl_tensor_is_contiguous(Handle tensor) { return tensor->is_contiguous() ? 1 : 0; }

NTL_EXPORT void ntl_tensor_sizes(Handle tensor, int64_t* into) {
    for (const auto size : tensor->sizes()) *into++ = size;
}

NTL_EXPORT void ntl_tensor_strides(Handle tensor, int64_t* into) {
    for (const auto stride : tensor->strides()) *into++ = stride;
}

/// The first element's address; null where there is no element.
NTL_EXPORT int32_t ntl_tensor_data(Handle tensor, void** address) {
    return ntl::guard([&] { *address = ntl::borrow(tensor).data_ptr(); });
}

NTL_EXPORT int32_t ntl_tensor_requires_grad(Handle tensor) { return tensor->requires_grad() ? 1 : 0; }

NTL_EXPORT int32_t ntl_tensor_set_requires_grad(Handle tensor, int32_t value) {
    return ntl::guard([&] { ntl::borrow(tensor).set_requires_grad(value != 0); });
}

NTL_EXPORT int32_t ntl_tensor_is_leaf(Handle tensor) {
    return ntl::guard(ntl::failed, [&]() -> int32_t { return ntl::borrow(tensor).is_leaf() ? 1 : 0; });
}

NTL_EXPORT int32_t ntl_tensor_retain_grad(Handle tensor) {
    return ntl::guard([&] { ntl::borrow(tensor).retain_grad(); });
}

/// The accumulated gradient, null if there is none.
NTL_EXPORT int32_t ntl_tensor_grad(Handle tensor, Handle* gradient) {
    return ntl::guard([&] { *gradient = ntl::release(ntl::borrow(tensor).grad()); });
}

NTL_EXPORT int32_t ntl_tensor_set_grad(Handle tensor, Handle gradient) {
    return ntl::guard([&] {
        auto target = ntl::borrow(tensor);
        auto value = ntl::borrow(gradient);
        if (value.defined()) {
            TORCH_CHECK(value.sizes() == target.sizes(), "A gradient must have its tensor's shape: ", target.sizes(), ", not ", value.sizes(), ".");
            TORCH_CHECK(value.scalar_type() == target.scalar_type(), "A gradient must have its tensor's dtype: ", target.scalar_type(), ", not ", value.scalar_type(), ".");
            TORCH_CHECK(value.device() == target.device(), "A gradient must be on its tensor's device: ", target.device(), ", not ", value.device(), ".");
        }
        target.mutable_grad() = value;
    });
}
