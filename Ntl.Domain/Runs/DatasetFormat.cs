using System.Text.Json.Serialization;

namespace Ntl.Domain.Runs;

/// <summary>How a data set's file holds its tokens.</summary>
public enum DatasetFormat
{
    /// <summary>UTF-8 text; a token is a byte, the vocabulary 256.</summary>
    Text,

    /// <summary>Raw little-endian 16-bit tokens without a header, as nanoGPT writes them.</summary>
    [JsonStringEnumMemberName("uint16")]
    UInt16,

    /// <summary>
    /// llm.c's file: 256 little-endian 32-bit words of header (magic, version, token count), then the tokens.
    /// Magic 20240520 with version 1 has 16-bit tokens (GPT-2), magic 20240801 with version 7 has 32-bit tokens (Llama 3).
    /// </summary>
    [JsonStringEnumMemberName("llmc")]
    LlmC,

    /// <summary>Raw little-endian 32-bit tokens without a header.</summary>
    [JsonStringEnumMemberName("uint32")]
    UInt32,
}
