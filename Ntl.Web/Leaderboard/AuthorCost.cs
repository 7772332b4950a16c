namespace Ntl.Web.Leaderboard;

/// <summary>What an author has spent on a track: a good entry out of two tries says more than one out of fifty.</summary>
/// <param name="By">The author, as typed.</param>
/// <param name="EntryCount">Schedules submitted.</param>
/// <param name="RunCount">Runs queued for them, whoever asked.</param>
/// <param name="Tokens">Tokens that these runs trained on.</param>
public sealed record AuthorCost(string By, int EntryCount, int RunCount, long Tokens);
