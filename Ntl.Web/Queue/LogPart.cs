namespace Ntl.Web.Queue;

/// <summary>A piece of a trainer's log.</summary>
/// <param name="Attempt">Whose log.</param>
/// <param name="FromByte">Where the piece begins.</param>
/// <param name="NextByte">Where to go on reading.</param>
/// <param name="TotalBytes">The file's length when it was read.</param>
/// <param name="Text">The piece as UTF-8; escape sequences are left in, never to be sent to a browser as markup.</param>
public sealed record LogPart(int Attempt, long FromByte, long NextByte, long TotalBytes, string Text);
