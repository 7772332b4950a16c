using System.Runtime.InteropServices;

namespace Ntl.Web.Components.Charts;

/// <summary>The part of the x axis that the reader zoomed into, in the axis' unit.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChartWindow(double From, double To);
