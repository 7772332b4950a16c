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

    /// <summary>llm.c's file: 256 little-endian 32-bit words of header (magic 20240520, version 1, token count), then 16-bit tokens.</summary>
    [JsonStringEnumMemberName("llmc")]
    LlmC,
}
