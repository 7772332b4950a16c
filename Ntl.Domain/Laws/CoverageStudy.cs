namespace Ntl.Domain.Laws;

/// <summary>How curves are kept out of the fits that bands are judged on.</summary>
public enum CoverageStudy
{
    /// <summary>Each curve is predicted by a fit to the others of its peak.</summary>
    LeaveOneOut,

    /// <summary>The curves of each peak are predicted by a fit to those of all other peaks.</summary>
    LeaveOnePeakOut,

    /// <summary>A fit to the curves of one peak predicts those of every other.</summary>
    OnePeak,

    /// <summary>Curves simulated from another law's fit with noise as large as its residuals; a fit to three of them, drawn at random, predicts the true final loss of the others of that peak.</summary>
    Simulated,
}
