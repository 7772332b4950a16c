using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Neural networks.</summary>
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: parameters, buffers and submodules, each under a name. <see cref="RegisterComponents"/> finds them in the
        /// fields; a field's name is the component's unless <see cref="ComponentNameAttribute"/> says otherwise.
        /// </summary>
        public partial class Module : IDisposable
        {
            private readonly OrderedDictionary<string, Parameter> _parametersByName = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, (Tensor Tensor, bool Persistent)> _buffersByName = new(StringComparer.Ordinal);
            private readonly OrderedDictionary<string, Module> _childrenByName = new(StringComparer.Ordinal);
            private bool _componentsRegistered;

            /// <summary>The name of the kind of module.</summary>
            protected string? name;

            /// <summary>A module without components yet.</summary>
            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is trained rather than used.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The name of the kind of module.</summary>
            public virtual string GetName() => name ?? GetType().Name;

            /// <summary>Says whether the module and its submodules are trained rather than used.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in _childrenByName.Values)
                {
                    child.train(train);
                }
            }

            /// <summary>The reverse of <see cref="train"/>.</summary>
            public virtual void eval() => train(false);

            /// <summary>Does something with every submodule, then with the module itself.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in _childrenByName.Values)
                {
                    _ = child.apply(fn);
                }

                fn(this);
                return this;
            }

            /// <summary>Forgets the parameters' gradients, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    using var gradient = parameter.grad;
                    if (gradient is null)
                    {
                        continue;
                    }

                    if (set_to_none)
                    {
                        parameter.grad = null;
                    }
                    else
                    {
                        _ = gradient.zero_();
                    }
                }
            }

            /// <summary>Registers a tensor that belongs to the module's state but is not learned.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                ArgumentNullException.ThrowIfNull(tensor);
                if (!_buffersByName.TryAdd(name, (tensor, persistent)))
                {
                    throw new InvalidOperationException($"A buffer named {name} is already registered.");
                }
            }

            /// <summary>Registers a parameter.</summary>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_parameter(string name, Parameter param)
            {
                ArgumentNullException.ThrowIfNull(param);
                if (!_parametersByName.TryAdd(name, param))
                {
                    throw new InvalidOperationException($"A parameter named {name} is already registered.");
                }
            }

            /// <summary>Registers a submodule.</summary>
            /// <exception cref="ArgumentException">The name is empty or has a dot.</exception>
            /// <exception cref="InvalidOperationException">The name is taken.</exception>
            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                ArgumentException.ThrowIfNullOrEmpty(name);
                if (name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"A module's name must not have a dot: {name}", nameof(name));
                }

                if (_childrenByName.ContainsKey(name))
                {
                    throw new InvalidOperationException($"A module named {name} is already registered.");
                }

                submodule.RegisterComponents();
                _childrenByName.Add(name, submodule);
            }

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <summary>Registers what the fields hold, once: modules, parameters, and other tensors as buffers.</summary>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered)
                {
                    return;
                }

                _componentsRegistered = true;
                foreach (var field in Fields())
                {
                    var component = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_childrenByName.ContainsKey(component) || _parametersByName.ContainsKey(component) || _buffersByName.ContainsKey(component))
                    {
                        continue;
                    }

                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }
            }

            /// <summary>Registers, replaces or (null) removes a parameter.</summary>
            protected void ConditionallyRegisterParameter(string name, Parameter? value)
            {
                if (value is null)
                {
                    _ = _parametersByName.Remove(name);
                }
                else
                {
                    _parametersByName[name] = value;
                }
            }

            /// <summary>Registers, replaces or (null) removes a buffer.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                if (value is null)
                {
                    _ = _buffersByName.Remove(name);
                }
                else
                {
                    _buffersByName[name] = (value, persistent);
                }
            }

            /// <summary>Disposes the parameters, the buffers and the submodules.</summary>
            public void Dispose()
            {
                Dispose(disposing: true);
                GC.SuppressFinalize(this);
            }

            /// <inheritdoc cref="Dispose()"/>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (buffer, _) in _buffersByName.Values)
                {
                    buffer.DetachFromDisposeScope().Dispose();
                }

                foreach (var parameter in _parametersByName.Values)
                {
                    parameter.DetachFromDisposeScope().Dispose();
                }

                foreach (var child in _childrenByName.Values)
                {
                    child.Dispose();
                }
            }

            // Most derived class first, as TorchSharp has it: the order of the state.
            private IEnumerable<FieldInfo> Fields()
            {
                var seen = new HashSet<string>(StringComparer.Ordinal);
                const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
                for (var type = GetType(); type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (var field in type.GetFields(All))
                    {
                        if (field.DeclaringType != typeof(Module) && seen.Add(field.Name))
                        {
                            yield return field;
                        }
                    }
                }
            }
        }
    }
}
