using System.Text;
using System.Text.RegularExpressions;
using Ntl.Domain.Claims;
using Ntl.Domain.Thermodynamics.Runs;

namespace Ntl.Tests.Golden;

/// <summary>What real runs' pages say, read as a person reads them.</summary>
public sealed partial class GoldenRunTests
{
    public static TheoryData<string> Names => [.. GoldenRun.Names];

    [Theory, MemberData(nameof(Names))]
    public void AnyRun_PanelsAndLaws_ReadAsStored(string name)
    {
        var text = Tell(GoldenRun.Read(name));

        Assert.True(string.Equals(GoldenRun.Text($"{name}.txt"), text, StringComparison.Ordinal), text);
    }

    [Theory, MemberData(nameof(Names))]
    public void AnyRun_Readings_HaveNoNegativeTemperatureOrHeatRatio(string name)
    {
        var run = RunThermodynamics.Of(GoldenRun.Read(name));

        Assert.All(run.Temperature.Values, value => Assert.True(value >= 0));
        foreach (var series in new[] { run.ThermalLoss, run.Equipartition, run.EquilibriumRatio, run.NoiseScale, run.BalanceRatio,
            run.TrappingRatio })
        {
            Assert.All(Enumerable.Range(0, series.Count), i => Assert.True(series[i].IsAboveZero));
        }

        foreach (var panel in ThermoPanels.Of(run))
        {
            Assert.DoesNotMatch(NegativeRatio(), panel.Reading);
            Assert.DoesNotContain("NaN", panel.Reading, StringComparison.Ordinal);
            Assert.DoesNotContain("∞", panel.Reading, StringComparison.Ordinal);
            Assert.True(panel.IsMeasured || panel.Premises.Any(premise => !premise.IsSatisfied), panel.Id);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void AnyRun_Laws_HaveNoNumberWhereAPremiseFails(string name)
    {
        foreach (var claim in RunLaws.Test([GoldenRun.Read(name)]).SelectMany(law => law.Findings).Select(finding => finding.Claim))
        {
            Assert.Equal(claim.IsMeasured, claim.Verdict is not (ClaimVerdict.NotApplicable or ClaimVerdict.NotMeasurable));
            Assert.True(claim.Why.Length > 10, claim.Id);
            Assert.True(claim.Verdict != ClaimVerdict.Fails, $"{claim.Id}: {claim.Why}");
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void AnyRun_RatioOfUpdates_IsJudgedOnlyWhereTheNormIsStationary(string name)
    {
        var record = GoldenRun.Read(name);
        var run = RunThermodynamics.Of(record);
        var claim = RunLaws.Test([record]).Single(law => law.Id == "stationarity").Findings[0].Claim;

        Assert.NotEmpty(claim.Premises);
        Assert.Equal(claim.Premises.All(premise => premise.IsSatisfied), claim.IsMeasured);
        Assert.Equal(claim.IsMeasured, !run.FluctuationRatio.IsEmpty);
        Assert.True(!claim.IsMeasured || Math.Abs(claim.Measured - 1) < 0.2, $"{claim.Measured}");
    }

    [Fact]
    public void DivergedRun_IsCutWhereItDivergedAndRaisesAnAlert()
    {
        var record = GoldenRun.Read("diverged");
        var run = RunThermodynamics.Of(record);

        Assert.InRange(run.DivergedAt!.Value, 1, 100);
        Assert.True(run.Record.LastStep < run.DivergedAt);
        Assert.True(run.ThermalLoss.IsEmpty && run.EquilibriumRatio.IsEmpty);
        Assert.Contains(RunAlerts.Of(record), alert => alert is { Kind: RunAlertKind.Diverged, Severity: RunAlertSeverity.Error });
    }

    [Theory, InlineData("default"), InlineData("sgd"), InlineData("short"), InlineData("warming-up"),
        InlineData("lion"), InlineData("four-micro-batches")]
    public void RunThatTrained_RaisesNoAlert(string name) => Assert.Empty(RunAlerts.Of(GoldenRun.Read(name)));

    internal static string Tell(RunRecord record)
    {
        var text = new StringBuilder();
        foreach (var panel in ThermoPanels.Of(RunThermodynamics.Of(record)))
        {
            text.Append(panel.IsMeasured ? "# "
                : "# Not measurable here: ").Append(panel.Title).Append('\n').Append(panel.Reading).Append('\n');
            foreach (var plot in panel.Plots)
            {
                text.Append("  plot: ").Append(plot.Title).Append(": ").AppendJoin(", ",
                    plot.Curves.Select(curve => $"{curve.Label} {curve.X.Length}")).Append('\n');
            }

            foreach (var caveat in panel.Caveats)
            {
                text.Append("  caveat: ").Append(caveat).Append('\n');
            }
        }

        foreach (var law in RunLaws.Test([record]))
        {
            foreach (var claim in law.Findings.Select(finding => finding.Claim))
            {
                text.Append("## ").Append(law.Name).Append(": ").Append(claim.Verdict).Append(". ").Append(claim.Why).Append('\n');
            }
        }

        return text.ToString();
    }

    [GeneratedRegex("(times|T =|heat|at least|at most|α =) −[0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NegativeRatio();
}
