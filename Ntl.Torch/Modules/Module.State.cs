using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>The submodules, each under its name.</summary>
            public virtual IEnumerable<(string name, Module module)> named_children() => _childrenByName.Select(child => (child.Key, child.Value));

            /// <summary>The submodules and theirs, each under its path.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children().Concat(named_children().SelectMany(child =>
                    child.module.named_modules().Select(below => ($"{child.name}.{below.name}", below.module))));

            /// <summary>The submodules.</summary>
            public virtual IEnumerable<Module> children() => named_children().Select(child => child.module);

            /// <summary>The submodules and theirs.</summary>
            public virtual IEnumerable<Module> modules() => named_modules().Select(below => below.module);

            /// <summary>The parameters, each under its path; one that stands in two places comes once.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var seen = new HashSet<IntPtr>();
                var own = _parametersByName.Select(pair => (name: pair.Key, parameter: pair.Value));
                var below = recurse
                    ? named_children().SelectMany(child => child.module.named_parameters().Select(p => (name: $"{child.name}.{p.name}", p.parameter)))
                    : [];
                return own.Concat(below).Where(pair => !pair.parameter.IsInvalid && seen.Add(pair.parameter.Handle));
            }

            /// <summary>The parameters.</summary>
            public virtual IEnumerable<Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(pair => pair.parameter);

            /// <summary>The buffers that are part of the state, each under its path; one that stands in two places comes once.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                var seen = new HashSet<IntPtr>();
                // TorchSharp leaves buffers that do not persist out in either case.
                var own = _buffersByName.Where(pair => pair.Value.Persistent).Select(pair => (name: pair.Key, buffer: pair.Value.Tensor));
                var below = recurse
                    ? named_children().SelectMany(child => child.module.named_buffers(true, include_nonpersistent).Select(b => (name: $"{child.name}.{b.name}", b.buffer)))
                    : [];
                return own.Concat(below).Where(pair => !pair.buffer.IsInvalid && seen.Add(pair.buffer.Handle));
            }

            /// <summary>The buffers that are part of the state.</summary>
            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(pair => pair.buffer);

            /// <summary>Whether a parameter has that path.</summary>
            public virtual bool has_parameter(string target) => get_parameter(target) is not null;

            /// <summary>The parameter at a path; null if there is none.</summary>
            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(pair => string.Equals(pair.name, target, StringComparison.Ordinal)).parameter;

            /// <summary>Whether a buffer has that path.</summary>
            public virtual bool has_buffer(string target) => get_buffer(target) is not null;

            /// <summary>The buffer at a path; null if there is none.</summary>
            public virtual Tensor? get_buffer(string target) =>
                named_buffers().FirstOrDefault(pair => string.Equals(pair.name, target, StringComparison.Ordinal)).buffer;

            /// <summary>The parameters and persistent buffers under their paths; the tensors themselves, not copies.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= new Dictionary<string, Tensor>(StringComparer.Ordinal);
                foreach (var (path, tensor) in named_parameters().Select(pair => (pair.name, (Tensor)pair.parameter)).Concat(named_buffers(include_nonpersistent: false)))
                {
                    _ = destination.TryAdd(Join(prefix, path), tensor);
                }

                // A parameter that stands in two places is here under each.
                foreach (var (path, module) in named_children())
                {
                    _ = module.state_dict(destination, Join(prefix, path));
                }

                return destination;
            }

            /// <summary>Copies the elements of <paramref name="source"/> into the state; returns the paths that either side lacks.</summary>
            /// <exception cref="InvalidOperationException">Either side lacks a path and <paramref name="strict"/> holds.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                skip ??= [];
                var destination = state_dict();
                List<string> unexpected = [.. source.Keys.Where(key => !skip.Contains(key) && !destination.ContainsKey(key))];
                List<string> missing = [.. destination.Keys.Where(key => !skip.Contains(key) && !source.ContainsKey(key))];
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException(
                        $"The state to load is not the module's. Missing: {string.Join(", ", missing)}. Unexpected: {string.Join(", ", unexpected)}.");
                }

                using var withoutGraph = no_grad();
                foreach (var (key, tensor) in source)
                {
                    if (!skip.Contains(key) && destination.TryGetValue(key, out var target))
                    {
                        _ = target.copy_(tensor);
                    }
                }

                return (missing, unexpected);
            }

            private static string Join(string? prefix, string path) => string.IsNullOrEmpty(prefix) ? path : $"{prefix}.{path}";
        }
    }
}
