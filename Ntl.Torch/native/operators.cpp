// Any operator of libtorch by its name and overload, called through the dispatcher with boxed values.
// One door for all operators keeps the shim small and the same for every libtorch: schemas, defaults and checks are libtorch's own.
#include "shim.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/ivalue.h>

#include <unordered_map>
#include <vector>

namespace {

// Mirrors Ntl.Torch's NativeValue; keep both in step.
enum class Kind : int32_t { None, Tensor, Integer, Real, Boolean, Text, Integers, Tensors, Generator, Device };

struct Value {
    Kind kind;
    int32_t length;
    union {
        int64_t integer;
        double real;
        const void* pointer;
    };
};

// What the schema wants, worked out once per operator.
enum class Wanted { Tensor, Number, Integer, Real, Boolean, Text, Integers, Tensors, OptionalTensors, Generator, Device, Other };

struct Parameter {
    std::string name;
    Wanted wanted;
    c10::optional<c10::IValue> preset;
};

struct Operator {
    c10::OperatorHandle handle;
    std::string name;
    std::vector<Parameter> parameters;
};

Wanted wanted(const c10::TypePtr& type) {
    switch (type->kind()) {
        case c10::TypeKind::OptionalType: return wanted(type->castRaw<c10::OptionalType>()->getElementType());
        case c10::TypeKind::TensorType: return Wanted::Tensor;
        case c10::TypeKind::NumberType: return Wanted::Number;
        case c10::TypeKind::IntType: return Wanted::Integer;
        case c10::TypeKind::FloatType: return Wanted::Real;
        case c10::TypeKind::BoolType: return Wanted::Boolean;
        case c10::TypeKind::StringType: return Wanted::Text;
        case c10::TypeKind::GeneratorType: return Wanted::Generator;
        case c10::TypeKind::DeviceObjType: return Wanted::Device;
        case c10::TypeKind::ListType: {
            const auto& element = type->castRaw<c10::ListType>()->getElementType();
            switch (element->kind()) {
                case c10::TypeKind::IntType: return Wanted::Integers;
                case c10::TypeKind::TensorType: return Wanted::Tensors;
                case c10::TypeKind::OptionalType: return Wanted::OptionalTensors;
                default: return Wanted::Other;
            }
        }
        default: return Wanted::Other;
    }
}

[[noreturn]] void mismatch(const Operator& op, const Parameter& parameter) {
    throw std::invalid_argument(op.name + ": the argument `" + parameter.name + "` has another type than the operator's schema.");
}

double real(const Value& value) {
    return value.kind == Kind::Real ? value.real : static_cast<double>(value.integer);
}

c10::IValue unpack(const Operator& op, const Parameter& parameter, const Value& value) {
    if (value.kind == Kind::None) {
        return c10::IValue();
    }
    const bool number = value.kind == Kind::Integer || value.kind == Kind::Real || value.kind == Kind::Boolean;
    switch (parameter.wanted) {
        case Wanted::Tensor:
            if (value.kind != Kind::Tensor) break;
            return c10::IValue(ntl::borrow(static_cast<ntl::Handle>(const_cast<void*>(value.pointer))));
        case Wanted::Number:
            if (!number) break;
            return value.kind == Kind::Real ? c10::IValue(value.real)
                : value.kind == Kind::Boolean ? c10::IValue(value.integer != 0)
                : c10::IValue(value.integer);
        case Wanted::Integer:
            if (value.kind != Kind::Integer) break;
            return c10::IValue(value.integer);
        case Wanted::Real:
            if (!number) break;
            return c10::IValue(real(value));
        case Wanted::Boolean:
            if (value.kind != Kind::Boolean) break;
            return c10::IValue(value.integer != 0);
        case Wanted::Text:
            if (value.kind != Kind::Text) break;
            return c10::IValue(std::string(static_cast<const char*>(value.pointer), static_cast<size_t>(value.length)));
        case Wanted::Integers: {
            if (value.kind != Kind::Integers) break;
            const auto* first = static_cast<const int64_t*>(value.pointer);
            return c10::IValue(c10::IntArrayRef(first, static_cast<size_t>(value.length)));
        }
        case Wanted::Tensors: {
            if (value.kind != Kind::Tensors) break;
            const auto* handles = static_cast<const ntl::Handle*>(value.pointer);
            c10::List<at::Tensor> list;
            list.reserve(static_cast<size_t>(value.length));
            for (int32_t i = 0; i < value.length; i++) list.push_back(ntl::borrow(handles[i]));
            return c10::IValue(std::move(list));
        }
        case Wanted::OptionalTensors: {
            if (value.kind != Kind::Tensors) break;
            const auto* handles = static_cast<const ntl::Handle*>(value.pointer);
            c10::List<c10::optional<at::Tensor>> list;
            list.reserve(static_cast<size_t>(value.length));
            for (int32_t i = 0; i < value.length; i++) {
                list.push_back(handles[i] == nullptr ? c10::optional<at::Tensor>() : c10::optional<at::Tensor>(ntl::borrow(handles[i])));
            }
            return c10::IValue(std::move(list));
        }
        case Wanted::Generator:
            if (value.kind != Kind::Generator) break;
            return c10::IValue(*static_cast<const at::Generator*>(value.pointer));
        case Wanted::Device: {
            if (value.kind != Kind::Device) break;
            // Type in the high half, index (−1: the current one) in the low.
            const auto type = static_cast<c10::DeviceType>(value.integer >> 32);
            const auto index = static_cast<c10::DeviceIndex>(static_cast<int32_t>(value.integer & 0xffffffff));
            return c10::IValue(c10::Device(type, index));
        }
        case Wanted::Other:
            break;
    }
    mismatch(op, parameter);
}

void pack(const c10::IValue& from, std::vector<Value>& into) {
    Value value{};
    if (from.isTensor()) {
        value.kind = Kind::Tensor;
        value.pointer = ntl::release(from.toTensor());
    } else if (from.isInt()) {
        value.kind = Kind::Integer;
        value.integer = from.toInt();
    } else if (from.isDouble()) {
        value.kind = Kind::Real;
        value.real = from.toDouble();
    } else if (from.isBool()) {
        value.kind = Kind::Boolean;
        value.integer = from.toBool() ? 1 : 0;
    } else if (from.isTensorList()) {
        for (const at::Tensor& tensor : from.toTensorVector()) pack(c10::IValue(tensor), into);
        return;
    } else {
        value.kind = Kind::None;
    }
    into.push_back(value);
}

// One stack and one list of results a thread, so that a call allocates nothing of its own. A custom function that runs
// inside a call never comes back through this door, so the stack is never in use twice.
thread_local std::vector<c10::IValue> stack;
thread_local std::vector<Value> results;

}  // namespace

