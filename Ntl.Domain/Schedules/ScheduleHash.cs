using System.Security.Cryptography;
using System.Text;

namespace Ntl.Domain.Schedules;

/// <summary>Identity of a schedule: SHA-256 of its canonical JSON in UTF-8.</summary>
/// <param name="Value">64 lower-case hexadecimal digits.</param>
public readonly record struct ScheduleHash(string Value)
{
    /// <summary>The first 12 digits, for people.</summary>
    public string Short => Value[..12];

    /// <summary>Hashes a canonical JSON text.</summary>
    public static ScheduleHash Of(string canonicalJson) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonicalJson))));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
