namespace Ntl.Domain.Runs;

/// <summary>One record of an attempt's journal: what the trainer tells the server, in the order in which it happened.</summary>
public abstract record JournalRecord;
