namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>What turns one input into a result.</summary>
        public interface IModule<T, TResult>
        {
            /// <summary>Computes the result.</summary>
            TResult call(T input1);
        }

        /// <summary>What turns two inputs into a result.</summary>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Computes the result.</summary>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>What turns three inputs into a result.</summary>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Computes the result.</summary>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module that turns one input into a result.</summary>
        public abstract class Module<T, TResult>(string name) : Module(name), IModule<T, TResult>
        {
            /// <summary>What the module computes; callers use <see cref="call"/>.</summary>
            public abstract TResult forward(T input);

            /// <summary>Computes the result.</summary>
            public TResult call(T input) => forward(input);

            /// <inheritdoc/>
            TResult IModule<T, TResult>.call(T input1) => forward(input1);
        }

        /// <summary>A module that turns two inputs into a result.</summary>
        public abstract class Module<T1, T2, TResult>(string name) : Module(name), IModule<T1, T2, TResult>
        {
            /// <summary>What the module computes; callers use <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Computes the result.</summary>
            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }

        /// <summary>A module that turns three inputs into a result.</summary>
        public abstract class Module<T1, T2, T3, TResult>(string name) : Module(name), IModule<T1, T2, T3, TResult>
        {
            /// <summary>What the module computes; callers use <see cref="call"/>.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Computes the result.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3) => forward(input1, input2, input3);
        }
    }
}