/// The operator `name` (with its namespace) and `overload` (may be empty); null if this libtorch has none such.
NTL_EXPORT void* ntl_operator_find(const char* name, const char* overload) {
    return ntl::guard(static_cast<void*>(nullptr), [&]() -> void* {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        if (!found.has_value()) {
            throw std::invalid_argument(std::string("This libtorch has no operator ") + name + "." + overload + ".");
        }
        std::vector<Parameter> parameters;
        for (const auto& argument : found->schema().arguments()) {
            parameters.push_back({argument.name(), wanted(argument.type()), argument.default_value()});
        }
        return new Operator{*found, name, std::move(parameters)};
    });
}

/// Calls `op`; arguments left out at the end take the schema's defaults. Returns the number of results (a list of tensors counts each),
/// of which the first `capacity` are written to `outputs`; all of them can be had from ntl_operator_results until the next call. No `outputs`, no results.
NTL_EXPORT int32_t ntl_operator_call(const Operator* op, const Value* arguments, int32_t count, Value* outputs, int32_t capacity) {
    return ntl::guard(ntl::failed, [&]() -> int32_t {
        stack.clear();
        results.clear();
        const auto wanted = op->parameters.size();
        if (static_cast<size_t>(count) > wanted) {
            throw std::invalid_argument(op->name + ": more arguments than the operator's schema has.");
        }
        try {
            for (size_t i = 0; i < wanted; i++) {
                const Parameter& parameter = op->parameters[i];
                if (i < static_cast<size_t>(count)) {
                    stack.push_back(unpack(*op, parameter, arguments[i]));
                } else if (parameter.preset.has_value()) {
                    stack.push_back(*parameter.preset);
                } else {
                    throw std::invalid_argument(op->name + ": the argument `" + parameter.name + "` is missing.");
                }
            }
            op->handle.callBoxed(&stack);
        } catch (...) {
            stack.clear();
            throw;
        }
        // Whoever wants no results must not be left holding them: an operator in place returns its tensor once more.
        if (outputs != nullptr) {
            for (const auto& value : stack) pack(value, results);
        }
        stack.clear();
        const auto total = static_cast<int32_t>(results.size());
        for (int32_t i = 0; i < total && i < capacity; i++) outputs[i] = results[i];
        return total;
    });
}

/// All results of this thread's last call; `outputs` holds as many values as that call returned.
NTL_EXPORT void ntl_operator_results(Value* outputs) {
    for (size_t i = 0; i < results.size(); i++) outputs[i] = results[i];
}
