using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public partial class Module
            {
                /// <summary>Moves parameters and buffers to a device and, those of floating point, to a type; fields that held them hold the new ones.</summary>
                internal void Convert(ScalarType? dtype, Device? device)
                {
                    if (dtype is { } wanted && !is_floating_point(wanted))
                    {
                        throw new ArgumentException($"A module can only be made of floating-point numbers, not {wanted}.");
                    }

                    foreach (var child in _childrenByName.Values)
                    {
                        child.Convert(dtype, device);
                    }

                    using var withoutGraph = no_grad();
                    foreach (var (component, parameter) in _parametersByName.ToArray())
                    {
                        if (Converted(parameter, dtype, device) is not { } data)
                        {
                            continue;
                        }

                        var replacement = new Parameter(data, parameter.requires_grad);
                        using (var gradient = parameter.grad)
                        {
                            replacement.grad = gradient is null ? null : Converted(gradient, dtype, device) ?? gradient;
                        }

                        _parametersByName[component] = replacement;
                        Replace(parameter, replacement);
                    }

                    foreach (var (component, (buffer, persistent)) in _buffersByName.ToArray())
                    {
                        if (Converted(buffer, dtype, device) is { } replacement)
                        {
                            _buffersByName[component] = (replacement, persistent);
                            Replace(buffer, replacement);
                        }
                    }
                }

                /// <summary>A converted copy that no scope owns; null if the tensor is already what is wanted.</summary>
                private static Tensor? Converted(Tensor tensor, ScalarType? dtype, Device? device)
                {
                    var type = tensor.is_floating_point() ? dtype ?? tensor.dtype : tensor.dtype;
                    var place = device ?? tensor.device;
                    var moves = place.type != tensor.device_type || (place.type == DeviceType.CUDA && place.index >= 0 && place.index != tensor.device_index);
                    return type == tensor.dtype && !moves ? null : tensor.to(type, place).DetachFromDisposeScope();
                }

                private void Replace(Tensor old, Tensor replacement)
                {
                    foreach (var field in Fields().Where(field => ReferenceEquals(field.GetValue(this), old)))
                    {
                        field.SetValue(this, replacement);
                    }

                    old.DetachFromDisposeScope().Dispose();
                }
            }
        }
    }

    /// <summary>Moves modules between types and devices, in place.</summary>
    public static class ModuleExtensionMethods
    {
        /// <summary>Makes the floating-point parameters and buffers of that type.</summary>
        public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
            where T : torch.nn.Module => Converted(module, type, null);

        /// <summary>Moves parameters and buffers to that device, the floating-point ones as that type.</summary>
        public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
            where T : torch.nn.Module => Converted(module, type, device);

        /// <summary>Moves parameters and buffers to that device.</summary>
        public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
            where T : torch.nn.Module => Converted(module, null, device);

        /// <summary>Moves parameters and buffers to main memory.</summary>
        public static T cpu<T>(this T module, bool non_blocking = false)
            where T : torch.nn.Module => Converted(module, null, torch.CPU);

        private static T Converted<T>(T module, torch.ScalarType? type, torch.Device? device)
            where T : torch.nn.Module
        {
            module.Convert(type, device);
            return module;
        }
    }
}
