namespace Ntl.Training.Lab;

/// <summary>How <c>ntl-train lab</c> prints.</summary>
internal enum LabFormat
{
    Text,
    Json,
    Markdown,
}
