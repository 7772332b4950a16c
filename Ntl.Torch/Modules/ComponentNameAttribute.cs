namespace TorchSharp.Utils;

/// <summary>What a module's field is called among its components, where that is not the field's own name.</summary>
[AttributeUsage(AttributeTargets.Field)]
public class ComponentNameAttribute : Attribute
{
    /// <summary>The component's name.</summary>
    public string Name { get; set; } = string.Empty;
}
